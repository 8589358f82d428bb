// Runs a program for WASI: the script that LFortran 0.45 writes beside it is for versions of Node that are gone.
import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const args = process.argv.slice(2);
const wasi = new WASI({ version: "preview1", args, env: process.env, returnOnExit: true });
const { instance } = await WebAssembly.instantiate(readFileSync(args[0]), {
  wasi_snapshot_preview1: wasi.wasiImport,
  js: { cpu_time: () => Date.now() / 1000 },
});
process.exitCode = wasi.start(instance);
