// test/Report/Inputs/png.js: reads the pixels of a screenshot.
// SPDX-License-Identifier: Apache-2.0
//
// As Chromium writes them: 8 bits a sample, RGB or RGBA, not interlaced.
"use strict";
const zlib = require("zlib");

function paeth(a, b, c) {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

/// {width, height, at(x, y) -> [r, g, b]}
function readPng(bytes) {
  if (bytes.toString("latin1", 1, 4) !== "PNG") throw new Error("no PNG");
  const parts = [];
  let header;
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (name === "IHDR") header = data;
    if (name === "IDAT") parts.push(data);
    at += 12 + length;
  }
  const width = header.readUInt32BE(0), height = header.readUInt32BE(4);
  const size = header[9] === 6 ? 4 : 3;
  const raw = zlib.inflateSync(Buffer.concat(parts));
  const stride = width * size;
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; ++y) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; ++x) {
      const left = x >= size ? out[y * stride + x - size] : 0;
      const up = y > 0 ? out[(y - 1) * stride + x] : 0;
      const corner = x >= size && y > 0 ? out[(y - 1) * stride + x - size] : 0;
      const add = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[y * stride + x] = raw[y * (stride + 1) + 1 + x] + add;
    }
  }
  const at = (x, y) => [...out.subarray(y * stride + x * size, y * stride + x * size + 3)];
  return { width, height, at };
}

module.exports = { readPng };
