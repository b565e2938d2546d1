// The server does TLS itself, for phones in the field: browsers give a service worker and keys to secure origins only.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { BINARY, scratch } from '../lib/paths.mjs';
import { Server } from '../lib/server.mjs';

const file = (name) => fileURLToPath(new URL(`../../data/tls/${name}.pem`, import.meta.url));

/** The answer to a GET over TLS that trusts the tests' certificate only. */
function get(url, ca) {
  return new Promise((resolve, reject) => {
    const asked = https.get(url, { ca, agent: false }, (answer) => answer.resume().once('end', () => resolve(answer)));
    asked.once('error', reject);
  });
}

/** The address that a server says it serves at. */
async function served(child) {
  let log = '';
  for await (const text of child.stderr) {
    log += text;
    const [, url] = /serving url="([^"]+)"/.exec(log) ?? [];
    if (url) return url;
  }
  throw new Error(`the server ended:\n${log}`);
}

test('a server with a certificate answers over TLS only, and says that it stays so', { timeout: 120_000 }, async () => {
  const { folder, remove } = await scratch('tls');
  const child = spawn(BINARY, ['serve', '--listen', '127.0.0.1:0', '--tls-cert', file('cert'), '--tls-key', file('key')], { cwd: folder });
  try {
    const url = await served(child);
    assert.match(url, /^https:/);
    const answer = await get(`${url}/api/health`, await readFile(file('cert')));
    assert.equal(answer.statusCode, 200);
    assert.match(answer.headers['strict-transport-security'] ?? '', /^max-age=\d{8}; includeSubDomains$/);
    await assert.rejects(fetch(`${url.replace('https:', 'http:')}/api/health`), 'plain HTTP has no answer here');
  } finally {
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
    await remove();
  }
});

test('a server without one promises nothing', { timeout: 120_000 }, async () => {
  const server = await Server.fresh();
  try {
    const { headers } = await fetch(`${server.address}/api/health`);
    assert.equal(headers.get('strict-transport-security'), null);
  } finally {
    await server.remove();
  }
});
