// The calls of typed_calls_oracle.cpp through @liveblocks/node.

import { peer } from "../../peers/lib/peers.mjs";
import { observe } from "./vendor.mjs";

const { Liveblocks, LiveblocksError } = await peer("@liveblocks/node");

const dateOf = (at) => (at === undefined ? undefined : new Date(at));
const bytesOf = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const page = ({ limit, startingAfter }) => ({ limit, startingAfter });
const thread = ({ roomId, threadId }) => ({ roomId, threadId });
const comment = ({ roomId, threadId, commentId }) => ({ roomId, threadId, commentId });
const byUser = (given) => ({ ...thread(given), data: { userId: given.userId } });
const newComment = ({ userId, body, commentMetadata, attachmentIds, at }) => ({
  userId, body: bodyOf(body), metadata: commentMetadata, attachmentIds, createdAt: dateOf(at),
});
const metadataChange = ({ userId, metadata, at }) => ({ userId, metadata, updatedAt: dateOf(at) });
const scopesOf = (mention) => (mention === undefined ? undefined : mention ? { mention: true } : {});

/** A body as the vendor's types describe it. */
export function bodyOf(steps) {
  const content = [];
  for (const step of steps) {
    if (step.paragraph || content.length === 0) content.push({ type: "paragraph", children: [] });
    if (!step.paragraph) content.at(-1).children.push(elementOf(step));
  }
  return { version: 1, content };
}

function elementOf({ link, mention, group, userIds, text, style }) {
  if (link !== undefined) return { type: "link", url: link, ...(text === undefined ? {} : { text }) };
  if (mention !== undefined) return { type: "mention", kind: "user", id: mention };
  if (group === undefined) return { text, ...style };
  return { type: "mention", kind: "group", id: group, ...(userIds.length > 0 ? { userIds } : {}) };
}

