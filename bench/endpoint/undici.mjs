// The auth endpoint by somebody who knows where the time goes: a verifier that has parsed the key, and kept connections.

import { peer } from "../../tests/peers/lib/peers.mjs";
import { readJson, serve } from "./route.mjs";

const { createVerifier } = await peer("fast-jwt");
const { Pool } = await peer("undici");
const { CLERK_JWT_KEY, LIVEBLOCKS_SECRET_KEY, LIVEBLOCKS_BASE_URL, PUBLIC_ORIGIN } = process.env;
const verify = createVerifier({ key: CLERK_JWT_KEY, algorithms: ["RS256"], clockTolerance: 5000 });
const pool = new Pool(LIVEBLOCKS_BASE_URL, { connections: 64 });
const headers = { authorization: `Bearer ${LIVEBLOCKS_SECRET_KEY}`, "content-type": "application/json" };

serve(async (request) => {
  const claims = verify(request.headers.authorization.slice("Bearer ".length));
  if (claims.azp !== PUBLIC_ORIGIN) return { status: 401, body: '{"error":"unauthorized"}' };
  const { room } = await readJson(request);
  const body = JSON.stringify({ userId: claims.sub, permissions: { [room]: ["*:write"] }, userInfo: { name: claims.sub } });
  const response = await pool.request({ method: "POST", path: "/v2/authorize-user", headers, body });
  return { status: response.statusCode, body: await response.body.text() };
});
