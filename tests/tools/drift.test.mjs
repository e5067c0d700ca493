// ./dev drift without the newest packages: what it installs, and what it makes of two recordings.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { compare } from "../../tools/drift/compare.mjs";
import { dependenciesBeside, describePackages } from "../../tools/drift/packages.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "drift-"));
after(() => rmSync(folder, { recursive: true }));

const pinned = { "@clerk/backend": "3.25.0", svix: "2.5.0", ws: "8.23.0" };
const oracle = (status, ...output) => ({ status, output });
const oneOracle = (one) => ({ oracles: { "oracle.x": one }, packages: {} });
const onePackage = (version, entries, types = {}) => ({ oracles: {}, packages: { svix: { version, entries, types } } });

test("the vendors' packages are the newest ones, and all others stay", () => {
  assert.deepEqual(dependenciesBeside(pinned, []), { "@clerk/backend": "latest", svix: "latest", ws: "8.23.0" });
});

test("versions that are wanted are the only ones that change", () => {
  assert.deepEqual(dependenciesBeside(pinned, ["@clerk/backend@3.20.1"]), { ...pinned, "@clerk/backend": "3.20.1" });
});

test("what is no vendor's package of the tests, or has no version, is refused", () => {
  for (const wanted of ["ws@8.0.0", "@clerk/nextjs@7.8.0", "svix@", "svix", "@clerk/backend"]) {
    assert.throws(() => dependenciesBeside(pinned, [wanted]), /is not a vendor's package/, wanted);
  }
});

test("nothing has changed if the oracles end and say the same", () => {
  const recording = oneOracle(oracle(0, "9 cases", "0 problems"));
  assert.deepEqual(compare(recording, recording), {
    behaviour: false,
    lines: ["Packages:", "  no change", "Oracles:", "  no change"],
  });
});

test("an oracle that fails is told with its messages", () => {
  const { behaviour, lines } = compare(
    oneOracle(oracle(0, "9 cases", "0 problems")),
    oneOracle(oracle(1, "9 cases", "accepted, against token-invalid", "1 problems")),
  );
  assert.equal(behaviour, true);
  assert.deepEqual(lines.slice(2), [
    "Oracles:",
    "  oracle.x: passes before, fails now",
    "    - 0 problems",
    "    + accepted, against token-invalid",
    "    + 1 problems",
  ]);
});

test("so is one that passes but counts other cases, and one that did not run", () => {
  const { behaviour, lines } = compare(oneOracle(oracle(0, "5 signed-in")), oneOracle(oracle(0, "4 signed-in")));
  assert.equal(behaviour, true);
  assert.deepEqual(lines.slice(3), ["  oracle.x: says something else", "    - 5 signed-in", "    + 4 signed-in"]);
  assert.equal(compare(oneOracle(oracle(0)), { oracles: {}, packages: {} }).behaviour, true);
});

test("a line that is said more often has changed, and long lists are cut", () => {
  const many = Array.from({ length: 23 }, () => "the same");
  const { lines } = compare(oneOracle(oracle(1, "the same")), oneOracle(oracle(1, ...many)));
  assert.equal(lines.filter((line) => line === "    + the same").length, 20);
  assert.equal(lines.at(-1), "    + and 2 more");
});

test("versions, exports and types are told, and are no change of behaviour", () => {
  const before = onePackage("1.0.0", { ".": ["a", "b"], "./old": [] }, { "a.d.ts": "1", "b.d.ts": "1" });
  const now = onePackage("2.0.0", { ".": ["b", "c"], "./new": [] }, { "a.d.ts": "2", "c.d.ts": "1" });
  assert.deepEqual(compare(before, now), {
    behaviour: false,
    lines: [
      "Packages:",
      "  svix 1.0.0 -> 2.0.0",
      '    no entry "./old" any more',
      '    new entry "./new"',
      '    "." exports -a +c',
      "    types: 1 files changed, 1 new, 1 gone",
      "Oracles:",
      "  no change",
    ],
  });
});

/** A folder of packages as ./dev drift makes it, with one package in it. */
function makePeers() {
  const place = join(folder, "node_modules/svix");
  mkdirSync(place, { recursive: true });
  mkdirSync(join(folder, "lib"), { recursive: true });
  writeFileSync(join(folder, "lib/load.mjs"), readFileSync(join(root, "tests/peers/lib/load.mjs")));
  writeFileSync(join(place, "package.json"), '{"name":"svix","version":"9.9.9","type":"module","exports":{".":"./index.js"}}');
  writeFileSync(join(place, "index.js"), 'export const answer = "another svix"; export const more = 1;');
  writeFileSync(join(place, "index.d.ts"), "export declare const answer: string;");
}

test("packages are described by what they are", () => {
  makePeers();
  const { svix } = describePackages(folder);
  assert.equal(svix.version, "9.9.9");
  assert.deepEqual(svix.entries, { ".": ["answer", "more"] });
  assert.deepEqual(Object.keys(svix.types), ["index.d.ts"]);
});

test("LIVEBLOCKS_PEERS chooses the packages of the oracles", () => {
  makePeers();
  const script =
    `import { peer, peerFile } from ${JSON.stringify(join(root, "tests/peers/lib/peers.mjs"))};` +
    'console.log((await peer("svix")).answer, peerFile("svix/index.js"));';
  const ask = (peers) =>
    spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
      env: { ...process.env, LIVEBLOCKS_PEERS: peers },
    });
  assert.equal(ask(folder).stdout, `another svix ${join(folder, "node_modules/svix/index.js")}\n`);
  assert.match(ask("").stdout, /^undefined .*tests\/peers\/node_modules\/svix\/index\.js\n$/);
  const { status, stderr } = ask(join(folder, "nowhere"));
  assert.equal(status, 1);
  assert.match(stderr, /are missing\. LIVEBLOCKS_PEERS names a folder without them/);
});

test("without the registry it says so, and fails", () => {
  const script = `cd ${JSON.stringify(root)} && source tools/dev/install.sh && source tools/dev/drift.sh && cd "$1" && run_drift`;
  const place = join(folder, "tree");
  for (const path of ["tools/drift", "tests/peers/lib", "tests/peers/package.json", "tests/peers/.npmrc"]) {
    cpSync(join(root, path), join(place, path), { recursive: true });
  }
  const env = { ...process.env, npm_config_registry: "http://127.0.0.1:1", npm_config_fetch_retries: "0" };
  const { status, stderr } = spawnSync("bash", ["-c", script, "drift", place], { encoding: "utf8", env });
  assert.equal(status, 1);
  assert.match(stderr, /is the npm registry reachable\? Nothing was compared\./);
});
