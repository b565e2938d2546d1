// Fails when the capture path is over 60 KiB or a console chunk over 120 KiB, both brotli 11 as the server sends them.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const DIST = new URL("../dist/", import.meta.url).pathname;
const KIB = 1024;
const CAPTURE = 60 * KIB;
const CHUNK = 120 * KIB;

/** @param {string} file */
function sent(file) {
  const path = join(DIST, file);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
}

const worker = readFileSync(join(DIST, "sw.js"), "utf8");
const list = /\["\/assets\/[^\]]*\]|\[`\/assets\/[^\]]*\]/u.exec(worker)?.[0];
if (list === undefined) throw new Error("no precache list in sw.js: run the build first");
const capture = [...list.matchAll(/["`]\/([^"`]+)["`]/gu)].map((match) => match[1] ?? "").concat("sw.js");
// Only one language is fetched on a phone; the precache holds them all, the budget counts the first.
const counted = capture.filter((file) => !/phone-[^/]*\.js$/u.test(file) || file === capture.find((name) => /phone-/u.test(name)));
const total = counted.reduce((sum, file) => sum + sent(file), 0);
const kib = (/** @type {number} */ bytes) => `${(bytes / KIB).toFixed(1)} KiB`;
for (const file of counted) console.log(`${kib(sent(file)).padStart(10)}  ${file}`);
console.log(`capture path: ${kib(total)} of ${kib(CAPTURE)}`);

const lazy = readdirSync(join(DIST, "assets")).filter((name) => /\.(?:js|css)$/u.test(name) && !capture.includes(`assets/${name}`));
const heavy = lazy.filter((name) => sent(`assets/${name}`) > CHUNK);
for (const name of lazy) console.log(`${kib(sent(`assets/${name}`)).padStart(10)}  assets/${name} (on demand, at most ${kib(CHUNK)})`);
if (total > CAPTURE || heavy.length > 0) {
  console.error(`over budget: ${total > CAPTURE ? "capture path" : heavy.join(", ")}`);
  process.exit(1);
}
