// What is told when the runtime dies: the trap, Python's frames, WebAssembly's frames. Never the runtime's own JavaScript,
// which is one line of 1.3 MB.

import { describe } from "./wasmframes.mjs";

const LONGEST_LINE = 300;
const FRAMES_SHOWN = 12;

const MEANINGS = [
  [/signature mismatch|reading 'apply'|table index is out of bounds/, "a function was called through a null pointer or one of another type: compare the C prototypes of caller and callee"],
  [/call stack size/, "the stack is full: a recursion without end, or one too deep for WebAssembly"],
  [/memory access out of bounds/, "a pointer leads out of the memory"],
  [/unreachable/, "the program stopped itself: abort(), a failed assert, or a function that must not return"],
  [/out of memory|enlarge memory|Out of memory/i, "WebAssembly's 4 GB, or this machine's memory, are used up"],
];

export function shorten(line) {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}...` : line;
}

export function firstLine(error) {
  const kind = error?.constructor?.name ?? "Error";
  return shorten(`${kind}: ${String(error?.message ?? error).split("\n")[0]}`);
}

// `written` is what the runtime said while it died, `files` where WebAssembly modules may come from.
export function report(error, written, files) {
  const first = firstLine(error);
  const lines = [`runtime: the WebAssembly runtime died: ${first}`];
  const meaning = MEANINGS.find(([pattern]) => pattern.test(first));
  if (meaning) lines.push(`  ${meaning[1]}`);
  lines.push(...limited(pythonFrames(written)));
  const frames = describe(error?.stack, files);
  if (frames.length > 0) lines.push("WebAssembly (most recent call first):", ...limited(frames.map((frame) => `  ${frame}`)));
  return `${lines.map(shorten).join("\n")}\n`;
}

function pythonFrames(written) {
  const lines = written.split("\n").filter((line) => line.trim());
  // The frames of run.mjs itself are nobody's business.
  const frames = lines.filter((line) => line.startsWith("  File ") && !line.includes('"<exec>"'));
  return frames.length > 0 ? ["Python (most recent call first):", ...frames] : [];
}

function limited(lines) {
  return lines.length > FRAMES_SHOWN ? [...lines.slice(0, FRAMES_SHOWN), `  ... ${lines.length - FRAMES_SHOWN} more`] : lines;
}
