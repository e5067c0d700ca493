// The rooms that a list is to hold, by the documentation and the vendor's own parser of queries.

import { peer } from "../../peers/lib/peers.mjs";

const { QueryParser } = await peer("@liveblocks/query-parser");
const parser = new QueryParser({ fields: { roomId: "string" }, indexableFields: { metadata: "token" } });

/** The page for the target of a request, from all rooms, the oldest first; the type of the cursor for the cursor. */
export function expectedList(target, rooms) {
  const parameters = new URL(target, "http://127.0.0.1").searchParams;
  const found = rooms.toReversed().filter((room) => isWanted(room, parameters));
  const limit = Number(parameters.get("limit") || 20);
  return { data: found.slice(0, limit), nextCursor: found.length > limit ? "string" : "object" };
}

function isWanted(room, parameters) {
  const organization = parameters.get("organizationId");
  if (organization && room.organizationId !== organization) return false;
  if (!mayBeEntered(room, parameters.get("userId"), parameters.get("groupIds"))) return false;
  const metadata = [...parameters].filter(([name, value]) => name.startsWith("metadata.") && value);
  if (!metadata.every(([name, value]) => holds(room, name.slice("metadata.".length), value))) return false;
  const query = parameters.get("query");
  return !query || parser.parse(query).query.allOf.every((condition) => fits(room, condition));
}

function mayBeEntered({ usersAccesses, groupsAccesses }, userId, groupIds) {
  if (!userId && !groupIds) return true;
  const groups = (groupIds ?? "").split(",");
  return usersAccesses[userId]?.length > 0 || groups.some((group) => groupsAccesses[group]?.length > 0);
}

const holds = ({ metadata }, key, value) => [metadata[key] ?? []].flat().includes(value);

function fits(room, { prefix, field, value }) {
  if (prefix) return room.id.startsWith(prefix.value);
  return field.key === undefined ? room.id === value.value : holds(room, field.key, value.value);
}