/** What @liveblocks/node has for each call. */
export const CALLS = {
  "storage.get": (client, { roomId, format }) => client.getStorageDocument(roomId, format),
  "storage.initialize": (client, { roomId, document }) => client.initializeStorageDocument(roomId, document),
  "storage.deleteDocument": (client, { roomId }) => client.deleteStorageDocument(roomId),
  "yjs.getDocument": (client, { roomId, format, key, type }) => client.getYjsDocument(roomId, { format, key, type }),
  "yjs.sendUpdate": (client, { roomId, update, guid }) => client.sendYjsBinaryUpdate(roomId, bytesOf(update), { guid }),
  "yjs.getUpdate": (client, { roomId, guid }) => client.getYjsDocumentAsBinaryUpdate(roomId, { guid }),
  "yjs.listVersions": (client, { roomId, limit, cursor }) => client.getVersionHistory(roomId, { limit, cursor }),
  "yjs.createVersion": (client, { roomId }) => client.createVersionHistorySnapshot(roomId),
  "yjs.getVersion": (client, given) => client.getYjsVersion(given),
  "yjs.deleteVersion": (client, given) => client.deleteVersion(given),
  "presence.set": (client, { roomId, userId, data, userInfo, ttl }) =>
    client.setPresence(roomId, { userId, data, userInfo, ttl }),
  "notifications.trigger": (client, { userId, kind, subjectId, activityData, room, organizationId }) =>
    client.triggerInboxNotification({ userId, kind, subjectId, activityData, roomId: room, organizationId }),
  "notifications.get": (client, { userId, id }) => client.getInboxNotification({ userId, inboxNotificationId: id }),
  "notifications.list": (client, { userId, unread, organizationId, ...given }) =>
    client.getInboxNotifications({
      userId, organizationId, ...page(given), query: unread === undefined ? undefined : { unread },
    }),
  "notifications.deleteNotification": (client, { userId, id }) =>
    client.deleteInboxNotification({ userId, inboxNotificationId: id }),
  "notifications.deleteAll": (client, { userId, organizationId }) =>
    client.deleteAllInboxNotifications({ userId, organizationId }),
  "notifications.getSettings": (client, { userId }) => client.getNotificationSettings({ userId }),
  "notifications.updateSettings": (client, { userId, data }) => client.updateNotificationSettings({ userId, data }),
  "notifications.deleteSettings": (client, { userId }) => client.deleteNotificationSettings({ userId }),
  "notifications.getRoomSubscriptions": (client, { roomId, userId }) =>
    client.getRoomSubscriptionSettings({ roomId, userId }),
  "notifications.updateRoomSubscriptions": (client, { roomId, userId, threads, textMentions }) =>
    client.updateRoomSubscriptionSettings({ roomId, userId, data: { threads, textMentions } }),
  "notifications.deleteRoomSubscriptions": (client, { roomId, userId }) =>
    client.deleteRoomSubscriptionSettings({ roomId, userId }),
  "notifications.listRoomSubscriptions": (client, { userId, organizationId, ...given }) =>
    client.getUserRoomSubscriptionSettings({ userId, organizationId, ...page(given) }),
  "comments.listThreads": (client, { roomId, resolved, visibility, metadata, query }) =>
    client.getThreads({ roomId, query: query ?? withoutUnset({ resolved, visibility, metadata: inOrder(metadata) }) }),
  "comments.getThread": (client, given) => client.getThread(thread(given)),
  "comments.createThread": (client, { roomId, metadata, visibility, ...given }) =>
    client.createThread({ roomId, data: { comment: newComment(given), metadata, visibility } }),
  "comments.deleteThread": (client, given) => client.deleteThread(thread(given)),
  "comments.resolveThread": (client, given) => client.markThreadAsResolved(byUser(given)),
  "comments.unresolveThread": (client, given) => client.markThreadAsUnresolved(byUser(given)),
  "comments.subscribe": (client, given) => client.subscribeToThread(byUser(given)),
  "comments.unsubscribe": (client, given) => client.unsubscribeFromThread(byUser(given)),
  "comments.listSubscriptions": (client, given) => client.getThreadSubscriptions(thread(given)),
  "comments.updateThreadMetadata": (client, given) =>
    client.editThreadMetadata({ ...thread(given), data: metadataChange(given) }),
  "comments.updateCommentMetadata": (client, given) =>
    client.editCommentMetadata({ ...comment(given), data: metadataChange(given) }),
  "comments.getComment": (client, given) => client.getComment(comment(given)),
  "comments.createComment": (client, given) => client.createComment({ ...thread(given), data: newComment(given) }),
  "comments.editComment": (client, { body, attachmentIds, commentMetadata, at, ...given }) =>
    client.editComment({
      ...comment(given),
      data: { body: bodyOf(body), attachmentIds, metadata: commentMetadata, editedAt: dateOf(at) },
    }),
  "comments.deleteComment": (client, given) => client.deleteComment(comment(given)),
  "comments.addReaction": (client, { emoji, userId, at, ...given }) =>
    client.addCommentReaction({ ...comment(given), data: { emoji, userId, createdAt: dateOf(at) } }),
  "comments.removeReaction": (client, { emoji, userId, at, ...given }) =>
    client.removeCommentReaction({ ...comment(given), data: { emoji, userId, removedAt: dateOf(at) } }),
  "attachments.get": (client, { roomId, id }) => client.getAttachment({ roomId, attachmentId: id }),
  "attachments.upload": (client, { roomId, userId, name, update }) =>
    client.uploadAttachment({ roomId, userId, file: new File([bytesOf(update)], name) }),
  "attachments.inParts": (client, { roomId, userId, name, size }) =>
    client.uploadAttachment({ roomId, userId, file: new File(["x".repeat(size)], name) }),
  "groups.create": (client, { groupId, memberIds, organizationId, mention }) =>
    client.createGroup({ groupId, memberIds, organizationId, scopes: scopesOf(mention) }),
  "groups.get": (client, { groupId }) => client.getGroup({ groupId }),
  "groups.addMembers": (client, { groupId, memberIds }) => client.addGroupMembers({ groupId, memberIds }),
  "groups.removeMembers": (client, { groupId, memberIds }) => client.removeGroupMembers({ groupId, memberIds }),
  "groups.deleteGroup": (client, { groupId }) => client.deleteGroup({ groupId }),
  "groups.list": (client, given) => client.getGroups(page(given)),
  "groups.listOfUser": (client, { userId, ...given }) => client.getUserGroups({ userId, ...page(given) }),
  "feeds.list": (client, { roomId }) => client.getFeeds({ roomId }),
  "feeds.create": (client, { roomId, feedId, metadata, at }) =>
    client.createFeed({ roomId, feedId, metadata, createdAt: at }),
  "feeds.get": (client, { roomId, feedId }) => client.getFeed({ roomId, feedId }),
  "feeds.update": (client, { roomId, feedId, metadata }) => client.updateFeed({ roomId, feedId, metadata }),
  "feeds.deleteFeed": (client, { roomId, feedId }) => client.deleteFeed({ roomId, feedId }),
  "feeds.listMessages": (client, { roomId, feedId }) => client.getFeedMessages({ roomId, feedId }),
  "feeds.createMessage": (client, { roomId, feedId, data, id, at }) =>
    client.createFeedMessage({ roomId, feedId, data, id, createdAt: at }),
  "feeds.updateMessage": (client, { roomId, feedId, messageId, data, at }) =>
    client.updateFeedMessage({ roomId, feedId, messageId, data, updatedAt: at }),
  "feeds.deleteMessage": (client, { roomId, feedId, messageId }) =>
    client.deleteFeedMessage({ roomId, feedId, messageId }),
};

/** Clauses have an order, and the metadata of ours is a map. */
function inOrder(metadata) {
  return metadata && Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withoutUnset(object) {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

export async function makeTypedCallAtVendor({ options, call, given, answers }) {
  const observed = { logs: [], requests: [] };
  const left = answers && [...answers];
  const outcome = {};
  await observe(observed, left && (() => left.shift()), async () => {
    try {
      outcome.value = valueOf(await CALLS[call](new Liveblocks(options), given));
    } catch (failure) {
      if (failure instanceof LiveblocksError) outcome.error = failure.status;
      else outcome.refused = failure.message;
    }
  });
  outcome.requests = await Promise.all(observed.requests.map(describe));
  return outcome;
}

function valueOf(value) {
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString("hex");
  return value ?? null;
}

async function describe({ method, url, headers, body }) {
  const type = new Headers(headers).get("content-type");
  return { method, url, type, body: await contentOf(type, body) };
}

async function contentOf(type, body) {
  if (body === undefined) return null;
  if (type === "application/json") return JSON.parse(body);
  return Buffer.from(body instanceof Blob ? await body.arrayBuffer() : body).toString("hex");
}
