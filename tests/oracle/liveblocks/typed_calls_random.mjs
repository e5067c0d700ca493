// Typed calls with arguments made at random from a seed.

import { Random } from "../random.mjs";
import { hex, OPTIONS } from "./table_of_calls.mjs";
import { CALLS } from "./typed_calls_vendor.mjs";

const IDS = ["", ".", "..", "a/../b", "a\\.", "...", "a b/c?d#é%", "*", "!~'()-_", "日", "😀", "__proto__", "x+y&z=1"];
const CHARACTERS = ["a", "Z", "0", ":", "-", " ", "/", "'", "\"", "é", "日", "😀", "&", "=", "+", "%", "\u2028"];
const URLS = ["https://example.com/a?b=c", "http://example.com", "HTTPS://example.com/é", "javascript:alert(1)", "www.a.example"];
// Those that a clock of nanoseconds can hold.
const TIMES = [0, -1, 1735689600250, 4102444800000, 951782400000];
const PART_BYTES = 5 * 1024 * 1024;

// What Liveblocks is documented to answer, in short.
const AT = "2025-01-01T00:00:00.000Z";
const COMMENT = {
  type: "comment", id: "cm_1", threadId: "th_1", roomId: "r", userId: "u", createdAt: AT, metadata: {}, reactions: [],
  attachments: [], body: { version: 1, content: [] },
};
const THREAD = {
  type: "thread", id: "th_1", roomId: "r", createdAt: AT, updatedAt: AT, comments: [COMMENT], metadata: {}, resolved: false,
  visibility: "public",
};
const SUBSCRIPTION = { kind: "thread", subjectId: "th_1", createdAt: AT, userId: "u" };
const NOTIFICATION = { kind: "thread", id: "in_1", roomId: "r", threadId: "th_1", notifiedAt: AT, readAt: null };
const ROOM_SUBSCRIPTIONS = { threads: "all", textMentions: "mine" };
const GROUP = { type: "group", id: "g", organizationId: "default", createdAt: AT, updatedAt: AT, scopes: {}, members: [] };
const FEED = { feedId: "f", metadata: {}, createdAt: 1, updatedAt: 2 };
const MESSAGE = { id: "m", data: 1, createdAt: 1, updatedAt: 2 };
const VERSION = { id: "vh_1", createdAt: AT, authors: [{ id: "u" }] };
const ATTACHMENT = { type: "attachment", id: "at_given", name: "a", size: 1, mimeType: "text/plain" };
const page = (...data) => ({ data, nextCursor: null });

/** About what was asked for, as the real ones are. */
const answerTo = (call, given) => {
  const { roomId, threadId, commentId, userId } = given;
  const about = {
    thread: (thread) => ({ ...thread, roomId, id: threadId ?? thread.id, comments: [{ ...COMMENT, roomId, threadId: threadId ?? thread.id }] }),
    comment: (comment) => ({ ...comment, roomId, threadId, id: commentId ?? comment.id }),
  };
  const answer = ANSWERS[call];
  if (call === "comments.listThreads") return { data: answer.data.map((thread) => ({ ...thread, roomId, comments: [{ ...COMMENT, roomId }] })) };
  if (["comments.getThread", "comments.createThread", "comments.resolveThread", "comments.unresolveThread"].includes(call)) return about.thread(answer);
  if (["comments.getComment", "comments.createComment", "comments.editComment"].includes(call)) return about.comment(answer);
  if (call === "comments.listSubscriptions") return { data: answer.data.map((one) => ({ ...one, subjectId: threadId })) };
  if (call === "comments.subscribe") return { ...answer, subjectId: threadId, userId };
  if (call === "comments.addReaction") return { ...answer, userId };
  if (call === "attachments.get" || call === "notifications.get") return { ...answer, id: given.id };
  if (["groups.create", "groups.get", "groups.addMembers", "groups.removeMembers"].includes(call)) return { ...answer, id: given.groupId };
  if (["feeds.create", "feeds.get", "feeds.update"].includes(call)) return { ...answer, feedId: given.feedId };
  if (call === "feeds.createMessage") return { ...answer, id: given.id ?? answer.id };
  return call === "feeds.updateMessage" ? { ...answer, id: given.messageId } : answer;
};

