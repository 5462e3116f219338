// Writes the sample collections in ../src/main/resources/datasets from the pinned packages of package-lock.json.
// Run by hand (README.md); the build never runs it. With --check nothing is written: the stored files are compared.

import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "../src/main/resources/datasets");
const packageFile = (path) => join(here, "node_modules", path);
const json = (path) => JSON.parse(readFileSync(packageFile(path), "utf8"));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const licences = {
  "browser-compat-data.CC0-1.0.txt": "@mdn/browser-compat-data/LICENSE",
  "emojibase-data.MIT.txt": "emojibase-data/LICENSE",
  "mime-db.MIT.txt": "mime-db/LICENSE",
  "unicode.Unicode-3.0.txt": "cldr-core/LICENSE",
};

/** Every `__compat` record of the tree, with the dotted path to it as a string `_id`. */
function* webFeatures(node, path) {
  if (node.__compat) {
    yield { _id: path.join("."), path, ...node.__compat };
  }
  for (const [name, child] of Object.entries(node)) {
    if (name !== "__compat" && name !== "__meta" && child !== null && typeof child === "object") {
      yield* webFeatures(child, [...path, name]);
    }
  }
}

/** One document a browser release; the `_id` is a document of two strings, the release date a BSON date. */
function* browserReleases(browsers) {
  for (const [browser, { releases, ...about }] of Object.entries(browsers)) {
    for (const [version, { release_date: day, ...release }] of Object.entries(releases)) {
      const date = day === undefined ? {} : { release_date: { $date: `${day}T00:00:00Z` } };
      yield { _id: { browser, version }, ...release, ...date, browser: about };
    }
  }
}

/** The ObjectId is the first 12 bytes of the SHA-256 of the media type's name. */
function* mediaTypes(types) {
  for (const [name, type] of Object.entries(types)) {
    yield { _id: { $oid: sha256(name).slice(0, 24) }, name, ...type };
  }
}

/** The integer `_id` is Unicode's sort order, or the code point of the few symbols that have none. */
function* emoji(symbols) {
  for (const symbol of symbols) {
    yield { _id: symbol.order ?? parseInt(symbol.hexcode, 16), ...symbol };
  }
}

const { browsers, __meta: _, ...features } = json("@mdn/browser-compat-data/data.json");
const collections = {
  web_features: webFeatures(features, []),
  browser_releases: browserReleases(browsers),
  media_types: mediaTypes(json("mime-db/db.json")),
  emoji: emoji(json("emojibase-data/en/data.json")),
};

const check = process.argv.includes("--check");
for (const [name, documents] of Object.entries(collections)) {
  const lines = [...documents].map((document) => JSON.stringify(document));
  const ids = new Set(lines.map((line) => JSON.stringify(JSON.parse(line)._id)));
  if (ids.size !== lines.length) {
    throw new Error(`${name}: ${lines.length - ids.size} documents share an _id`);
  }
  const text = Buffer.from(lines.join("\n") + "\n");
  const file = join(output, `${name}.jsonl.gz`);
  if (!check) {
    writeFileSync(file, gzipSync(text, { level: 9 }));
  } else if (!gunzipSync(readFileSync(file)).equals(text)) {
    throw new Error(`${file} differs from what the pinned packages give; run without --check to rewrite it`);
  }
  console.log(`${name}\t${lines.length} documents\t${text.length} bytes\tsha256 ${sha256(text)}`);
}
if (!check) {
  for (const [name, source] of Object.entries(licences)) {
    copyFileSync(packageFile(source), join(output, "licences", name));
  }
}
