// For `node --import`: neither the clock nor chance, so that a memory that is kept has the same bytes each time.

import crypto from "node:crypto";

const TIME = 315532800000;
let state = 1;

function fill(array) {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let at = 0; at < bytes.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return array;
}

crypto.randomFillSync = fill;
crypto.webcrypto.getRandomValues = fill;
globalThis.crypto.getRandomValues = fill;
Math.random = () => 0.5;
globalThis.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [TIME]));
  }

  static now() {
    return TIME;
  }
};
performance.now = () => 0;
process.hrtime.bigint = () => 0n;