const ANSWERS = {
  "storage.get": { a: 1 }, "storage.initialize": { liveblocksType: "LiveObject", data: {} }, "yjs.getDocument": { a: "b" },
  "yjs.listVersions": page(VERSION), "yjs.createVersion": { data: { id: "vh_1" } }, "yjs.sendUpdate": { success: true },
  "notifications.get": NOTIFICATION, "notifications.list": page(NOTIFICATION),
  "notifications.getSettings": { email: { thread: true } }, "notifications.updateSettings": { email: { thread: true } },
  "notifications.getRoomSubscriptions": ROOM_SUBSCRIPTIONS, "notifications.updateRoomSubscriptions": ROOM_SUBSCRIPTIONS,
  "notifications.listRoomSubscriptions": page({ roomId: "r", ...ROOM_SUBSCRIPTIONS }),
  "comments.listThreads": { data: [THREAD] }, "comments.getThread": THREAD, "comments.createThread": THREAD,
  "comments.resolveThread": THREAD, "comments.unresolveThread": THREAD, "comments.subscribe": SUBSCRIPTION,
  "comments.listSubscriptions": { data: [SUBSCRIPTION] }, "comments.updateThreadMetadata": { a: 1 },
  "comments.updateCommentMetadata": { a: 1 }, "comments.getComment": COMMENT, "comments.createComment": COMMENT,
  "comments.editComment": COMMENT, "comments.addReaction": { emoji: "x", userId: "u", createdAt: AT },
  "attachments.get": { ...ATTACHMENT, url: "https://files.example", expiresAt: AT }, "attachments.upload": ATTACHMENT,
  "groups.create": GROUP, "groups.get": GROUP, "groups.addMembers": GROUP, "groups.removeMembers": GROUP,
  "groups.list": page(GROUP), "groups.listOfUser": page(GROUP), "feeds.list": page(FEED), "feeds.create": FEED,
  "feeds.get": FEED, "feeds.update": FEED, "feeds.listMessages": page(MESSAGE), "feeds.createMessage": MESSAGE,
  "feeds.updateMessage": MESSAGE,
};

const json = (value) => ({
  status: 200, headers: [["content-type", "application/json"]], body: value === undefined ? "" : hex(JSON.stringify(value)),
});

/** Every call some times, then others. */
export function randomTypedCalls(seed, timesEach) {
  const random = new RandomTypedCalls(seed);
  const names = Object.keys(CALLS).filter((name) => name !== "attachments.inParts");
  const drawn = names.flatMap((name) => Array.from({ length: timesEach }, () => random.call(name)));
  return [...drawn, inParts(), ...withoutConditions(), ...refusals()];
}

/** Those that are rarely drawn. */
function refusals() {
  const base = { roomId: "r", userId: "u", threadId: "t", subjectId: "s", kind: "$k", activityData: {}, data: {}, body: [] };
  const all = [
    ["presence.set", { ttl: 1 }], ["presence.set", { ttl: 3600 }], ["presence.set", { data: [] }],
    ["notifications.trigger", { activityData: { a: null } }], ["notifications.trigger", { kind: "thread" }],
    ["storage.initialize", { document: {} }], ["groups.addMembers", { groupId: "g", memberIds: [] }],
    ["comments.createComment", { commentMetadata: { a: null } }], ["comments.createComment", { body: [{ link: "x:y" }] }],
    ["comments.createComment", { userId: "" }], ["comments.getThread", { threadId: "" }], ["comments.getThread", { threadId: ".." }],
  ];
  return all.map(([call, given]) => ({ options: OPTIONS, call, given: { ...base, ...given }, answers: [json(answerTo(call, { ...base, ...given }))] }));
}

/** Threads by nothing. */
function withoutConditions() {
  return [{}, { metadata: {} }].map((filter) => ({
    options: OPTIONS, call: "comments.listThreads", given: { roomId: "r", ...filter }, answers: [json({ data: [] })],
  }));
}

/** Three parts, each a request of its own. */
function inParts() {
  const given = { roomId: "r", userId: "u", name: "a/b.bin", size: 2 * PART_BYTES + 3 };
  const parts = [1, 2, 3].map((partNumber) => json({ partNumber, etag: "e" }));
  return { options: OPTIONS, call: "attachments.inParts", given, answers: [json({ uploadId: "up/1" }), ...parts, json(ATTACHMENT)] };
}

class RandomTypedCalls extends Random {
  call(call) {
    const given = this.given(call);
    return { options: OPTIONS, call, given, answers: [json(answerTo(call, given))] };
  }

  maybe(name, make) {
    return this.oneIn(2) ? { [name]: make() } : {};
  }

  text(limit) {
    return this.list(limit, () => this.pick(CHARACTERS)).join("");
  }

