// The npm packages of this project, for scripts elsewhere in the tree: `const { Liveblocks } = await peer("@liveblocks/node")`.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("../node_modules/", import.meta.url));

if (!existsSync(modules)) {
  console.error("The npm packages of tests/peers are missing. ./dev test installs them; by hand: npm ci in tests/peers.");
  process.exit(1);
}

export const peer = (name) => import(name);

/** Path of a file in an installed package. */
export const peerFile = (path) => modules + path;
