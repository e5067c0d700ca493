// The official Liveblocks development server, which runs under bun.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { bun } from "./bun.mjs";
import { peerFile } from "./peers.mjs";

/** Starts one on a free port of 127.0.0.1; its only secret key is `sk_localdev`. */
export async function startDevServer(processes) {
  const folder = join(processes.folder, "dev-server");
  mkdirSync(folder);
  const program = peerFile("liveblocks/dist/index.js");
  const options = ["--no-check", "--no-persist", "--random-port", "--host", "127.0.0.1"];
  const child = processes.start("Liveblocks dev server", bun(), [program, "dev", ...options], { cwd: folder });
  const [, url] = await child.match(/running at (http:\/\/[^\s\x1b]+)/);
  return { url, secretKey: "sk_localdev", child };
}
