// A site behind nginx and examples/auth_request: an application that repeats what it receives, and a local Clerk.

import { once } from "node:events";
import { connect } from "node:net";

import { FakeClerk } from "./fake_clerk.mjs";
import { send, StubServer } from "./http.mjs";
import { signInWith } from "./local_clerk.mjs";
import { startNginxAnywhere } from "./nginx.mjs";
import { Visitor } from "./visitor.mjs";

const [, , program] = process.argv;

/** Responds with the request that has arrived, as JSON; accepts any upgrade, and then repeats what it receives. */
export class Application extends StubServer {
  upgrades = [];
  /** Added to each response. */
  headers = {};

  constructor() {
    super((request) => ({ headers: this.headers, body: request }));
    this.onUpgrade((request, socket) => {
      this.upgrades.push(request);
      socket.on("error", () => {});
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${request.headers.upgrade}\r\nConnection: Upgrade\r\n\r\n`);
      socket.pipe(socket);
    });
  }
}

export class GatedSite {
  application = new Application();

  /** `host` is that of the instance; `environment` is added to the program's. `edit` changes site.conf. */
  async start(processes, { host, environment = {}, tokenSeconds = 60, edit } = {}) {
    await this.application.start();
    processes.atEnd(() => this.application.stop());
    this.clerk = await new FakeClerk(processes).start(host);
    await this.clerk.addUser({ id: "user_ada", first_name: "Ada" });
    const { child, port } = await startNginxAnywhere(processes, async (port) => {
      await this.#startGuard(processes, `http://127.0.0.1:${port}`, environment, tokenSeconds);
      return { guard: this.guardUrl, application: this.application.url, edit };
    });
    Object.assign(this, { nginx: child, port, url: `http://127.0.0.1:${port}` });
    return this;
  }

  async #startGuard(processes, url, environment, tokenSeconds) {
    await this.clerk.servePages(url, tokenSeconds);
    const env = {
      PATH: process.env.PATH,
      PUBLIC_ORIGIN: url,
      CLERK_PUBLISHABLE_KEY: this.clerk.publishableKey,
      CLERK_SECRET_KEY: this.clerk.secretKey,
      CLERK_API_URL: this.clerk.url,
      CLERK_PROXY_URL: this.clerk.proxyUrl,
      CLERK_SIGN_IN_URL: "https://accounts.e2e.example/sign-in",
      PUBLIC_ROUTES: "/ /public(.*)",
      ...environment,
    };
    this.guard = processes.start("auth_request", program, [], { env });
    [, this.guardUrl] = await this.guard.match(/^ready: (http:\/\/\S+)$/);
  }

  /** A session token for pages of this site. */
  token(claims = {}, userId = "user_ada") {
    return this.clerk.token(userId, { azp: this.url, ...claims });
  }

  async bearer(claims, userId) {
    return { Authorization: `Bearer ${await this.token(claims, userId)}` };
  }

  send(path, options = {}) {
    return send(this.url, { path, ...options });
  }

  /** Somebody who is signed in, as Clerk's browser SDK would do it. */
  async signedIn(userId = "user_ada") {
    const visitor = new Visitor(this.url);
    await signInWith(visitor, this.clerk, () => this.clerk.ticket(userId));
    return visitor;
  }

  /** Sends bytes, and returns all that is received until the server closes, or that `until` matches. */
  async exchange(bytes, until) {
    const socket = connect(this.port, "127.0.0.1");
    let received = "";
    const done = once(socket, "close");
    socket.on("data", (more) => {
      received += more;
      if (until?.test(received)) socket.destroy();
    });
    socket.write(bytes);
    await done;
    return received;
  }
}
