// A relay before the server, for what happens in between: it can hand out a later version of the app's service worker (the same files under
// a new version's name), and cut the connection in the middle of the answer to a push.

import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';

/** Starts a relay; it looks like a server to `Browser.open`. */
export async function relay(server) {
  let later = false;
  let cut = false;
  let onCut = () => undefined;
  const http = createServer((request, response) => {
    // Asked for whole and plain, so that it can be changed.
    const { 'if-none-match': _known, ...headers } = request.headers;
    const options = { port: server.port, path: request.url, method: request.method, headers: { ...headers, 'accept-encoding': 'identity' } };
    const onward = ask(options, (answer) => {
      if (cut && request.url.endsWith('/sync/push')) {
        answer.toArray().then((parts) => {
          const whole = Buffer.concat(parts);
          response.writeHead(answer.statusCode, { ...answer.headers, 'content-length': whole.length });
          response.write(whole.subarray(0, whole.length / 2), () => response.destroy());
          onCut();
        });
        return;
      }
      const { 'content-length': _length, ...rest } = answer.headers;
      response.writeHead(answer.statusCode, rest);
      if (!later || request.url !== '/sw.js') answer.pipe(response);
      else answer.toArray().then((parts) => response.end(Buffer.concat(parts).toString().replaceAll(/\b[0-9a-f]{16}\b/g, '0123456789abcdef')));
    });
    onward.on('error', () => request.socket.destroy());
    request.pipe(onward);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    address: `http://localhost:${http.address().port}`,
    enrol: server.enrol,
    update: () => (later = true),
    /** Cuts answers to pushes from now on; resolves when the first was. */
    cutAnswers: () =>
      new Promise((resolve) => {
        cut = true;
        onCut = resolve;
      }),
    mend: () => (cut = false),
    close: () => {
      http.close();
      http.closeAllConnections();
    },
  };
}

/** Has the page look for a new version, and waits until it is there and waits for consent. */
export async function newVersion(page) {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = new Promise((resolve) => registration.addEventListener('updatefound', () => resolve(registration.installing)));
    await registration.update();
    const worker = await found;
    while (worker.state === 'installing') await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
    if (worker.state !== 'installed') throw new Error(`the new worker is ${worker.state}`);
  });
}
