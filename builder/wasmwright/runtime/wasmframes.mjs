// Names for the WebAssembly frames of a stack. Node gives `wasm://wasm/HASH:wasm-function[N]:0xOFFSET` where a module has no
// names; its debugger knows the bytes behind each hash, and from those come the module's file and its exports' names.

import inspector from "node:inspector";

const FRAME = /^(?:(?<name>.+) \()?(?<url>wasm:\/\/wasm\/[^:]+):wasm-function\[(?<index>\d+)\]:(?<place>0x[0-9a-f]+)\)?$/;
const CUSTOM_SECTION = 0;
const EXPORT_SECTION = 7;
const FUNCTION = 0;
const FUNCTION_NAMES = 1;
const CALL = 0x10;

// The lines of `stack` that are in WebAssembly, as people read them. `files` maps paths to bytes: where modules come from.
export function describe(stack, files) {
  const frames = String(stack ?? "")
    .split("\n")
    .map((line) => FRAME.exec(line.trim().replace(/^at /, "")))
    .filter(Boolean)
    .map((match) => match.groups);
  const modules = frames.length > 0 ? loaded(new Set(frames.map((frame) => frame.url)), files) : new Map();
  return frames.map((frame, at) => {
    const module = modules.get(frame.url);
    const names = module?.names.get(Number(frame.index)) ?? [];
    const name = frame.name ?? asked(frames[at + 1], modules, names) ?? names[0] ?? `function ${frame.index}`;
    return `${name} (${module?.file ?? frame.url}:${frame.place})`;
  });
}

// Functions that do the same are one, with all their names. Which of them was meant is told by who called: its import.
function asked(caller, modules, names) {
  const module = names.length > 1 && caller && modules.get(caller.url);
  if (!module) return undefined;
  try {
    const code = new Reader(module.bytes, Number(caller.place));
    const name = code.byte() === CALL ? importedFunctions(module.bytes)[code.number()] : undefined;
    return names.includes(name) ? name : undefined;
  } catch {
    // No memory may be left to read a module, in a runtime that dies.
    return undefined;
  }
}

function loaded(urls, files) {
  const session = new inspector.Session();
  session.connect();
  const modules = new Map();
  session.on("Debugger.scriptParsed", ({ params }) => {
    if (!urls.has(params.url)) return;
    session.post("Debugger.getScriptSource", { scriptId: params.scriptId }, (error, source) => {
      if (error || !source?.bytecode) return;
      const bytes = Buffer.from(source.bytecode, "base64");
      modules.set(params.url, { bytes, file: fileOf(bytes, files), names: functionNames(bytes) });
    });
  });
  session.post("Debugger.enable");
  session.disconnect();
  return modules;
}

function fileOf(bytes, files) {
  for (const [file, read] of files) {
    const content = read(bytes.length);
    if (content && bytes.equals(content)) return file;
  }
  // Pyodide makes such modules by the dozen, to step from JavaScript into WebAssembly.
  return bytes.length < 1000 ? "a trampoline" : undefined;
}

// What exports and the name section call the functions of a module: lists by their index.
export function functionNames(bytes) {
  const names = new Map();
  try {
    for (const [id, section] of sections(new Reader(bytes, 8))) {
      if (id === EXPORT_SECTION) exportedNames(section, names);
      else if (id === CUSTOM_SECTION && section.text() === "name") debugNames(section, names);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return names;
}

function* sections(reader) {
  while (!reader.isAtEnd()) {
    const id = reader.byte();
    yield [id, reader.part(reader.number())];
  }
}

function exportedNames(section, names) {
  for (let left = section.number(); left > 0; left--) {
    const name = section.text();
    const kind = section.byte();
    const index = section.number();
    if (kind === FUNCTION) names.set(index, [...(names.get(index) ?? []), name]);
  }
}

function debugNames(section, names) {
  for (const [id, part] of sections(section)) {
    if (id !== FUNCTION_NAMES) continue;
    for (let left = part.number(); left > 0; left--) names.set(part.number(), [part.text()]);
  }
}

// The names of a module's imported functions. Their indices come before those of its own.
function importedFunctions(bytes) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  return imports.filter((one) => one.kind === "function").map((one) => one.name);
}

class Reader {
  constructor(bytes, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  isAtEnd() {
    return this.position >= this.bytes.length;
  }

  byte() {
    if (this.isAtEnd()) throw new RangeError("the module ends early");
    return this.bytes[this.position++];
  }

  // LEB128, as WebAssembly writes all its counts.
  number() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  }

  part(length) {
    const begin = this.position;
    this.position += length;
    return new Reader(this.bytes.subarray(begin, this.position));
  }

  text() {
    const length = this.number();
    const begin = this.position;
    this.position += length;
    return Buffer.from(this.bytes.subarray(begin, this.position)).toString("utf8");
  }
}
