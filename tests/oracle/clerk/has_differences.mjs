// Where Auth::has() is meant to refuse what @clerk/backend's has() grants, and why. docs/differences.md tells it in prose.

import { EXPIRES } from "./random_asks.mjs";

const isText = (value) => value === undefined || value === null || typeof value === "string";

const session = (claims) => ({ sub: "user_1", sid: "sess_1", exp: EXPIRES, ...claims });

/** Each applies to the pairs of some kind, one of which is the example. */
export const DIFFERENCES = [
  {
    why: "an empty name comes from a mistake",
    applies: ({ ask }) =>
      [ask.role, ask.permission].some((asked) => /^(org:)*$/.test(asked ?? "x")) || ask.feature === "" || ask.plan === "",
    example: { claims: session({ org_id: "org_1", org_role: "org:" }), ask: { role: "" } },
  },
  {
    why: "a scope without a name behind it asks for nothing",
    applies: ({ ask }) => [ask.feature, ask.plan].some((asked) => /^[^:]*:(:|$)/.test(asked ?? "")),
    example: { claims: session({ fea: "o:o" }), ask: { feature: "o:" } },
  },
  {
    why: "factor ages are integers",
    applies: ({ claims }) => Array.isArray(claims.fva) && !claims.fva.every(Number.isSafeInteger),
    example: { claims: session({ fva: [0.5, 0] }), ask: { reverification: "strict" } },
  },
  {
    why: "a session has an id",
    applies: ({ claims }) => !claims.sid,
    example: { claims: session({ sid: undefined, fea: "u:a" }), ask: { feature: "a" } },
  },
  {
    why: "only an active or a pending session counts",
    applies: ({ claims }) => "sts" in claims && !["active", "pending"].includes(claims.sts),
    example: { claims: session({ sts: "revoked", fea: "u:a" }), ask: { feature: "a" } },
  },
  {
    why: "an actor that cannot be named must not pass for the user",
    applies: ({ claims }) => claims.act && !claims.act.sub,
    example: { claims: session({ act: {}, fea: "u:a" }), ask: { feature: "a" } },
  },
  {
    why: "organization claims of another type discredit the token",
    applies: ({ claims }) => hasForeignTypes(claims),
    example: { claims: session({ org_id: 5, org_role: "admin" }), ask: { role: "admin" } },
  },
];

function hasForeignTypes(claims) {
  if (claims.v !== 2) {
    const permissions = claims.org_permissions ?? [];
    const areTexts = Array.isArray(permissions) && permissions.every((one) => typeof one === "string");
    return !areTexts || ![claims.org_id, claims.org_role].every(isText);
  }
  const { o } = claims;
  if (o === undefined || o === null) return false;
  return typeof o !== "object" || Array.isArray(o) || ![...Object.values(o), claims.fea].every(isText);
}
