// Everything readable in a browser's profile: every file as it lies there, and what is compressed or locked within it.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { blocks, journal } from './leveldb.mjs';
import { cached, locked, streams } from './streams.mjs';

/** What a file holds beside its plain bytes, by how it was got out. */
function within(name, bytes) {
  const readers = { streams, locked };
  if (name.includes('Cache_Data')) readers.cached = cached;
  if (/\.(?:ldb|sst)$/.test(name)) readers.block = blocks;
  if (/\.log$|\/MANIFEST-\d+$/.test(name)) readers.record = journal;
  return Object.entries(readers).flatMap(([how, read]) => read(bytes).map((one) => ({ name: `${name} (${how})`, bytes: one })));
}

/** A browser that runs takes its temporary files away. */
function unlessGone(error) {
  if (error.code !== 'ENOENT') throw error;
}

/** The pieces of a folder: bytes with the name of the file that they are from, `only` of some files if given; names of files are pieces too. */
export async function pieces(folder, only = /^/) {
  const found = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const name = path.relative(folder, file);
    found.push({ name: `${name} (its name)`, bytes: Buffer.from(entry.name) });
    if (!entry.isFile() || !only.test(name)) continue;
    const bytes = await readFile(file).catch(unlessGone);
    if (bytes !== undefined) found.push({ name, bytes }, ...within(name, bytes));
  }
  return found;
}
