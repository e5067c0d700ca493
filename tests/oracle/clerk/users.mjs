// What clerk::Users and @clerk/backend's users.getUser() send, and what they make of the same answers.
// Usage: node users.mjs <clerk_user_oracle> [seed]; the seed may also stand in ORACLE_SEED

import { deepStrictEqual } from "node:assert";
import { createServer } from "node:http";

import { peer } from "../../peers/lib/peers.mjs";
import { valuesPrintedBy } from "./program.mjs";
import { answers } from "./user_answers.mjs";

process.env.CLERK_TELEMETRY_DISABLED = "1";
const { createClerkClient } = await peer("@clerk/backend");

const SECRET_KEY = "sk_test_oracle";
const [program, seed = process.env.ORACLE_SEED ?? "1"] = process.argv.slice(2);
const cases = answers(Number(seed));
const input = cases.map(({ answer }) => JSON.stringify(answer) + "\n").join("");
const ours = valuesPrintedBy(program, [], input);

const theirs = await askVendor(cases.map(({ answer }) => answer));
const problems = cases.flatMap(({ name, differs }, i) => compare(name, differs, ours[i], theirs[i]));
problems.forEach((problem) => console.error(problem));
console.log(`${cases.length} answers, ${problems.length} problems (seed ${seed})`);
process.exitCode = problems.length === 0 && cases.length > 0 ? 0 : 1;

/** Shows the answers to the vendor, one after another. */
async function askVendor(answersToShow) {
  const results = [];
  let current;
  const server = createServer(({ method, url, headers }, response) => {
    current.request = { method, url, headers };
    response.writeHead(current.answer.status, current.answer.headers).end(current.answer.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const apiUrl = `http://127.0.0.1:${server.address().port}`;
  const { users } = createClerkClient({ secretKey: SECRET_KEY, apiUrl });
  for (const answer of answersToShow) {
    current = { answer };
    const outcome = await users.getUser("user_1").then(describe, describeError);
    results.push({ request: current.request, ...outcome });
  }
  server.closeAllConnections();
  server.close();
  return results;
}

function describe(user) {
  return {
    user: {
      id: user.id,
      username: user.username ?? null,
      firstName: user.firstName ?? null,
      lastName: user.lastName ?? null,
      fullName: user.fullName ?? null,
      imageUrl: user.imageUrl ?? "",
      primaryEmailAddress: user.primaryEmailAddress?.emailAddress ?? null,
      banned: user.banned ?? false,
      locked: user.locked ?? false,
      deprovisioned: user.deprovisioned ?? false,
      publicMetadata: user.publicMetadata,
      privateMetadata: user.privateMetadata,
      unsafeMetadata: user.unsafeMetadata,
    },
  };
}

function describeError(error) {
  return {
    error: {
      status: error.status ?? 0,
      retryAfter: error.retryAfter ?? null,
      words: [error.errors?.[0]?.code, error.clerkTraceId].filter(Boolean),
    },
  };
}

function compare(name, differs, mine, vendors) {
  const problems = [];
  const check = (what, run) => {
    try {
      run();
    } catch (error) {
      problems.push(`${name}: ${what}\n${error.message}`);
    }
  };
  check("the requests", () => compareRequests(mine.request, vendors.request));
  if (differs) {
    check(`is listed as different (${differs}), and is not`, () => {
      const agree = mine.user ? same(mine.user, vendors.user) : vendors.error && sameError(mine.error, vendors.error);
      if (agree) throw new Error("both agree");
    });
  } else if (mine.user || vendors.user) {
    check("the users", () => deepStrictEqual(mine.user, vendors.user));
  } else {
    check("the errors", () => {
      if (!sameError(mine.error, vendors.error)) throw new Error(JSON.stringify([mine.error, vendors.error], null, 2));
    });
  }
  return problems;
}

function compareRequests(mine, vendors) {
  deepStrictEqual(mine.method, vendors.method);
  deepStrictEqual(new URL(mine.url).pathname, vendors.url);
  deepStrictEqual(mine.headers.Authorization, vendors.headers.authorization);
  deepStrictEqual(mine.headers["Clerk-API-Version"], vendors.headers["clerk-api-version"]);
}

function same(a, b) {
  try {
    deepStrictEqual(a, b);
    return true;
  } catch {
    return false;
  }
}

/** Status and wait are equal, and our message tells the vendor's code and trace id. */
function sameError(mine, vendors) {
  return (
    mine.status === vendors.status &&
    mine.retryAfter === vendors.retryAfter &&
    vendors.words.every((word) => mine.message.includes(word))
  );
}
