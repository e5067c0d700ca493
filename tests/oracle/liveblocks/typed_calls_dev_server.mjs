// Documents on the official development server: what our typed calls do there, beside what @liveblocks/node sees.
// Usage: node typed_calls_dev_server.mjs <typed_calls_oracle>

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { startDevServer } from "../../peers/lib/dev_server.mjs";
import { peer } from "../../peers/lib/peers.mjs";
import { run } from "../../peers/lib/processes.mjs";
import { makeTypedCallAtVendor } from "./typed_calls_vendor.mjs";

const { Liveblocks } = await peer("@liveblocks/node");
const Y = await peer("yjs");

const [program] = process.argv.slice(2);
const ROOM = { roomId: "acme:plan a/b?c#d%" };
const DOCUMENT = {
  liveblocksType: "LiveObject",
  data: { title: "é", shapes: { liveblocksType: "LiveList", data: [1, { x: null }] }, byId: { liveblocksType: "LiveMap", data: {} } },
};

class Project {
  constructor(options) {
    this.options = options;
  }

  make(call, given = {}) {
    const input = JSON.stringify({ options: this.options, call, given: { ...ROOM, ...given } });
    const { requests, ...outcome } = JSON.parse(execFileSync(program, { input, encoding: "utf8" }));
    return outcome;
  }

  value(call, given) {
    const outcome = this.make(call, given);
    assert.ok("value" in outcome, `${call}: ${JSON.stringify(outcome)}`);
    return outcome.value;
  }

  /** The same through both, which changes nothing. */
  async same(call, given = {}) {
    const value = this.value(call, given);
    const theirs = await makeTypedCallAtVendor({ options: this.options, call, given: { ...ROOM, ...given } });
    assert.deepEqual(value, theirs.value, call);
    return value;
  }
}

async function storage(project) {
  const empty = { liveblocksType: "LiveObject", data: {} };
  assert.deepEqual(await project.same("storage.get", { format: "plain-lson" }), empty);
  assert.deepEqual(project.value("storage.initialize", { document: DOCUMENT }), DOCUMENT);
  assert.deepEqual(await project.same("storage.get", { format: "plain-lson" }), DOCUMENT);
  assert.deepEqual(await project.same("storage.get", { format: "json" }), { title: "é", shapes: [1, { x: null }], byId: {} });
  const again = project.make("storage.initialize", { document: DOCUMENT });
  assert.deepEqual(again, { error: 409, code: "CANNOT_UPDATE_EXISTING_STORAGE" });
  assert.equal(project.value("storage.deleteDocument"), null);
  assert.deepEqual(await project.same("storage.get", { format: "json" }), {});
  assert.equal(project.make("storage.patch", { operations: [{ op: "add", path: "/a", value: 1 }] }).error, 501);
  assert.deepEqual(project.make("storage.get", { roomId: "nowhere" }), { error: 404, code: "ROOM_NOT_FOUND" });
}

async function yjs(project) {
  const source = new Y.Doc();
  source.getText("text").insert(0, "héllo");
  source.getMap("map").set("a", [1, null]);
  const update = Buffer.from(Y.encodeStateAsUpdate(source)).toString("hex");
  assert.equal(project.value("yjs.sendUpdate", { update }), null);
  assert.equal(project.value("yjs.sendUpdate", { update }), null);
  assert.deepEqual(await project.same("yjs.getDocument"), { text: "héllo", map: { a: [1, null] } });
  assert.deepEqual(await project.same("yjs.getDocument", { key: "map", type: "ymap" }), { a: [1, null] });
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Buffer.from(await project.same("yjs.getUpdate"), "hex"));
  assert.equal(copy.getText("text").toString(), "héllo");
  assert.equal(project.make("yjs.sendUpdate", { update: "ff" }).error, 422);
  assert.equal(project.make("yjs.sendUpdate", { update, guid: "inner" }).error, 422);
  source.getMap("subdocuments").set("a", new Y.Doc({ guid: "inner" }));
  project.value("yjs.sendUpdate", { update: Buffer.from(Y.encodeStateAsUpdate(source)).toString("hex") });
  project.value("yjs.sendUpdate", { update, guid: "inner" });
  const inner = new Y.Doc();
  Y.applyUpdate(inner, Buffer.from(await project.same("yjs.getUpdate", { guid: "inner" }), "hex"));
  assert.equal(inner.getText("text").toString(), "héllo");
}

await run(async (processes) => {
  const { url, secretKey } = await startDevServer(processes);
  const options = { secret: secretKey, baseUrl: url };
  await new Liveblocks(options).createRoom(ROOM.roomId, { defaultAccesses: [] });
  const project = new Project(options);
  await storage(project);
  await yjs(project);
  console.log("documents of the dev server live as they should");
});
