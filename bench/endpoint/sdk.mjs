// The auth endpoint with the SDKs of both vendors, as their documentation shows it.

import { peer } from "../../tests/peers/lib/peers.mjs";
import { readJson, serve } from "./route.mjs";

const { verifyToken } = await peer("@clerk/backend");
const { Liveblocks } = await peer("@liveblocks/node");
const { CLERK_JWT_KEY, LIVEBLOCKS_SECRET_KEY, LIVEBLOCKS_BASE_URL, PUBLIC_ORIGIN } = process.env;
const liveblocks = new Liveblocks({ secret: LIVEBLOCKS_SECRET_KEY, baseUrl: LIVEBLOCKS_BASE_URL });

serve(async (request) => {
  const token = request.headers.authorization.slice("Bearer ".length);
  const claims = await verifyToken(token, { jwtKey: CLERK_JWT_KEY, authorizedParties: [PUBLIC_ORIGIN] });
  const { room } = await readJson(request);
  const session = liveblocks.prepareSession(claims.sub, { userInfo: { name: claims.sub } });
  session.allow(room, session.FULL_ACCESS);
  return session.authorize();
});