  /** Mostly one that is accepted. */
  id() {
    return this.oneIn(25) ? this.pick(IDS) : `${this.pick(["acme:", "r", "id/"])}${this.text(6)}`;
  }

  byKey(limit, make) {
    return Object.fromEntries(this.list(limit, () => [this.oneIn(30) ? "" : `k${this.text(4)}`, make()]));
  }

  simple() {
    return this.pick([this.text(6), this.text(6), 0, -1.5, 12345678901, true, false]);
  }

  value() {
    return this.pick([null, this.simple(), [1, "a"], { a: { b: [] } }]);
  }

  hexBytes() {
    return this.list(8, () => this.pick(["00", "ff", "7b", "c3"])).join("");
  }

  step() {
    const text = this.text(6);
    const style = Object.fromEntries(["bold", "italic", "strikethrough", "code"].flatMap((name) => (this.oneIn(3) ? [[name, true]] : [])));
    return this.pick([
      { paragraph: true }, { text, style }, { link: this.oneIn(4) ? this.pick(URLS) : URLS[0], ...this.maybe("text", () => text) },
      { mention: this.id() }, { group: this.id(), userIds: this.list(2, () => this.id()) },
    ]);
  }

  /** All arguments that the call may have, and more. */
  given(call) {
    const changes = call === "feeds.update" || call.endsWith("Metadata") || call === "comments.editComment";
    const isFeed = call.startsWith("feeds.");
    const entry = () => {
      if (changes ? this.oneIn(4) : !isFeed && this.oneIn(20)) return null;
      return isFeed ? this.pick([this.text(5), this.list(3, () => this.text(3))]) : this.simple();
    };
    const mustHaveMetadata = call === "feeds.update" || call.endsWith("Metadata");
    return {
      roomId: this.id(), userId: this.id(), threadId: this.id(), commentId: this.id(), groupId: this.id(), feedId: this.id(),
      messageId: this.id(), versionId: this.id(), name: this.id(), emoji: this.id(), subjectId: this.id(),
      ...(call === "feeds.createMessage" ? this.maybe("id", () => this.id()) : { id: this.id() }),
      kind: this.oneIn(10) ? this.pick(["thread", "", "$"]) : `$k${this.text(4)}`,
      activityData: this.oneIn(10) ? { a: this.value() } : this.byKey(3, () => this.simple()),
      document: this.oneIn(10) ? this.value() : { liveblocksType: "LiveObject", data: this.byKey(3, () => this.value()) },
      format: call === "storage.get" ? this.pick(["json", "plain-lson"]) : this.oneIn(2),
      update: this.hexBytes(),
      data: this.dataOf(call),
      body: this.list(5, () => this.step()),
      memberIds: this.oneIn(10) ? [] : [this.id(), ...this.list(2, () => this.id())],
      ...(mustHaveMetadata ? { metadata: this.byKey(3, entry) } : this.maybe("metadata", () => this.byKey(3, entry))),
      ...this.maybe("commentMetadata", () => this.byKey(3, entry)),
      ...this.maybe("attachmentIds", () => this.list(3, () => this.id())),
      ...this.maybe("at", () => this.pick(TIMES)),
      ...this.maybe("room", () => this.id()),
      ...this.maybe("organizationId", () => this.id()),
      ...this.maybe("guid", () => this.id()),
      ...this.maybe("key", () => this.id()),
      ...this.maybe("type", () => this.pick(["ymap", "ytext"])),
      ...this.maybe("limit", () => this.pick([1, 20, 50])),
      ...this.maybe("cursor", () => this.id()),
      ...this.maybe("startingAfter", () => this.id()),
      ...this.maybe("unread", () => this.oneIn(2)),
      ...this.maybe("threads", () => this.pick(["all", "replies_and_mentions", "none"])),
      ...this.maybe("textMentions", () => this.pick(["mine", "none"])),
      ...this.maybe("resolved", () => this.oneIn(2)),
      ...this.maybe("visibility", () => this.pick(["public", "private"])),
      ...this.maybe("userInfo", () => this.pick([{ name: "Ada" }, {}, "text"])),
      ...this.maybe("ttl", () => this.pick([1, 2, 60, 3599, 3600])),
      ...this.maybe("mention", () => this.oneIn(2)),
    };
  }

  dataOf(call) {
    if (call === "notifications.updateSettings") return this.byKey(3, () => this.byKey(3, () => this.oneIn(2)));
    if (call === "presence.set") return this.oneIn(10) ? [] : this.byKey(3, () => this.value());
    return this.value();
  }
}
