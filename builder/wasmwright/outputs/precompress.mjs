// node precompress.mjs FOLDER: writes FILE.br and FILE.gz beside the files in it, for servers that send such ones. Node has
// both formats in itself, so a pinned Node makes the same bytes everywhere.

import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

// What fits into one packet of a network is not sent faster.
const SMALLEST = 1400;
// Archives have compressed members. Sent compressed once more they would save nothing, and some clients unpack them twice.
const COMPRESSED = /\.(br|gz|whl|zip)$/;
const FEW = 4;

const { constants } = zlib;
const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

function* files(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* files(file);
    else if (!COMPRESSED.test(entry.name)) yield file;
  }
}

async function precompress(file) {
  const { size } = fs.statSync(file);
  if (size < SMALLEST || fs.existsSync(`${file}.br`)) return;
  const data = fs.readFileSync(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: size,
  };
  fs.writeFileSync(`${file}.br`, await brotli(data, { params }));
  fs.writeFileSync(`${file}.gz`, await gzip(data, { level: constants.Z_BEST_COMPRESSION }));
}

const waiting = [...files(process.argv[2])];
async function work() {
  while (waiting.length > 0) await precompress(waiting.pop());
}
await Promise.all(Array.from({ length: FEW }, work));
