// The auth endpoint by somebody who tunes with what Node has: a verifier that has parsed the key, and an agent that keeps
// connections.

import { Agent, request as send } from "node:http";

import { peer } from "../../tests/peers/lib/peers.mjs";
import { readJson, readText, serve } from "./route.mjs";

const { createVerifier } = await peer("fast-jwt");
const { CLERK_JWT_KEY, LIVEBLOCKS_SECRET_KEY, LIVEBLOCKS_BASE_URL, PUBLIC_ORIGIN } = process.env;
const verify = createVerifier({ key: CLERK_JWT_KEY, algorithms: ["RS256"], clockTolerance: 5000 });
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const url = new URL("/v2/authorize-user", LIVEBLOCKS_BASE_URL);

function post(body) {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${LIVEBLOCKS_SECRET_KEY}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const request = send(url, { method: "POST", agent, headers }, (response) => {
      readText(response).then((text) => resolve({ status: response.statusCode, body: text }), reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

serve(async (request) => {
  const claims = verify(request.headers.authorization.slice("Bearer ".length));
  if (claims.azp !== PUBLIC_ORIGIN) return { status: 401, body: '{"error":"unauthorized"}' };
  const { room } = await readJson(request);
  return post(JSON.stringify({ userId: claims.sub, permissions: { [room]: ["*:write"] }, userInfo: { name: claims.sub } }));
});
