// Fails when the capture path is with one language is over 90 KiB or a console chunk over 120 KiB, both brotli 11 as the server sends them.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const DIST = new URL("../dist/", import.meta.url).pathname;
const KIB = 1024;
const CAPTURE = 90 * KIB;
const CHUNK = 120 * KIB;

/** @param {string} file */
function sent(file) {
  const path = join(DIST, file);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
}

const kib = (/** @type {number} */ bytes) => `${(bytes / KIB).toFixed(1)} KiB`;
/** @param {string} file @param {string} [note] */
const line = (file, note = "") => console.log(`${kib(sent(file)).padStart(10)}  ${file}${note}`);

const worker = readFileSync(join(DIST, "sw.js"), "utf8");
const list = /\["\/assets\/[^\]]*\]|\[`\/assets\/[^\]]*\]/u.exec(worker)?.[0];
if (list === undefined) throw new Error("no precache list in sw.js: run the build first");
const assets = readdirSync(join(DIST, "assets")).filter((name) => /\.(?:js|css)$/u.test(name)).map((name) => `assets/${name}`);
const texts = assets.filter((name) => name.startsWith("assets/text-phone-")).sort((a, b) => sent(b) - sent(a));
const [largest] = texts;
if (largest === undefined) throw new Error("no texts of the phone in dist/assets");
// A phone holds the shell and one language; the largest counts.
const capture = [...list.matchAll(/["`]\/([^"`]+)["`]/gu)].map((match) => match[1] ?? "").concat("sw.js", largest);
const total = capture.reduce((sum, file) => sum + sent(file), 0);
for (const file of capture) line(file);
console.log(`capture path: ${kib(total)} of ${kib(CAPTURE)}`);
for (const file of texts) line(file, " (one of these)");

const lazy = assets.filter((name) => !capture.includes(name) && !texts.includes(name));
const heavy = lazy.filter((name) => sent(name) > CHUNK);
for (const name of lazy) line(name, ` (on demand, at most ${kib(CHUNK)})`);
if (total > CAPTURE || heavy.length > 0) {
  console.error(`over budget: ${total > CAPTURE ? "capture path" : heavy.join(", ")}`);
  process.exit(1);
}
