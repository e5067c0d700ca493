/** Bodies of webhooks. */

const TEXTS = ["a", "room:1", "2023-01-27T20:08:40.693Z", "👍", "é\u2028\"\\\n", "", "605a50b01a36d5ea7a2e9104"];
const ROOM = ["projectId", "roomId"];
const THREAD = [...ROOM, "threadId"];
const COMMENT = [...THREAD, "commentId"];
const NOTIFICATION = ["channel", "projectId", "userId", "inboxNotificationId", "createdAt", "triggeredAt"];
const VISIT = [...ROOM, "connectionId", "userId", "userInfo", "numActiveUsers"];
const EVENTS = [
  ["storageUpdated", [...ROOM, "updatedAt"]],
  ["ydocUpdated", [...ROOM, "updatedAt"]],
  ["userEntered", [...VISIT, "enteredAt"]],
  ["userLeft", [...VISIT, "leftAt"]],
  ["roomCreated", [...ROOM, "createdAt"]],
  ["roomDeleted", [...ROOM, "deletedAt"]],
  ["commentCreated", [...COMMENT, "createdAt", "createdBy"]],
  ["commentEdited", [...COMMENT, "editedAt"]],
  ["commentDeleted", [...COMMENT, "deletedAt"]],
  ["commentReactionAdded", [...COMMENT, "emoji", "addedAt", "addedBy"]],
  ["commentReactionRemoved", [...COMMENT, "emoji", "removedAt", "removedBy"]],
  ["commentMetadataUpdated", [...COMMENT, "updatedAt", "updatedBy"]],
  ["threadCreated", [...THREAD, "createdAt", "createdBy"]],
  ["threadDeleted", [...THREAD, "deletedAt"]],
  ["threadMetadataUpdated", [...THREAD, "updatedAt", "updatedBy"]],
  ["threadMarkedAsResolved", [...THREAD, "updatedAt", "updatedBy"]],
  ["threadMarkedAsUnresolved", [...THREAD, "updatedAt", "updatedBy"]],
  ["notification", [...NOTIFICATION, "roomId", "threadId"], "thread"],
  ["notification", [...NOTIFICATION, "roomId", "mentionId"], "textMention"],
  ["notification", [...NOTIFICATION, "roomId", "subjectId"], "$alert"],
  ["notification", [...NOTIFICATION, "roomId", "subjectId"], "$"],
];

export function randomEvent(random, vendor) {
  return vendor === "clerk" ? clerkEvent(random) : liveblocksEvent(random);
}

function clerkEvent(random) {
  const event = {
    type: random.pick(["user.created", "organization.deleted", "é", "x"]),
    object: "event",
    data: { id: random.pick(TEXTS), n: random.below(1000), list: [null, true, {}] },
  };
  if (random.oneIn(2)) event.event_attributes = { http_request: { client_ip: "203.0.113.1" } };
  if (random.oneIn(2)) event.timestamp = random.pick([1654012591835, 0, -1, Number.MAX_SAFE_INTEGER, null]);
  if (random.oneIn(2)) event.instance_id = random.pick(["ins_1", "", "é", null]);
  return event;
}

function liveblocksEvent(random) {
  const [type, names, kind] = random.pick(EVENTS);
  const data = Object.fromEntries(names.map((name) => [name, randomMember(random, name, type)]));
  if (kind !== undefined) data.kind = kind;
  if (kind?.startsWith("$") && random.oneIn(2)) data.roomId = null;
  if (random.oneIn(4)) data.appId = random.pick(TEXTS);
  return random.oneIn(2) ? { type, data } : { data, type };
}

function randomMember(random, name, type) {
  if (name === "connectionId" || name === "numActiveUsers") return random.below(100000);
  if (name === "userInfo") return random.pick([null, {}, { name: "Ada", tags: [1, "é"] }]);
  if (name === "userId" && type !== "notification" && random.oneIn(2)) return null;
  return random.pick(TEXTS);
}
