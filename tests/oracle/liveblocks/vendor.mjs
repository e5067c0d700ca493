// The calls of liveblocks_oracle.cpp through @liveblocks/node.

import { peer } from "../../peers/lib/peers.mjs";

const { Liveblocks } = await peer("@liveblocks/node");

/** Performs one call. */
export async function performAtVendor(call) {
  const outcome = { steps: [], logs: [], requests: [] };
  await observe(outcome, call.answer && (() => call.answer), async () => {
    const vendor = new Vendor();
    outcome.construction = await guarded(() => vendor.construct(call.options));
    if (!outcome.construction) await vendor.takeAll(call.steps, outcome.steps);
  });
  return outcome;
}

/** Acts with the console in our hands, and `fetch`, too, when there is somebody to make up answers. */
export async function observe({ logs, requests }, nextAnswer, action) {
  const kept = { fetch: globalThis.fetch, warn: console.warn, error: console.error };
  console.warn = (text) => logs.push(["warn", text]);
  console.error = (text) => logs.push(["error", text]);
  if (nextAnswer) globalThis.fetch = pretendedFetch(nextAnswer, requests);
  try {
    await action();
  } finally {
    Object.assign(console, { warn: kept.warn, error: kept.error });
    globalThis.fetch = kept.fetch;
  }
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

function pretendedFetch(nextAnswer, requests) {
  return async (url, { method, headers, body }) => {
    requests.push({ method, url: String(url), headers: Object.entries(headers), body });
    const answer = nextAnswer();
    if (answer === "failure") throw new TypeError("fetch failed");
    const bytes = Buffer.from(answer.body, "hex");
    const hasBody = ![204, 205, 304].includes(answer.status);
    return new Response(hasBody ? bytes : null, { status: answer.status, headers: answer.headers });
  };
}
