// What no browser lets Python do, and Node would: fetch from anywhere, run programs of the host.

import childProcess from "node:child_process";

// The shell's code for a command that it does not find.
const NOT_FOUND = 127;

export function isolate() {
  globalThis.fetch = () => Promise.reject(new Error("the network is not to be used here"));
  // Emscripten's system() goes through this one.
  childProcess.spawnSync = () => ({ status: NOT_FOUND, signal: null, stdout: null, stderr: null });
}
