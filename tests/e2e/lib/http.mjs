// Requests byte by byte as a test wants them, and a server that answers by script and remembers what it was asked.

import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";

/** Sends one request; `chunked` leaves out the length, `path` goes out as it is written. */
export async function send(url, { method = "GET", headers = {}, body, chunked = false, agent, path } = {}) {
  const request = httpRequest(url, { method, headers, agent, ...(path && { path }) });
  const answered = once(request, "response");
  if (body !== undefined && !chunked) request.setHeader("Content-Length", Buffer.byteLength(body));
  if (body !== undefined && chunked) request.write(body);
  request.end(chunked ? undefined : body);
  const [response] = await answered;
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

export class StubServer {
  requests = [];
  #answer;
  #server = createServer((request, response) => this.#handle(request, response));

  /** `answer(request)` gives `{ status, headers, body }` or its promise; a body that is no string goes out as JSON. */
  constructor(answer) {
    this.#answer = answer;
  }

  async start() {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
    return this;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const seen = {
      method: request.method,
      path: request.url,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    this.requests.push(seen);
    const { status = 200, headers = {}, body = "" } = await this.#answer(seen);
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }
}

/** The address of a server that is gone. */
export async function unreachableUrl() {
  const server = await new StubServer(() => ({})).start();
  await server.stop();
  return server.url;
}
