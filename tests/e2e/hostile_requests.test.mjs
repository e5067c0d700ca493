// task_board and guarded_site with requests over sockets that no browser would send.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Processes } from "../peers/lib/processes.mjs";
import { send } from "./lib/http.mjs";

const [, , program] = process.argv;
const processes = new Processes();
after(() => processes.close());

const environment = {
  PATH: process.env.PATH,
  LIVEBLOCKS_SECRET_KEY: "sk_test_x",
  DATABASE_PATH: join(processes.folder, "task_board.db"),
};

/** Starts a demo, with limits of the shell. */
const launch = (limits) =>
  processes.start("demo", "sh", ["-c", `${limits} exec "$0" --demo`, program], { env: environment });

async function start(limits = "") {
  const child = launch(limits);
  const [, url] = await child.match(/^ready: (http:\/\/\S+)$/);
  return { child, url };
}

const { url } = await start();
const { port, host } = new URL(url);

class Connection {
  received = "";

  constructor() {
    this.socket = connect(Number(port), "127.0.0.1");
    this.socket.on("data", (bytes) => (this.received += bytes));
    this.socket.on("error", () => {}); // The server closes before all is sent.
    this.closed = new Promise((resolve) => this.socket.once("close", resolve));
  }

  /** The number of responses. */
  get answers() {
    return this.received.match(/^HTTP\/1\.1 (?!100)/gm)?.length ?? 0;
  }
}

const SMUGGLED = `GET /style.css HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
const SIZE = SMUGGLED.length;
const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PRI", "FOO"];
const FRAMINGS = [
  `Content-Length: ${SIZE}`,
  `Content-Length: 0\r\nContent-Length: ${SIZE}`,
  `Content-Length: ${SIZE}\r\nContent-Length: 0`,
  `Content-Length : ${SIZE}`,
  `Content-Length\t: ${SIZE}`,
  ` Content-Length: ${SIZE}`,
  `Content-Length: +${SIZE}`,
  "Transfer-Encoding: chunked",
  "Transfer-Encoding\t: chunked",
  "Transfer-Encoding: x, chunked",
  "Content-Length: 0\r\nTransfer-Encoding: chunked",
  `Range: nonsense\r\nContent-Length: ${SIZE}`,
  `X: ${"x".repeat(9000)}\r\nContent-Length: ${SIZE}`,
];
const TARGETS = ["/", "/nothing", "/dashboard", "/api/liveblocks-auth", "/__clerk/v1/client", `http://${host}/`];

for (const gap of [-1, 0, 50, 300]) {
  test(`no body becomes a request, ${gap < 0 ? "in one piece with its head" : `${gap} ms after its head`}`, async () => {
    for (const target of TARGETS) {
      const requests = METHODS.flatMap((method) =>
        FRAMINGS.map((framing) => {
          const head = `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${framing}\r\n\r\n`;
          return { head: framing.includes("chunked") ? `${head}1\r\nx!\r\n` : head, connection: new Connection() };
        }),
      );
      for (const { head, connection } of requests) connection.socket.write(gap < 0 ? head + SMUGGLED : head);
      if (gap >= 0) {
        await sleep(gap);
        for (const { connection } of requests) connection.socket.write(SMUGGLED);
      }
      for (const { head, connection } of requests) {
        await connection.closed;
        // There is no response if the server closed the connection before it had read the whole head.
        assert.ok(connection.answers <= 1, `${JSON.stringify(head.slice(0, 200))}: ${connection.received}`);
      }
    }
  });
}

for (const path of [`http://x/style.css`, `http://${host}/`, "http://a%2Fstyle.css", "*", "?/style.css", "style.css", "%2Fstyle.css"]) {
  test(`a target that does not begin with a slash is refused: ${path}`, async () => {
    assert.equal((await send(url, { path })).status, 400);
  });
}

for (const path of ["/", "/style.css", "/api/me", "/api/config", "/nothing", "/sign-in", "/sign-in/main.js", "/api/liveblocks-auth"]) {
  test(`no byte ranges are served: ${path}`, async () => {
    const whole = await send(url, { path });
    for (const range of ["0-3", "100-", "99999999-", "-1", "0-0,2-2", Array(500).fill("0-").join()]) {
      const answer = await send(url, { path, headers: { Range: `bytes=${range}` } });
      assert.deepEqual([answer.status, answer.body], [whole.status, whole.body], range);
      assert.equal(answer.headers["content-type"], whole.headers["content-type"]);
      assert.equal(answer.headers["content-range"], undefined);
    }
  });
}

test("a long path or range ends no process where stacks are small", { timeout: 30_000 }, async () => {
  const small = await start("ulimit -s 256;");
  for (const prefix of ["/", "/sign-in/", "/sign-in/tickets/", "/__clerk/", "/__clerk/v1/client/sessions/", "/api/liveblocks-auth", "/x\n/", "/a/"]) {
    for (const method of METHODS.slice(0, 7)) {
      const path = encodeURI(prefix) + "a".repeat(8000 - 3 * prefix.length);
      const { status } = await send(small.url, { method, path });
      assert.ok(status >= 400 && status < 500, `${method} ${prefix}: ${status}`);
    }
  }
  for (const range of ["1".repeat(8000), "0-,".repeat(2600), `0-,${" ".repeat(8000)}0`]) {
    const { status } = await send(small.url, { path: "/style.css", headers: { Range: `bytes=${range}-` } });
    assert.ok(status === 200 || status === 416, `${range.slice(0, 9)}: ${status}`);
  }
  assert.equal((await send(`${small.url}/style.css`)).status, 200);
  assert.deepEqual(await small.child.stop(), { code: 0, signal: null });
});

test("who cannot start its workers says so and ends", { timeout: 30_000 }, async () => {
  // There is not enough memory for the stacks of all threads.
  const child = launch("ulimit -v 400000;");
  assert.deepEqual(await child.exited, { code: 1, signal: null });
  assert.match(child.output, /: only \d+ of \d+ workers start: /);
  assert.doesNotMatch(child.output, /^ready:/m);
});
