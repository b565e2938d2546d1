// The verdict on a seized profile: what it tells of the records that were heard, in whatever form.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { ROOT } from '../paths.mjs';
import { fieldHits, leaves } from './leaves.mjs';
import { numberHits } from './numbers.mjs';
import { pieces } from './pieces.mjs';
import { runs } from './runs.mjs';
import { byteHits, textHits } from './text.mjs';
import { timeHits } from './times.mjs';

/** A number below this stands everywhere; such are looked for beside the names of their fields. */
const LARGE = 10_000;
const LONG = 6;

/** A number above this is a time in ms. */
const SINCE = Date.UTC(2020);

/** What open slips say, by privacy's list; their numbers must be nowhere but in the app's own store. */
const OF_SLIPS = new Set(['slip', 'service']);
/** What ids say: they are drawn at random, stand in headers and keys, and name nobody. */
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const IDS = new Set(['row']);
/** What sums say is on privacy's list. */
const SUMS = 'sums';
const STORE = /IndexedDB/;

/** How long after a tap what follows from it is looked for, ms: the answer of the server comes within that. */
const AFTER = 2_000;

/**
 * Files in which the browser itself keeps when it did something, whatever a page does: opened its own databases, fetched the app's files, wrote for
 * an origin, was touched.
 */
const BROWSERS_OWN = /(?:^|\/)LOG(?:\.old)?(?: |$)|Cache_Data|DIPS|QuotaManager|Preferences|segmentation_platform|(?:Session|Tabs)_\d+ \(its name\)$/;

/** What everybody may read: the app's files, and what the profile had before anything was recorded. */
export async function published(profile) {
  const dist = path.join(ROOT, 'pwa', 'dist');
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.(?:br|gz|png)$/.test(entry.name));
  const texts = await Promise.all(files.map(async (entry) => ({ name: entry.name, bytes: await readFile(path.join(entry.parentPath ?? entry.path, entry.name)) })));
  return [...texts, ...(await pieces(profile))];
}

/** Whether a record is a shift that began: place, day and check-in of the shift under way are on privacy's list. */
function begins({ kind, body }) {
  return kind === 'shift' && body.state === 'started';
}

/** What must not be found, from what was sealed. */
function secrets(records) {
  const fields = new Map(records.flatMap((record) => leaves({ ...record, [SUMS]: [] })).map(([name, value]) => [`${name} ${typeof value} ${value}`, [name, value]]));
  const walls = records.flatMap(({ body = {} }) => [body.captured, body.check_out]).filter((one) => one != null);
  const instants = [...fields.values()].map(([, value]) => value).filter((value) => typeof value === 'number' && value > SINCE);
  const starts = new Set([...walls.map(({ local, offset_minutes: offset }) => Date.parse(`${local}Z`) - offset * 60_000), ...instants]);
  return { fields: [...fields.values()], starts: [...starts] };
}

/** Where fields of records stand: whole texts and numbers, and short ones beside their names. */
function fieldsIn(fields, found, before) {
  const lines = [];
  for (const [name, value] of fields) {
    if (IDS.has(name) || ID.test(value)) continue;
    if (OF_SLIPS.has(name)) {
      if (name === 'slip') lines.push(...textHits(value, found.filter((piece) => !STORE.test(piece.name))));
      continue;
    }
    if (fieldHits(name, value, before).length === 0) lines.push(...fieldHits(name, value, found));
    const isWhole = typeof value === 'string' ? value.length >= LONG : typeof value === 'number' && value >= LARGE;
    if (!isWhole) continue;
    const hits = typeof value === 'string' ? textHits : numberHits;
    if (hits(value, before).length === 0) lines.push(...hits(value, found));
  }
  return lines;
}

/**
 * Everything that the pieces tell of the records, one line each; nothing is the aim.
 *
 * @param {{name: string, bytes: Buffer}[]} found pieces of the seized profile
 * @param {{name: string, bytes: Buffer}[]} before what everybody may read
 * @param {{plaintexts: Set<string>, keys: Set<string>}} heard what was sealed, and the keys of it
 * @param {string[]} typed further texts that were typed and must be nowhere
 */
export function told(found, before, heard, typed) {
  const [begun, plaintexts] = [[], []];
  for (const text of heard.plaintexts) (begins(JSON.parse(text)) ? begun : plaintexts).push(text);
  const { fields, starts } = secrets(plaintexts.map((text) => JSON.parse(text)));
  const ids = fields.filter(([name, value]) => IDS.has(name) || ID.test(value)).map(([, value]) => value);
  const isPublic = (run) => ids.some((id) => id.includes(run.replaceAll('"', ''))) || begun.some((text) => text.includes(run)) || [Buffer.from(run), Buffer.from(run, 'utf16le')].some((form) => before.some(({ bytes }) => bytes.includes(form)));
  const own = found.filter(({ name }) => !BROWSERS_OWN.test(name));
  return [
    ...runs([...plaintexts, ...typed], found, isPublic),
    ...typed.flatMap((text) => textHits(text, found)),
    ...fieldsIn(fields, found, before),
    ...starts.flatMap((start) => timeHits([start, start + AFTER], own, 'Europe/Berlin', (wall) => begun.some((text) => text.includes(wall)))),
    ...[...heard.keys].flatMap((key) => byteHits(Buffer.from(key, 'hex'), found)),
  ];
}
