// Where the tests find what they start, and where they may write.

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export const TARGET = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target');

/** The server's binary under test. */
export const BINARY = process.env.ROUNDS_BIN ?? path.join(TARGET, 'debug', 'rounds');

/** Chromium's path: the variable, or the first of the usual places. */
export function chromium() {
  const places = [process.env.ROUNDS_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error('Chromium is not installed; set ROUNDS_CHROMIUM or, on Debian: apt-get install chromium');
  return found;
}

/** A new empty folder, and how to remove it. */
export async function scratch(name) {
  const folder = await mkdtemp(path.join(tmpdir(), `rounds-${name}-`));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
