// The calls of rooms_oracle.cpp through @liveblocks/node.

import { peer } from "../../peers/lib/peers.mjs";
import { observe } from "./vendor.mjs";

const { Liveblocks, LiveblocksError } = await peer("@liveblocks/node");

const METHODS = {
  getRooms: (client, { pageSize, ...given }) => client.getRooms(given).then(pageOf),
  createRoom: (client, { roomId, create }) => client.createRoom(roomId, create).then(roomOf),
  getOrCreateRoom: (client, { roomId, create }) => client.getOrCreateRoom(roomId, create).then(roomOf),
  getRoom: (client, { roomId }) => client.getRoom(roomId).then(roomOf),
  updateRoom: (client, { roomId, update }) => client.updateRoom(roomId, update).then(roomOf),
  upsertRoom: (client, { roomId, update, create }) => client.upsertRoom(roomId, { update, create }).then(roomOf),
  deleteRoom: (client, { roomId }) => client.deleteRoom(roomId).then(nothing),
  updateRoomId: (client, { roomId, newRoomId }) =>
    client.updateRoomId({ currentRoomId: roomId, newRoomId }).then(roomOf),
  prewarmRoom: (client, { roomId }) => client.prewarmRoom(roomId).then(nothing),
  getActiveUsers: (client, { roomId }) => client.getActiveUsers(roomId).then(usersOf),
  broadcastEvent: (client, { roomId, event }) => client.broadcastEvent(roomId, event).then(nothing),
};

export async function performRoomCallAtVendor({ options, method, given = {}, answers }) {
  const observed = { logs: [], requests: [] };
  const left = answers && [...answers];
  let last;
  const nextAnswer = left && (() => (last = left.shift() ?? "failure"));
  const client = new Liveblocks(options);
  const lastAnswer = () => last;
  await observe(observed, nextAnswer, async () => {
    const outcome = method === "iterRooms" ? walk(client, given, lastAnswer) : once(client, method, given, lastAnswer);
    observed.outcome = await outcome;
  });
  return observed;
}

async function once(client, method, given, lastAnswer) {
  try {
    return { value: await METHODS[method](client, given) };
  } catch (failure) {
    return endOf(failure, lastAnswer());
  }
}

async function walk(client, { pageSize, ...criteria }, lastAnswer) {
  const value = [];
  try {
    for await (const room of client.iterRooms(criteria, { pageSize })) value.push(roomOf(room));
    return { value };
  } catch (failure) {
    return { value, ...endOf(failure, lastAnswer()) };
  }
}

function endOf(failure, answer) {
  if (failure instanceof LiveblocksError) {
    const { status, message, details = "" } = failure;
    return { error: { status, message, details } };
  }
  if (answer === undefined) return { refused: failure.message };
  return answer === "failure" ? { failure: failure.message } : { unreadable: true };
}

const nothing = () => null;
const timeOf = (date) => date?.getTime() ?? null;

function roomOf({ type, createdAt, lastConnectionAt, ...room }) {
  return { ...room, createdAt: timeOf(createdAt), lastConnectionAt: timeOf(lastConnectionAt) };
}

function pageOf({ nextCursor, data }) {
  return { nextCursor, data: data.map(roomOf) };
}

function usersOf({ data }) {
  return data.map(({ id, connectionId, info }) => ({ id, connectionId, info }));
}
