// Lighthouse's scores, as of a phone, of the phone's first page, its home screen and the console's login: performance, accessibility, best
// practices. A measurement for people, on the real server; no step of the tests.
//
// `node scores.mjs`; ends with an error when one is below 95 and says what cost it.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import lighthouse from 'lighthouse';

import { Browser, PHONE } from '../browser/lib/browser.mjs';
import { enrol } from '../browser/lib/phone.mjs';
import { Server } from '../browser/lib/server.mjs';
import { ROOT } from '../browser/lib/paths.mjs';

const LEAST = 95;
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const DEBUGGING_PORT = 9_333;
const REPORTS = path.join(ROOT, 'target', 'lighthouse');

/** The scores of a page, with what is not perfect. */
async function score(address, { keep = false } = {}) {
  const result = await lighthouse(address, { port: DEBUGGING_PORT, output: 'html', onlyCategories: CATEGORIES, formFactor: 'mobile', disableStorageReset: keep, logLevel: 'error' });
  const { categories, audits } = result.lhr;
  const scores = CATEGORIES.map((name) => Math.round(categories[name].score * 100));
  const faults = Object.values(audits).filter(({ score: one, scoreDisplayMode: mode }) => one !== null && one < 0.9 && mode !== 'informative' && mode !== 'manual');
  return { scores, faults, report: result.report };
}

async function measured(name, address, options) {
  const { scores, faults, report } = await score(address, options);
  console.log(`${name.padEnd(22)}${scores.map((one) => String(one).padStart(16)).join('')}`);
  await writeFile(path.join(REPORTS, `${name.replaceAll(' ', '-')}.html`), report);
  if (scores.every((one) => one >= LEAST)) return;
  process.exitCode = 1;
  for (const { id, title, displayValue } of faults) console.log(`  ${id}: ${title} ${displayValue ?? ''}`);
}

await mkdir(REPORTS, { recursive: true });
const server = await Server.demo();
const browser = await Browser.open(server, { size: PHONE, debuggingPort: DEBUGGING_PORT });
try {
  console.log(`${''.padEnd(22)}${CATEGORIES.map((one) => one.padStart(16)).join('')}`);
  const { pathname, hash } = new URL(server.enrol.link);
  await measured('enrolment', server.address + pathname + hash);
  await measured('console login', `${server.address}/console`);
  await enrol(browser);
  await measured('home screen', `${server.address}/`, { keep: true });
} finally {
  await browser.remove();
  await server.remove();
}
