// A Clerk instance on loopback: session tokens, the key set and the users of its Backend API.

import { createSign, generateKeyPairSync } from "node:crypto";

import { StubServer } from "./http.mjs";

const KEY_ID = "ins_e2e";
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

export class FakeClerk {
  /** By id; what is not here is answered with 404. */
  users = {};
  /** Set to answer look-ups of users with that status. */
  usersStatus = 0;
  #keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  #server = new StubServer((request) => this.#answer(request));

  async start() {
    await this.#server.start();
    return this;
  }

  stop() {
    return this.#server.stop();
  }

  get url() {
    return this.#server.url;
  }

  get requests() {
    return this.#server.requests;
  }

  get pem() {
    return this.#keys.publicKey.export({ type: "spki", format: "pem" });
  }

  /** A valid token of `userId`; `claims` are set beside or instead of its own. */
  token(userId, claims = {}) {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: "https://clerk.e2e.example", sub: userId, sid: "sess_1", iat: now, nbf: now - 5, exp: now + 60, v: 2, sts: "active", ...claims };
    const input = `${encode({ alg: "RS256", kid: KEY_ID, typ: "JWT" })}.${encode(payload)}`;
    return `${input}.${createSign("RSA-SHA256").update(input).sign(this.#keys.privateKey, "base64url")}`;
  }

  #answer({ method, path }) {
    if (method === "GET" && path === "/v1/jwks") {
      return { body: { keys: [{ ...this.#keys.publicKey.export({ format: "jwk" }), kid: KEY_ID, use: "sig", alg: "RS256" }] } };
    }
    if (this.usersStatus !== 0) return { status: this.usersStatus, body: { errors: [] } };
    const user = this.users[path.replace("/v1/users/", "")];
    return user ? { body: user } : { status: 404, body: { errors: [{ code: "resource_not_found", message: "not found" }] } };
  }
}

/** A user as the Backend API shows one. */
export const clerkUser = (id, firstName, lastName, imageUrl) => ({
  id,
  object: "user",
  username: null,
  first_name: firstName,
  last_name: lastName,
  image_url: imageUrl,
  primary_email_address_id: null,
  email_addresses: [],
  public_metadata: {},
  private_metadata: {},
  unsafe_metadata: {},
});
