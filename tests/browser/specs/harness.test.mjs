// The tests' own watch: a page that misbehaves must be noticed, or the other tests prove nothing.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { holds } from '../lib/wait.mjs';

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types app";
const PAGES = {
  '/well': '<p>All is well.</p>',
  '/inline': '<p>x</p><script>document.title = "ran"</script>',
  '/foreign': '<p>x</p><img src="https://example.org/x.png" alt="x">',
  '/error': '<p>x</p><script src="/error.js"></script>',
  '/sink': '<p>x</p><script src="/sink.js"></script>',
  '/unlabelled': '<input>',
};
const SCRIPTS = { '/error.js': 'setTimeout(() => { throw new Error("oops"); })', '/sink.js': 'document.body.innerHTML = "<b>x</b>"' };

let server;
let browser;

before(async () => {
  const http = createServer((request, response) => {
    const script = SCRIPTS[request.url];
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.setHeader('content-security-policy', POLICY);
    const page = `<!doctype html><html lang="en"><title>Page</title><main>${PAGES[request.url]}</main>`;
    response.end(script ?? page);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  server = { address: `http://localhost:${http.address().port}`, close: () => http.close() };
  browser = await Browser.open(server);
});

after(async () => {
  await browser?.remove();
  server?.close();
});

// First of all, so that nothing of another page can arrive late.
test('a well-behaved page has no problems', async () => {
  const page = await browser.go('/well');
  await page.waitForLoadState('networkidle');
  assert.deepEqual(browser.problems, []);
});

for (const [path, pattern] of [
  ['/inline', /policy violated: script-src/],
  ['/foreign', /policy violated: img-src https:\/\/example\.org/],
  ['/error', /error in the page: Error: oops/],
  ['/sink', /policy violated: require-trusted-types-for/],
]) {
  test(`${path} is noticed`, async () => {
    const before = browser.problems.length;
    await browser.go(path);
    await holds(() => assert.match(browser.problems.slice(before).join('\n'), pattern));
  });
}

test('axe names an input without a label', async () => {
  const page = await browser.go('/unlabelled');
  const found = await browser.axe(page);
  assert.ok(found.some((line) => line.startsWith('label:')), found.join('\n'));
});

test('a server whose port was taken while it was down starts there as soon as it can', async () => {
  const rounds = await Server.fresh();
  const squatter = createServer();
  try {
    await rounds.kill();
    squatter.listen(rounds.port, '127.0.0.1');
    await once(squatter, 'listening');
    const [before, started] = [rounds.log.length, rounds.start()];
    await holds(() => assert.match(rounds.log.slice(before), /in use/i));
    squatter.close();
    squatter.closeAllConnections();
    await started;
    assert.ok((await fetch(`${rounds.address}/api/health`)).ok);
  } finally {
    squatter.close();
    await rounds.remove();
  }
});
