// The docs site that ./dev docs has built: its files, and a server for browsers.

import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

/** The folder of the site. */
export const FOLDER = process.env.LIVEBLOCKS_SITE ?? new URL("../../../build/docs", import.meta.url).pathname;

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** The paths of all files, below the folder of the site. */
export const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1));

export const read = (file) => readFileSync(join(FOLDER, file), "utf8");

/** Serves the site on a free port of loopback, until the processes of the test end. Returns its URL. */
export async function serveSite(processes) {
  const known = new Set(files);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://site").pathname).slice(1);
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    if (!known.has(file)) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(join(FOLDER, file)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  processes.atEnd(async () => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}`;
}
