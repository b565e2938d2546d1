// A server of careless pages: their answers may be kept, and their inputs are offered again. What the browser keeps of them it could have kept
// of the app.

import { once } from 'node:events';
import { createServer } from 'node:http';

const form = (title) => `<!doctype html><title>${title}</title>
<form action="/sent" method="get"><input name="kept" id="kept"><button>Send</button></form><textarea id="draft"></textarea>`;

/**
 * Starts the server; it looks like one to `Browser.open`. Every path is a page with a form but those of `answers`, by path: encoding and body.
 *
 * @param {string} title of the page with the form
 * @param {Record<string, [string, Buffer]>} [answers]
 */
export async function careless(title, answers = {}) {
  const http = createServer((request, response) => {
    const [encoding, body] = answers[request.url] ?? [undefined, form(title)];
    response.setHeader('content-type', encoding ? 'text/plain' : 'text/html');
    response.setHeader('cache-control', 'max-age=86400');
    if (encoding) response.setHeader('content-encoding', encoding);
    response.end(body);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    address: `http://localhost:${http.address().port}`,
    close: () => {
      http.close();
      http.closeAllConnections();
    },
  };
}
