// Python in the stock Pyodide runtime, under Node, from local files only.
//
//   node run.mjs --runtime DIR [--wheel FILE]... [--mount HOST:GUEST]... [--env NAME=VALUE]... [--cwd GUEST]
//                -- (-c CODE | -m MODULE | FILE) ARGUMENTS...
//
// The exit code is Python's; 70 when the runtime dies, 64 when it cannot be started.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const EXIT_USAGE = 64;
const EXIT_CRASHED = 70;
const LONGEST_LINE = 300;
const FRAMES_SHOWN = 12;
const NEEDED = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"];

function parse(argv) {
  const options = { runtime: "", wheels: [], mounts: [], env: {}, cwd: "", python: [] };
  const words = [...argv];
  while (words.length > 0) {
    const word = words.shift();
    if (word === "--") {
      options.python = words;
      return options;
    }
    const value = words.shift();
    if (value === undefined) refuse(`${word} wants a value`);
    if (word === "--runtime") options.runtime = path.resolve(value);
    else if (word === "--wheel") options.wheels.push(path.resolve(value));
    else if (word === "--mount") options.mounts.push(split(value, ":"));
    else if (word === "--env") options.env[split(value, "=")[0]] = split(value, "=")[1];
    else if (word === "--cwd") options.cwd = value;
    else refuse(`unknown option ${word}`);
  }
  refuse("nothing to run: `-- -c CODE`, `-- -m MODULE` or `-- FILE` is missing");
}

function split(text, mark) {
  const place = text.indexOf(mark);
  if (place < 1) refuse(`${text} is not of the form A${mark}B`);
  return [text.slice(0, place), text.slice(place + 1)];
}

function refuse(message) {
  process.stderr.write(`runtime: ${message}\n`);
  process.exit(EXIT_USAGE);
}

// The runtime's JavaScript is one line of 1.3 MB, which Node would show for every error in it.
function shorten(line) {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}...` : line;
}

// What a trap's stack says of WebAssembly: names where there are any, functions of the runtime's own left out.
function frames(stack) {
  const lines = String(stack ?? "").split("\n").filter((line) => line.includes("wasm"));
  const shown = lines.slice(0, FRAMES_SHOWN).map((line) => shorten(line.trim()));
  return lines.length > FRAMES_SHOWN ? [...shown, `... ${lines.length - FRAMES_SHOWN} more`] : shown;
}

let pyodide;
let isCrashed = false;
let isDying = false;

function crash(error) {
  if (isCrashed) return;
  isCrashed = true;
  const kind = error?.constructor?.name ?? "Error";
  const first = String(error?.message ?? error).split("\n")[0];
  const lines = [`runtime: the WebAssembly runtime died: ${shorten(`${kind}: ${first}`)}`];
  if (/signature mismatch/.test(first)) {
    lines.push("  a function was called through a pointer of another type: compare the C prototypes of caller and callee");
  }
  lines.push(...frames(error?.stack).map((line) => `  ${line}`));
  process.stderr.write(`${lines.join("\n")}\n`);
  process.exit(EXIT_CRASHED);
}

// Pyodide tells of its own death on the console, at length, and then writes Python's frames to standard output: the frames
// stay, beside our own report.
console.error = (...words) => {
  const text = words.map((word) => (word instanceof Error ? "" : String(word))).join(" ").trim();
  isDying ||= text.startsWith("Pyodide has suffered");
  if (text && !text.startsWith("Pyodide has suffered") && !text.startsWith("The cause of the fatal error")) {
    process.stderr.write(`${text.split("\n").map(shorten).join("\n")}\n`);
  }
};

function writer(descriptor) {
  return { write: (buffer) => (fs.writeSync(isDying ? 2 : descriptor, buffer), buffer.length), isatty: false };
}

function checked(options) {
  for (const name of NEEDED) {
    if (!fs.existsSync(path.join(options.runtime, name))) {
      refuse(`${options.runtime} is no Pyodide runtime: it has no ${name}`);
    }
  }
  for (const wheel of options.wheels) {
    if (!wheel.endsWith(".whl") || !fs.existsSync(wheel)) refuse(`${wheel} is no wheel`);
  }
  for (const [host] of options.mounts) {
    if (!fs.existsSync(host)) refuse(`${host}, to be mounted, does not exist`);
  }
  return options;
}

async function start(options) {
  const { loadPyodide } = await import(pathToFileURL(path.join(options.runtime, "pyodide.mjs")).href);
  const env = { HOME: "/home/pyodide", TZ: "UTC", PYTHONHASHSEED: "0", ...options.env };
  const started = await loadPyodide({ indexURL: `${options.runtime}/`, env, packages: [], args: ["-B"] });
  started.setStdout(writer(1));
  started.setStderr(writer(2));
  return started;
}

function install(options) {
  const tags = pyodide.runPython("import sysconfig; sysconfig.get_config_var('PYEMSCRIPTEN_ABI_VERSION')");
  for (const wheel of options.wheels) {
    const platform = path.basename(wheel, ".whl").split("-").at(-1);
    if (platform !== "any" && !platform.includes(tags) && !platform.startsWith("emscripten_")) {
      refuse(`${path.basename(wheel)} is for ${platform}, the runtime is pyemscripten_${tags}_wasm32`);
    }
    pyodide.unpackArchive(new Uint8Array(fs.readFileSync(wheel)), "wheel");
  }
  for (const [host, guest] of options.mounts) {
    pyodide.FS.mkdirTree(guest);
    pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: path.resolve(host) }, guest);
  }
  if (options.cwd) pyodide.FS.chdir(options.cwd);
}

// One Python function, so that a traceback holds nothing of ours but its first line.
const LAUNCHER = `
def launch(argv):
    import importlib, os, runpy, sys, traceback
    # What PYTHONPATH names was mounted after the interpreter began.
    sys.path[:0] = [entry for entry in os.environ.get("PYTHONPATH", "").split(":") if entry and entry not in sys.path]
    importlib.invalidate_caches()
    try:
        if argv[0] == "-c":
            sys.argv = ["-c", *argv[2:]]
            sys.path.insert(0, "")
            exec(compile(argv[1], "<string>", "exec"), {"__name__": "__main__"})
        elif argv[0] == "-m":
            sys.argv = argv[1:]
            sys.path.insert(0, os.getcwd())
            runpy.run_module(argv[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = argv
            sys.path.insert(0, os.path.dirname(os.path.abspath(argv[0])))
            runpy.run_path(argv[0], run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code
        if code is None:
            code = 0
        elif not isinstance(code, int):
            print(code, file=sys.stderr)
            code = 1
    except BaseException as error:
        frames = error.__traceback__.tb_next
        traceback.print_exception(type(error), error, frames)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code
`;

async function main() {
  const options = checked(parse(process.argv.slice(2)));
  globalThis.fetch = () => Promise.reject(new Error("the network is not to be used here"));
  pyodide = await start(options);
  install(options);
  // A script of the host's is copied in, so that it can lie anywhere.
  const [first, ...rest] = options.python;
  if (first !== "-c" && first !== "-m" && fs.existsSync(first)) {
    const guest = `/home/pyodide/${path.basename(first)}`;
    pyodide.FS.writeFile(guest, fs.readFileSync(first));
    options.python = [guest, ...rest];
  }
  const namespace = pyodide.globals.get("dict")();
  pyodide.runPython(LAUNCHER, { globals: namespace });
  const launch = namespace.get("launch");
  process.exit(launch(pyodide.toPy(options.python)));
}

process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);
main().catch(crash);
