// Compares two recordings: the oracles and packages with the pinned versions, and with others.
//
// A recording is `{ oracles: { name: { status, output: [lines] } }, packages }`, with `packages` as in packages.mjs.

const SHOWN_LINES = 20;

/**
 * Returns `{ behaviour, lines }`: whether an oracle ended or said anything else, and what there is to print.
 */
export function compare(pinned, other) {
  const oracles = compareOracles(pinned.oracles, other.oracles);
  const packages = comparePackages(pinned.packages, other.packages);
  return { behaviour: oracles.length > 0, lines: ["Packages:", ...indented(packages), "Oracles:", ...indented(oracles)] };
}

function indented(lines) {
  return lines.length === 0 ? ["  no change"] : lines.map((line) => `  ${line}`);
}

function comparePackages(pinned, other) {
  const { gone, come, kept } = compareKeys(pinned, other);
  const changed = kept.flatMap((name) => {
    const [before, after] = [pinned[name], other[name]];
    if (before.version === after.version) return [];
    const lines = [...compareEntries(before.entries, after.entries), ...compareTypes(before.types, after.types)];
    return [`${name} ${before.version} -> ${after.version}`, ...lines.map((line) => `  ${line}`)];
  });
  return [...gone.map((name) => `${name}: not installed any more`), ...come.map((name) => `${name}: new`), ...changed];
}

function compareEntries(before, after) {
  const { gone, come, kept } = compareKeys(before, after);
  const changed = kept.flatMap((path) => {
    const lost = before[path].filter((name) => !after[path].includes(name));
    const won = after[path].filter((name) => !before[path].includes(name));
    return lost.length + won.length > 0 ? [`"${path}" exports ${signed("-", lost)}${signed("+", won)}`.trimEnd()] : [];
  });
  return [...gone.map((path) => `no entry "${path}" any more`), ...come.map((path) => `new entry "${path}"`), ...changed];
}

function compareTypes(before, after) {
  const { gone, come, kept } = compareKeys(before, after);
  const changed = kept.filter((file) => before[file] !== after[file]);
  if (gone.length + come.length + changed.length === 0) return [];
  return [`types: ${changed.length} files changed, ${come.length} new, ${gone.length} gone`];
}

const signed = (sign, names) => names.map((name) => `${sign}${name} `).join("");

function compareKeys(before, after) {
  return {
    gone: Object.keys(before).filter((key) => !(key in after)),
    come: Object.keys(after).filter((key) => !(key in before)),
    kept: Object.keys(before).filter((key) => key in after),
  };
}

function compareOracles(pinned, other) {
  const { gone, come, kept } = compareKeys(pinned, other);
  const missing = [...gone, ...come].map((name) => `${name}: ran on one side only`);
  return [...missing, ...kept.flatMap((name) => compareOracle(name, pinned[name], other[name]))];
}

function compareOracle(name, before, after) {
  const [lost, won] = [without(before.output, after.output), without(after.output, before.output)];
  if (before.status === after.status && lost.length + won.length === 0) return [];
  const verdict = before.status === after.status ? "says something else" : `${describe(before)} before, ${describe(after)} now`;
  return [`${name}: ${verdict}`, ...shown("-", lost), ...shown("+", won)];
}

const describe = ({ status }) => (status === 0 ? "passes" : "fails");

/** The lines of one list that another one does not have, each as often. */
function without(lines, others) {
  const left = new Map();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const times = left.get(line) ?? 0;
    if (times > 0) left.set(line, times - 1);
    return times === 0;
  });
}

function shown(sign, lines) {
  const rest = lines.length - SHOWN_LINES;
  const more = rest > 0 ? [`  ${sign} and ${rest} more`] : [];
  return [...lines.slice(0, SHOWN_LINES).map((line) => `  ${sign} ${line}`), ...more];
}
