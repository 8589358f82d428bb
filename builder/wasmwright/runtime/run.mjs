// Python in the stock Pyodide runtime, under Node, from local files only.
//
//   node run.mjs --runtime DIR [--wheel FILE]... [--mount HOST:GUEST]... [--env NAME=VALUE]... [--cwd GUEST]
//                [--watch FILE:SECONDS] [--keep-memory FILE | --memory FILE] -- (-c CODE | -m MODULE | FILE) ARGUMENTS...
//
// With --watch the run is killed when FILE has not changed for that long. --keep-memory writes down the memory of Python as
// it is when it has just started, and --memory begins with one: another interpreter that knows nothing of what the first
// one did, in a tenth of the time. The exit code is Python's; 70 when the runtime dies, 64 when it cannot be started.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

import { firstLine, report, shorten } from "./crash.mjs";
import { isolate } from "./isolation.mjs";

const EXIT_USAGE = 64;
const EXIT_CRASHED = 70;
const NEEDED = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"];
const WHEEL_PARTS = 5;

function parse(argv) {
  const options = { runtime: "", wheels: [], mounts: [], env: {}, cwd: "", watch: undefined, keepMemory: "", memory: "", python: [] };
  const words = [...argv];
  while (words.length > 0) {
    const word = words.shift();
    if (word === "--") {
      options.python = words;
      break;
    }
    const value = words.shift();
    if (value === undefined) refuse(`${word} wants a value`);
    if (word === "--runtime") options.runtime = path.resolve(value);
    else if (word === "--wheel") options.wheels.push(path.resolve(value));
    else if (word === "--mount") options.mounts.push(split(value, ":"));
    else if (word === "--env") options.env[split(value, "=")[0]] = split(value, "=")[1];
    else if (word === "--cwd") options.cwd = value;
    else if (word === "--watch") options.watch = split(value, ":");
    else if (word === "--keep-memory") options.keepMemory = path.resolve(value);
    else if (word === "--memory") options.memory = path.resolve(value);
    else refuse(`unknown option ${word}`);
  }
  const [first, second] = options.python;
  if (first === undefined || ((first === "-c" || first === "-m") && second === undefined)) {
    refuse("nothing to run: `-- -c CODE`, `-- -m MODULE` or `-- FILE` is missing");
  }
  if (options.memory && Object.keys(options.env).length > 0) refuse("--env comes too late for a Python that has started");
  return options;
}

function split(text, mark) {
  const place = mark === ":" ? text.lastIndexOf(mark) : text.indexOf(mark);
  if (place < 1) refuse(`${text} is not of the form A${mark}B`);
  return [text.slice(0, place), text.slice(place + 1)];
}

let isEnding = false;

// process.exit() waits for V8's threads, and now and then for ever: one that compiles may itself wait for a collection of
// garbage (nodejs/node#54918). A process that becomes another one waits for nothing.
function end(code, message = "") {
  isEnding = true;
  if (message) write(2, Buffer.from(message));
  process.execve("/bin/sh", ["sh", "-c", `exit ${code}`], {});
}

function refuse(message) {
  end(EXIT_USAGE, `runtime: ${shorten(message)}\n`);
}

