// What the calls of clerk::api and the methods of @clerk/backend send, and what they make of the same answers.
// Usage: node api.mjs <clerk_api_oracle>

import { deepStrictEqual } from "node:assert";

import { peer } from "../../peers/lib/peers.mjs";
import { CASES } from "./api_cases.mjs";
import { valuesPrintedBy } from "./program.mjs";

process.env.CLERK_TELEMETRY_DISABLED = "1";

const SECRET_KEY = "sk_test_oracle";
const [program] = process.argv.slice(2);

// The vendor's SDK takes this function when it is loaded.
let current;
globalThis.fetch = async (url, { method, headers, body }) => {
  current.requests.push({ method, url: String(url), headers: Object.fromEntries(headers), body: body ?? "" });
  return new Response(JSON.stringify(current.answer), { headers: { "content-type": "application/json" } });
};
const { createClerkClient } = await peer("@clerk/backend");
const client = createClerkClient({ secretKey: SECRET_KEY });

/** The vendor's method for each call, and what it makes of the answer in the words of the other program. */
const VENDOR = {
  getUser: ({ userId }) => client.users.getUser(userId).then(user),
  listUsers: (args) => client.users.getUserList(args).then(({ data }) => data.map(user)),
  countUsers: (args) => client.users.getCount(args),
  updateUserMetadata: ({ userId, ...metadata }) => client.users.updateUserMetadata(userId, metadata).then(user),
  banUser: ({ userId }) => client.users.banUser(userId).then(user),
  unbanUser: ({ userId }) => client.users.unbanUser(userId).then(user),
  lockUser: ({ userId }) => client.users.lockUser(userId).then(user),
  unlockUser: ({ userId }) => client.users.unlockUser(userId).then(user),
  getSession: ({ sessionId }) => client.sessions.getSession(sessionId).then(session),
  listSessions: (args) => client.sessions.getSessionList(args).then(list(session)),
  revokeSession: ({ sessionId }) => client.sessions.revokeSession(sessionId).then(session),
  createSessionToken: ({ sessionId, template, expiresInSeconds }) =>
    client.sessions.getToken(sessionId, template, expiresInSeconds).then(pick("jwt")),
  getOrganization: ({ idOrSlug, ...rest }) =>
    client.organizations.getOrganization({ organizationId: idOrSlug, ...rest }).then(organization),
  listOrganizations: (args) => client.organizations.getOrganizationList(args).then(list(organization)),
  listOrganizationMemberships: (args) => client.organizations.getOrganizationMembershipList(args).then(list(membership)),
  listUserMemberships: (args) => client.users.getOrganizationMembershipList(args).then(list(membership)),
  createOrganizationMembership: (args) => client.organizations.createOrganizationMembership(args).then(membership),
  updateOrganizationMembership: (args) => client.organizations.updateOrganizationMembership(args).then(membership),
  deleteOrganizationMembership: (args) => client.organizations.deleteOrganizationMembership(args).then(() => null),
  createInvitation: (args) => client.invitations.createInvitation(args).then(invitation),
  listInvitations: (args) => client.invitations.getInvitationList(args).then(list(invitation)),
  revokeInvitation: ({ invitationId }) => client.invitations.revokeInvitation(invitationId).then(invitation),
  createOrganizationInvitation: (args) =>
    client.organizations.createOrganizationInvitation(args).then(organizationInvitation),
  listOrganizationInvitations: (args) =>
    client.organizations.getOrganizationInvitationList(args).then(list(organizationInvitation)),
  getOrganizationInvitation: (args) =>
    client.organizations.getOrganizationInvitation(args).then(organizationInvitation),
  revokeOrganizationInvitation: (args) =>
    client.organizations.revokeOrganizationInvitation(args).then(organizationInvitation),
};

function pick(...names) {
  return (resource) => Object.fromEntries(names.map((name) => [name, resource[name] ?? null]));
}

function list(describe) {
  return ({ data, totalCount }) => ({ data: data.map(describe), totalCount });
}

function user(resource) {
  return pick("id", "username", "banned", "locked", "publicMetadata")(resource);
}

function session(resource) {
  const names = ["id", "userId", "clientId", "status", "lastActiveOrganizationId", "actor", "lastActiveAt", "expireAt"];
  return pick(...names, "abandonAt", "createdAt")(resource);
}

function organization(resource) {
  const described = pick("id", "name", "slug", "membersCount", "maxAllowedMemberships", "createdBy", "createdAt")(resource);
  return { ...described, imageUrl: resource.imageUrl ?? "", ...metadata(resource) };
}

function membership(resource) {
  return {
    ...pick("id", "role", "permissions", "createdAt")(resource),
    organization: organization(resource.organization),
    userId: resource.publicUserData?.userId ?? null,
    ...metadata(resource),
  };
}

function invitation(resource) {
  const described = pick("id", "emailAddress", "status", "url", "createdAt")(resource);
  return { ...described, publicMetadata: resource.publicMetadata ?? {} };
}

function organizationInvitation(resource) {
  const names = ["id", "organizationId", "emailAddress", "role", "url", "createdAt", "expiresAt"];
  return { ...pick(...names)(resource), status: resource.status ?? "", ...metadata(resource) };
}

function metadata({ publicMetadata, privateMetadata }) {
  return { publicMetadata: publicMetadata ?? {}, privateMetadata: privateMetadata ?? {} };
}

async function askVendor({ call, args, answer }) {
  current = { answer, requests: [] };
  const value = await VENDOR[call](structuredClone(args));
  // A list of users asks for their number, too.
  return { request: current.requests[0], value: JSON.parse(JSON.stringify(value)) };
}

/** Parameters have no order; their encoding must agree. */
function sortedQuery(url) {
  return new URL(url).search.slice(1).split("&").sort();
}

/** Members have no order. */
function parsed(body) {
  return body === "" ? null : JSON.parse(body);
}

function comparable({ method, url, headers, body }) {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method,
    path: new URL(url).origin + new URL(url).pathname,
    query: sortedQuery(url),
    authorization: lower.authorization,
    version: lower["clerk-api-version"],
    // The vendor's SDK names a type without a body, too.
    type: body === "" ? null : lower["content-type"],
    body: parsed(body),
  };
}

const input = CASES.map((one) => JSON.stringify(one) + "\n").join("");
const printed = valuesPrintedBy(program, [], input);
const names = printed.pop();
const problems = [];
const check = (what, mine, theirs) => {
  try {
    deepStrictEqual(mine, theirs);
  } catch (error) {
    problems.push(`${what}\n${error.message}`);
  }
};

check("each call has a case and a method of the vendor", names, [...new Set(CASES.map(({ call }) => call))].sort());
for (const [i, one] of CASES.entries()) {
  const vendors = await askVendor(one);
  const what = `${one.call} ${JSON.stringify(one.args)}`;
  check(`${what}: the request`, comparable(printed[i].request), comparable(vendors.request));
  check(`${what}: the value (${printed[i].error ?? "read"})`, printed[i].value, vendors.value);
}

problems.forEach((problem) => console.error(problem));
console.log(`${CASES.length} calls, ${problems.length} problems`);
process.exitCode = problems.length === 0 && CASES.length > 0 ? 0 : 1;
