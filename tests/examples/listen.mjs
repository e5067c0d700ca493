// A fake service on loopback, which ends with the processes of a test.

import { createServer } from "node:http";

/** Calls `handler(request, body, response)` for each request. Returns the URL. */
export async function listen(processes, handler) {
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    handler(request, Buffer.concat(chunks).toString(), response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  processes.atEnd(async () => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}`;
}
