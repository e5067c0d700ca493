// What the vendors' packages in a folder are: their versions, what they export, and their types.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const VENDORS = [/^@clerk\//, /^@liveblocks\//, /^ably$/, /^liveblocks$/, /^standardwebhooks$/, /^svix$/];

/** Whether the behaviour of a package is what this library is compared with. */
export const isVendors = (name) => VENDORS.some((pattern) => pattern.test(name));

/**
 * The dependencies to install beside the pinned ones: the newest releases of the vendors' packages, or the versions that
 * are wanted (`name@version`). The others stay as they are, so that only the vendors change.
 */
export function dependenciesBeside(pinned, wanted) {
  const versions = new Map(wanted.map((text) => [text.slice(0, text.lastIndexOf("@")), text.slice(text.lastIndexOf("@") + 1)]));
  for (const [name, version] of versions) {
    if (!isVendors(name) || !(name in pinned) || version === "") {
      throw new Error(`"${name}@${version}" is not a vendor's package of tests/peers with a version.`);
    }
  }
  const choose = ([name, version]) => [name, versions.get(name) ?? (isVendors(name) && wanted.length === 0 ? "latest" : version)];
  return Object.fromEntries(Object.entries(pinned).map(choose));
}

/** The vendors' packages in a folder, by name: `{ version, entries: { "./path": [names] }, types: { file: checksum } }`. */
export function describePackages(folder) {
  return Object.fromEntries(packagesIn(folder).filter(isVendors).map((name) => [name, describePackage(folder, name)]));
}

function packagesIn(folder) {
  const modules = join(folder, "node_modules");
  return readdirSync(modules).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}

function describePackage(folder, name) {
  const place = join(folder, "node_modules", name);
  const { version, exports = { ".": null } } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const paths = typeof exports === "string" || !Object.keys(exports)[0]?.startsWith(".") ? ["."] : Object.keys(exports);
  const code = paths.filter((path) => !path.includes("*") && !/\.(json|css)$/.test(path));
  const entries = Object.fromEntries(code.map((path) => [path, exportedBy(folder, name + path.slice(1))]));
  return { version, entries, types: typesIn(place) };
}

/** In a process of its own: some entries are for browsers only, and end with an error that is as good as any name. */
function exportedBy(folder, specifier) {
  const script =
    `import load from ${JSON.stringify(join(folder, "lib/load.mjs"))};` +
    `console.log(JSON.stringify(Object.keys(await load(${JSON.stringify(specifier)})).sort())); process.exit(0)`;
  const options = { encoding: "utf8", timeout: 30_000 };
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], options);
  return status === 0 ? JSON.parse(stdout.trim().split("\n").at(-1)) : ["(cannot be imported)"];
}

function typesIn(place) {
  const files = readdirSync(place, { recursive: true }).filter((file) => /\.d\.m?ts$/.test(file) && !file.includes("node_modules"));
  const sum = (file) => createHash("sha256").update(readFileSync(join(place, file))).digest("hex");
  return Object.fromEntries(files.sort().map((file) => [file, sum(file)]));
}
