// Requests that are sent byte by byte, a server with prescribed responses that records requests, and ports.

import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { createServer as createTcpServer } from "node:net";

/** Sends one request; `chunked` omits the length, `path` is sent unchanged. */
export async function send(url, { method = "GET", headers = {}, body, chunked = false, agent, path } = {}) {
  const request = httpRequest(url, { method, headers, agent, ...(path && { path }) });
  const responded = once(request, "response");
  if (body !== undefined && !chunked) request.setHeader("Content-Length", Buffer.byteLength(body));
  if (body !== undefined && chunked) request.write(body);
  request.end(chunked ? undefined : body);
  const [response] = await responded;
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

export class StubServer {
  requests = [];
  #respond;
  #server = createServer((request, response) => this.#handle(request, response));

  /** `respond(request)` returns `{ status, headers, body }` or its promise; a body that is not a string is sent as JSON. */
  constructor(respond) {
    this.#respond = respond;
  }

  /** `take(request, socket)` is called with the connection of a request for an upgrade. */
  onUpgrade(take) {
    this.#server.on("upgrade", take);
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
    const { status = 200, headers = {}, body = "" } = await this.#respond(seen);
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }
}

/** Returns the URL of a server that has stopped. */
export async function unreachableUrl() {
  const server = await new StubServer(() => ({})).start();
  await server.stop();
  return server.url;
}

/** Returns a port that was free a moment ago. */
export async function freePort() {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