// Pipes that others read may take a part only, or nothing for the moment.
function write(descriptor, buffer) {
  let done = 0;
  while (done < buffer.length) {
    try {
      done += fs.writeSync(descriptor, buffer, done);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
  return buffer.length;
}

let pyodide;
// Kept apart, because a dead Pyodide gives it to nobody.
let files;
let options;
let isStarted = false;
let isDying = false;
let lastWords = "";

function crash(error) {
  if (isEnding) return;
  isEnding = true;
  // os._exit() ends Python without a word, and is no crash.
  const exited = /^Program terminated with exit\((\d+)\)/.exec(error?.message ?? "");
  if (exited) end(Number(exited[1]));
  if (!isStarted) refuse(`the runtime in ${options?.runtime} does not start: ${firstLine(error)}`);
  let told = `runtime: the WebAssembly runtime died: ${firstLine(error)}\n`;
  try {
    told = report(error, lastWords, moduleFiles());
  } finally {
    end(EXIT_CRASHED, told);
  }
}

// Pyodide tells of its own death on the console, at length, and then writes Python's frames to standard output: kept for
// the report. What it says before, such as why it cannot be started, counts when nothing else is said.
console.error = (...words) => {
  const text = words.map((word) => (word instanceof Error ? "" : String(word))).join(" ").trim();
  isDying ||= text.startsWith("Pyodide has suffered") || text.startsWith("Aborted(");
  if (isDying) lastWords += `${text}\n`;
  else if (text) write(2, Buffer.from(`${text.split("\n").map(shorten).join("\n")}\n`));
};
console.warn = (...words) => {
  const error = words.find((word) => word instanceof Error);
  if (isStarted) console.error(...words);
  else if (error) lastWords = firstLine(error);
};

function writer(descriptor) {
  return {
    isatty: false,
    write(buffer) {
      if (isDying) lastWords += Buffer.from(buffer).toString("utf8");
      else write(descriptor, buffer);
      return buffer.length;
    },
  };
}

// Where the WebAssembly modules come from: by path, a function that gives the bytes if there are so many.
function moduleFiles() {
  const ours = path.join(options.runtime, "pyodide.asm.wasm");
  const found = [["the runtime", (size) => (fs.statSync(ours).size === size ? fs.readFileSync(ours) : undefined)]];
  return [...found, ...sharedObjects(`${sitePackages()}/`, "")];
}

function sitePackages() {
  const python = files.readdir("/lib").find((name) => /^python\d\.\d+$/.test(name));
  return `/lib/${python}/site-packages`;
}

function* sharedObjects(top, inside) {
  for (const name of files.readdir(top + inside)) {
    if (name === "." || name === "..") continue;
    const file = inside + name;
    const { mode, size } = files.stat(top + file);
    if (files.isDir(mode)) yield* sharedObjects(top, `${file}/`);
    else if (/\.so[.\d]*$/.test(name)) yield [file, (wanted) => (wanted === size ? files.readFile(top + file) : undefined)];
  }
}

function check() {
  for (const name of NEEDED) {
    if (!fs.existsSync(path.join(options.runtime, name))) {
      refuse(`${options.runtime} is no Pyodide runtime: it has no ${name}`);
    }
  }
  const runtime = tags();
  for (const wheel of options.wheels) {
    const parts = path.basename(wheel).split("-").length;
    if (!wheel.endsWith(".whl") || parts < WHEEL_PARTS || !fs.existsSync(wheel)) refuse(`${wheel} is no wheel`);
    checkTags(wheel, runtime);
  }
  for (const [host] of options.mounts) {
    if (!fs.existsSync(host)) refuse(`${host}, to be mounted, does not exist`);
  }
  if (options.memory && !fs.existsSync(options.memory)) refuse(`${options.memory}, a kept memory, does not exist`);
}

async function start() {
  const { loadPyodide } = await import(pathToFileURL(path.join(options.runtime, "pyodide.mjs")).href);
  const env = { HOME: "/home/pyodide", TZ: "UTC", PYTHONHASHSEED: "0", ...options.env };
  const from = options.memory ? { _loadSnapshot: fs.readFileSync(options.memory) } : {};
  const kept = options.keepMemory ? { _makeSnapshot: true } : {};
  const started = await loadPyodide({ indexURL: `${options.runtime}/`, env, packages: [], args: ["-B"], ...from, ...kept });
  if (options.keepMemory) fs.writeFileSync(options.keepMemory, started.makeMemorySnapshot());
  started.setStdout(writer(1));
  started.setStderr(writer(2));
  return started;
}

// As pip takes wheels: made for this very Python, for the stable ABI of one not newer, or without an ABI.
function fitsPython(tag, abi, minor) {
  const [, kind, version] = /^(cp|py)3(\d*)$/.exec(tag) ?? [];
  if (kind === undefined) return false;
  if (abi === "none") return version === "" ? kind === "py" : kind === "py" ? Number(version) <= minor : Number(version) === minor;
  if (kind !== "cp" || version === "") return false;
  return abi === "abi3" ? Number(version) <= minor : abi === tag && Number(version) === minor;
}

function checkTags(wheel, { python, platform }) {
  const name = path.basename(wheel);
  const [pythons, abis, platforms] = path.basename(wheel, ".whl").split("-").slice(-3).map((part) => part.split("."));
  if (!platforms.some((tag) => tag === "any" || tag === platform)) {
    refuse(`${name} is for ${platforms.join(".")}, the runtime is ${platform}`);
  }
  if (!pythons.some((tag) => abis.some((abi) => fitsPython(tag, abi, Number(python.slice("cp3".length)))))) {
    refuse(`${name} is for ${pythons.join(".")}-${abis.join(".")}, the runtime is ${python}`);
  }
}

// What the runtime says of itself: its Python's tag, such as cp315, and its platform's.
function tags() {
  const file = path.join(options.runtime, "pyodide-lock.json");
  try {
    const { abi_version: abi, python } = JSON.parse(fs.readFileSync(file, "utf8")).info;
    const [major, minor] = python.split(".");
    return { python: `cp${major}${minor}`, platform: `pyemscripten_${abi}_wasm32` };
  } catch (error) {
    return refuse(`${file} does not say which runtime it is: ${firstLine(error)}`);
  }
}

function install() {
  // Where users' wheels go, too; Pyodide itself would take the working directory.
  const extractDir = sitePackages();
  for (const wheel of options.wheels) {
    try {
      pyodide.unpackArchive(new Uint8Array(fs.readFileSync(wheel)), "wheel", { extractDir });
    } catch (error) {
      refuse(`${wheel} cannot be unpacked: ${String(error.message).trim().split("\n").at(-1)}`);
    }
  }
  for (const [host, guest] of options.mounts) {
    files.mkdirTree(guest);
    files.mount(files.filesystems.NODEFS, { root: path.resolve(host) }, guest);
  }
  if (options.cwd) files.chdir(options.cwd);
}

// Python keeps this thread busy, so another one looks at the clock.
function watch([file, seconds]) {
  const source = `
    const fs = require("node:fs");
    const { workerData: { file, seconds, code } } = require("node:worker_threads");
    const began = Date.now();
    setInterval(() => {
      const changed = fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0;
      if (Date.now() - Math.max(changed, began) < seconds * 1000) return;
      fs.writeSync(2, "runtime: nothing happened for " + seconds + " s, so the run was ended\\n");
      process.kill(process.pid, "SIGKILL");
    }, 500);
  `;
  new Worker(source, { eval: true, workerData: { file, seconds: Number(seconds) } }).unref();
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
        try:
            told = "".join(traceback.format_exception(type(error), error, frames))
        except BaseException:
            # It imports packages again to suggest other names, and fails where they do.
            told = "".join([*traceback.format_tb(frames), f"{type(error).__name__}: {error}\\n"])
        print(told, end="", file=sys.stderr)
        code = 1
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            code = code or 1
    return code & 0xFF
`;

async function main() {
  options = parse(process.argv.slice(2));
  check();
  isolate();
  pyodide = await start();
  files = pyodide.FS;
  isStarted = true;
  install();
  // A script of the host's is copied in, so that it can lie anywhere.
  const [first, ...rest] = options.python;
  if (first !== "-c" && first !== "-m" && fs.existsSync(first)) {
    // A store path's name starts with its 32-character hash.
    const name = first.startsWith("/nix/store/") ? path.basename(first).slice(33) : path.basename(first);
    const guest = `/home/pyodide/${name}`;
    files.writeFile(guest, fs.readFileSync(first));
    options.python = [guest, ...rest];
  }
  if (options.watch) watch(options.watch);
  const namespace = pyodide.globals.get("dict")();
  pyodide.runPython(LAUNCHER, { globals: namespace });
  const launch = namespace.get("launch");
  end(launch(pyodide.toPy(options.python)));
}

process.exitCode = EXIT_CRASHED;
process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);
// Node ends in peace when nothing is left to wait for, which is how a runtime that cannot be compiled looks.
process.on("exit", () => {
  if (isEnding) return;
  process.exitCode = EXIT_USAGE;
  write(2, Buffer.from(`runtime: the runtime in ${options?.runtime} does not start: ${lastWords || "it gave up"}\n`));
});
main().catch(crash);
