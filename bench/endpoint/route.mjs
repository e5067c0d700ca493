// What the routes have in common: a server on a port that the system chooses.

import { createServer } from "node:http";

/** `respond(request)` returns `{ status, body }` or its promise. */
export function serve(respond) {
  const server = createServer((request, response) => {
    respond(request).then(
      ({ status, body }) => {
        response.writeHead(status, {
          "Content-Type": "application/json",
          "Cache-Control": "no-store",
          "Content-Length": Buffer.byteLength(body),
        });
        response.end(body);
      },
      (error) => {
        console.error(error);
        response.writeHead(401, { "Content-Length": 0 });
        response.end();
      },
    );
  });
  server.keepAliveTimeout = 60_000; // Meanwhile the other servers are measured.
  server.listen(0, "127.0.0.1", () => console.log(`ready: http://127.0.0.1:${server.address().port}`));
}

export async function readText(message) {
  const chunks = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export async function readJson(request) {
  return JSON.parse(await readText(request));
}
