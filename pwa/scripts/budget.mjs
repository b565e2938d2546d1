// Fails when the capture path with one language is over 90 KiB or a console chunk over 120 KiB, both brotli 11 as the server sends them.
import { CAPTURE, CHUNK, kib, sizes } from "./sizes.mjs";

const { capture, total, texts, lazy } = sizes();
/** @param {{file: string, bytes: number}} sent @param {string} [note] */
const line = ({ file, bytes }, note = "") => console.log(`${kib(bytes).padStart(10)}  ${file}${note}`);

for (const one of capture) line(one);
console.log(`capture path: ${kib(total)} of ${kib(CAPTURE)}`);
for (const one of texts) line(one, " (one of these)");
for (const one of lazy) line(one, ` (on demand, at most ${kib(CHUNK)})`);
const heavy = lazy.filter(({ bytes }) => bytes > CHUNK);
if (total > CAPTURE || heavy.length > 0) {
  console.error(`over budget: ${total > CAPTURE ? "capture path" : heavy.map(({ file }) => file).join(", ")}`);
  process.exit(1);
}
