// The npm packages of this project, for scripts elsewhere in the tree: `const { Liveblocks } = await peer("@liveblocks/node")`.
// LIVEBLOCKS_PEERS names another folder with `node_modules` and `lib/load.mjs`: that of ./dev drift.

import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const other = process.env.LIVEBLOCKS_PEERS;
const folder = other ? pathToFileURL(`${other}/`) : new URL("../", import.meta.url);
const modules = fileURLToPath(new URL("node_modules/", folder));

if (!existsSync(modules)) {
  const remedy = other
    ? "LIVEBLOCKS_PEERS names a folder without them."
    : "./dev test installs them; by hand: npm ci in tests/peers.";
  console.error(`The npm packages of ${fileURLToPath(folder)} are missing. ${remedy}`);
  process.exit(1);
}

const { default: load } = await import(new URL("lib/load.mjs", folder));

export const peer = (name) => load(name);

/** Path of a file in an installed package. */
export const peerFile = (path) => modules + path;
