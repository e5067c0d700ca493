// What changed between the vendors' packages that the tests are pinned to, and others. ./dev drift runs this.
// Usage: node drift.mjs prepare <tests/peers> <folder> [package@version]...
//          writes into the folder what npm needs to install the others: by default the newest releases
//        node drift.mjs compare <tests/peers> <folder> <build folder> [regular expression]
//          runs the oracles of the build, or those of that name, with both; exits with 0 if they end and say the same, with 3 if not

import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { compare } from "./compare.mjs";
import { dependenciesBeside, describePackages } from "./packages.mjs";

const CHANGED = 3;
const MAX_OUTPUT = 1 << 26;

const [chore, ...args] = process.argv.slice(2);
if (chore === "prepare") prepare(...args);
else if (chore === "compare") process.exitCode = compareFolders(...args.slice(0, 3).map((path) => resolve(path)), args[3] ?? ".");
else throw new Error(`There is no "${chore}".`);

function prepare(peers, folder, ...wanted) {
  const project = JSON.parse(readFileSync(join(peers, "package.json"), "utf8"));
  project.devDependencies = dependenciesBeside(project.devDependencies, wanted);
  mkdirSync(join(folder, "lib"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(project, null, 2) + "\n");
  for (const file of [".npmrc", "lib/load.mjs"]) copyFileSync(join(peers, file), join(folder, file));
}

function compareFolders(peers, folder, build, which) {
  const oracles = oraclesOf(build, which);
  const [pinned, other] = [peers, folder].map((place) => ({
    packages: describePackages(place),
    oracles: Object.fromEntries(oracles.map((oracle) => [oracle.name, run(oracle, place)])),
  }));
  writeFileSync(join(folder, "recordings.json"), JSON.stringify({ pinned, other }, null, 2) + "\n");
  const { behaviour, lines } = compare(pinned, other);
  lines.forEach((line) => console.log(line));
  return behaviour ? CHANGED : 0;
}

function oraclesOf(build, which) {
  const args = ["--test-dir", build, "-L", "^oracle$", "-R", which, "--show-only=json-v1"];
  const { tests } = JSON.parse(execFileSync("ctest", args, { encoding: "utf8", maxBuffer: MAX_OUTPUT }));
  if (tests.length === 0) throw new Error(`There are no oracles in ${build}.`);
  return tests;
}

function run({ name, command: [program, ...args] }, place) {
  console.error(`==> ${name} with the packages of ${place}`);
  const env = { ...process.env, LIVEBLOCKS_PEERS: place };
  const { error, status, stdout, stderr } = spawnSync(program, args, { env, encoding: "utf8", maxBuffer: MAX_OUTPUT });
  if (error) throw error;
  return { status, output: (stdout + stderr).split("\n").filter((line) => line !== "") };
}
