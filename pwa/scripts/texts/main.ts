// `npm run texts` merges the English texts into the translation files; `npm run texts:check` says what is wrong and fails if anything is.
import { untranslated } from "./check.ts";
import { merge } from "./merge.ts";
import { unused } from "./used.ts";

const check = process.argv.includes("--check");
const wrong = check ? [...unused(), ...untranslated()] : [];
const lines = check ? (wrong.length === 0 ? ["All texts are used and translated."] : wrong) : merge();
process.stdout.write(`${lines.join("\n")}\n`);
if (wrong.length > 0) process.exitCode = 1;
