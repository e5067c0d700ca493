// Where npm put the bun program. It depends on whether install scripts ran.

import { existsSync } from "node:fs";

import { peerFile } from "./peers.mjs";

const ARCHITECTURES = { x64: "x64", arm64: "aarch64" };

export function bun() {
  const platform = `${process.platform}-${ARCHITECTURES[process.arch]}`;
  const candidates = [`@oven/bun-${platform}/bin/bun`, "bun/bin/bun.exe"].map(peerFile);
  const found = candidates.find(existsSync);
  if (!found) throw new Error(`There is no bun for ${platform}: run npm ci in tests/peers.`);
  return found;
}
