// What the files of the docs site hold: links that lead somewhere, nothing of other hosts, and no ABI in names and headings.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";

import { files, read } from "./lib/site.mjs";

const known = new Set(files);
const pages = new Map(files.filter((file) => file.endsWith(".html")).map((file) => [file, markup(read(file))]));
const isReference = (file) => file.startsWith("reference/");

/** The markup without comments, and without the text of scripts and styles. */
function markup(html) {
  return html.replaceAll(/<!--.*?-->/gs, "").replaceAll(/(<(script|style)\b[^>]*>).*?<\/\2>/gs, "$1");
}

const unescaped = (text) =>
  text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function* attributes(html, names) {
  for (const [, , double, single] of html.matchAll(new RegExp(`\\s(${names})=(?:"([^"]*)"|'([^']*)')`, "g"))) {
    yield unescaped(double ?? single);
  }
}

const anchorsOf = new Map();

function hasAnchor(file, anchor) {
  if (!anchorsOf.has(file)) anchorsOf.set(file, new Set(attributes(pages.get(file) ?? "", "id|name")));
  return anchorsOf.get(file).has(anchor);
}

/** What is wrong with a link of that file, or nothing. Those to other hosts are not followed. */
function fault(file, link) {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path, anchor = ""] = link.split("#");
  const place = decodeURIComponent(path.split("?")[0]);
  const folder = posix.dirname(file);
  let target = place === "" ? file : posix.join(folder, place);
  if (target.endsWith("/") || target === ".") target = posix.join(target, "index.html");
  if (!known.has(target)) return `${file}: ${link} leads nowhere`;
  if (anchor && !hasAnchor(target, decodeURIComponent(anchor))) return `${file}: ${link} has no such anchor`;
  return undefined;
}

const faults = (links) => [...links].map(([file, link]) => fault(file, link)).filter(Boolean);

test("the site has pages and a reference", () => {
  assert.ok(pages.has("index.html") && pages.has("tutorial.html") && pages.has("reference/index.html"));
  assert.ok(pages.size > 300, `only ${pages.size}`);
});

/** How many list items, tables and blocks of code a document has. */
function blocksOf(document) {
  const count = { items: 0, tables: 0, fences: 0 };
  let fence;
  for (const line of document.split("\n")) {
    const mark = /^ *(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && !fence) count.fences += 1;
    if (mark) fence = fence === mark ? undefined : (fence ?? mark);
    else if (!fence && /^ *([-*+]|\d+\.) /.test(line)) count.items += 1;
    else if (!fence && /^\|( *:?-+:? *\|)+$/.test(line)) count.tables += 1;
  }
  return count;
}

test("no list, table or code of a document became text", () => {
  const documents = readdirSync(new URL("../../docs", import.meta.url), { recursive: true }).filter((name) => name.endsWith(".md"));
  const elsewhere = ["../examples/task_board/README.md", "../examples/auth_request/README.md"];
  for (const name of [...documents, ...elsewhere]) {
    const page = name.replace(/^\.\.\//, "").replace(/README\.md$/, "index.md").replace(/\.md$/, ".html");
    const [article] = /<article.*<\/article>/s.exec(pages.get(page));
    const expected = blocksOf(readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8"));
    assert.equal(article.split("<li>").length - 1, expected.items, `list items of ${name}`);
    assert.equal(article.split("<table>").length - 1, expected.tables, `tables of ${name}`);
    assert.ok(article.split('<div class="highlight">').length - 1 >= expected.fences, `code of ${name}`);
  }
});

test("every link of every page leads somewhere", () => {
  function* links() {
    for (const [file, html] of pages) {
      // The theme writes the links of this page for the root of a server.
      if (file === "404.html") continue;
      for (const link of attributes(html, "href|src")) yield [file, link];
    }
  }
  assert.deepEqual(faults(links()), []);
});

test("every result of the search of the pages leads somewhere", () => {
  const { docs } = JSON.parse(read("search/search_index.json"));
  assert.ok(docs.length > 300, `only ${docs.length}`);
  assert.deepEqual(faults(docs.map(({ location }) => ["index.html", location])), []);
});

test("every result of the search and every entry of the tree of the reference leads somewhere", () => {
  function* links() {
    for (const file of files.filter((name) => isReference(name) && name.endsWith(".js"))) {
      for (const [, link] of read(file).matchAll(/["']([\w./-]+\.html(?:#\w+)?)["']/g)) yield [file, link];
    }
  }
  const found = [...links()];
  assert.ok(found.length > 1000, `only ${found.length}`);
  assert.deepEqual(faults(found), []);
});

test("nothing that a page loads is of another host", () => {
  for (const [file, html] of pages) {
    for (const [tag] of html.matchAll(/<(?:script|img|iframe|source|link)\b[^>]*>/g)) {
      if (/rel="?(canonical|next|prev)/.test(tag)) continue;
      for (const target of attributes(tag, "href|src")) assert.doesNotMatch(target, /^(https?:)?\/\//, `${file}: ${tag}`);
    }
  }
  for (const file of files.filter((name) => name.endsWith(".css"))) {
    assert.doesNotMatch(read(file), /(url\(|@import )["']?(https?:)?\/\//, file);
  }
});

test("the inline namespace of the ABI is in no name of a file, title, heading or result of a search", () => {
  const header = readFileSync(new URL("../../include/liveblocks/core/version.hpp", import.meta.url), "utf8");
  const [, abi] = /#define LIVEBLOCKS_ABI (\w+)/.exec(header);
  // Doxygen writes an underscore as two.
  const spellings = new RegExp(`(^|[^a-z])(${abi}|${abi.replaceAll("_", "__")}|LIVEBLOCKS_ABI)([^a-z0-9]|$)`);
  for (const file of files) assert.doesNotMatch(file, spellings);
  for (const [file, html] of pages) {
    for (const [heading] of html.matchAll(/<(title|h[1-6])\b[^>]*>.*?<\/\1>|<div class="title">.*?<\/div>/gs)) {
      // A macro is what this name is, and its own heading has to say so.
      const text = heading.replaceAll(/<[^>]*>/g, "").replace("LIVEBLOCKS_ABI", "");
      assert.doesNotMatch(text, spellings, file);
    }
  }
  for (const file of files.filter((name) => name.startsWith("reference/search/") && name.endsWith(".js"))) {
    assert.ok(!read(file).includes(`::${abi}`) && !read(file).includes(`'${abi}`), file);
  }
});
