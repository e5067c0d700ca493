// The calls of liveblocks_oracle.cpp through @liveblocks/node.

import { peer } from "../../peers/lib/peers.mjs";

const { Liveblocks } = await peer("@liveblocks/node");

/** Performs one call, with `fetch` and the console in our hands. */
export async function performAtVendor(call) {
  const outcome = { steps: [], logs: [], requests: [] };
  const kept = { fetch: globalThis.fetch, warn: console.warn, error: console.error };
  console.warn = (text) => outcome.logs.push(["warn", text]);
  console.error = (text) => outcome.logs.push(["error", text]);
  if (call.answer) globalThis.fetch = pretendedFetch(call.answer, outcome.requests);
  try {
    const vendor = new Vendor();
    outcome.construction = await guarded(() => vendor.construct(call.options));
    if (!outcome.construction) await vendor.takeAll(call.steps, outcome.steps);
  } finally {
    Object.assign(console, { warn: kept.warn, error: kept.error });
    globalThis.fetch = kept.fetch;
  }
  return outcome;
}

class Vendor {
  construct(options) {
    this.client = new Liveblocks(options);
    return null;
  }

  /** Without a session there is nothing more to do. */
  async takeAll(steps, outcomes) {
    for (const step of steps) {
      outcomes.push(await guarded(() => this.take(step)));
      if (step.prepare && !this.session) return;
    }
  }

  async take(step) {
    if (step.prepare) {
      const { userId, ...options } = step.prepare;
      this.session = this.client.prepareSession(userId, options);
    }
    if (step.allow) this.session.allow(...step.allow);
    if (step.authorize) return describe(await this.session.authorize());
    if (step.identify) {
      const { userInfo, ...identity } = step.identify;
      return describe(await this.client.identifyUser(identity, { userInfo }));
    }
    return null;
  }
}

const describe = ({ status, body, error }) => ({ status, body, error: error !== undefined });

async function guarded(action) {
  try {
    return await action();
  } catch (failure) {
    return { thrown: failure.message };
  }
}

function pretendedFetch(answer, requests) {
  return async (url, { method, headers, body }) => {
    requests.push({ method, url: String(url), headers: Object.entries(headers), body });
    if (answer === "failure") throw new TypeError("fetch failed");
    const bytes = Buffer.from(answer.body, "hex");
    const hasBody = ![204, 205, 304].includes(answer.status);
    return new Response(hasBody ? bytes : null, { status: answer.status, headers: answer.headers });
  };
}
