// What the built app weighs as the server sends it (brotli 11): the capture path with one language, and what is loaded on demand.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const DIST = new URL("../dist/", import.meta.url).pathname;
const KIB = 1024;

/** Most that the capture path may weigh. */
export const CAPTURE = 90 * KIB;
/** Most that a chunk of the console may weigh. */
export const CHUNK = 120 * KIB;

/**
 * @param {string} file
 * @returns {{file: string, bytes: number}}
 */
function sent(file) {
  const path = join(DIST, file);
  return { file, bytes: statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size };
}

export const kib = (/** @type {number} */ bytes) => `${(bytes / KIB).toFixed(1)} KiB`;

/** The files of the capture path with the largest language and their sum, every language's texts, and the rest. */
export function sizes() {
  const worker = readFileSync(join(DIST, "sw.js"), "utf8");
  const list = /\["\/assets\/[^\]]*\]|\[`\/assets\/[^\]]*\]/u.exec(worker)?.[0];
  if (list === undefined) throw new Error("no precache list in sw.js: run the build first");
  const assets = readdirSync(join(DIST, "assets")).filter((name) => /\.(?:js|css)$/u.test(name)).map((name) => sent(`assets/${name}`));
  const texts = assets.filter(({ file }) => file.startsWith("assets/text-phone-")).sort((a, b) => b.bytes - a.bytes);
  const [largest] = texts;
  if (largest === undefined) throw new Error("no texts of the phone in dist/assets");
  // A phone holds the shell and one language; the largest counts.
  const shell = [...list.matchAll(/["`]\/([^"`]+)["`]/gu)].map((match) => sent(match[1] ?? ""));
  const capture = [...shell, sent("sw.js"), largest];
  const total = capture.reduce((sum, { bytes }) => sum + bytes, 0);
  const lazy = assets.filter(({ file }) => ![...capture, ...texts].some((one) => one.file === file));
  return { capture, total, texts, lazy };
}
