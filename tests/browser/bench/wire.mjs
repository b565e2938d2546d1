// Bytes of a record on the wire: the body of a push of 25 contacts by the number of its records, without the headers of HTTP.

import { Browser, PHONE } from '../lib/browser.mjs';
import { contact, enrol, queueSays, typicalContact } from '../lib/phone.mjs';
import { Server } from '../lib/server.mjs';
import { line } from './table.mjs';

const BATCH = 25;
const MOST = 1_200;
const CHIPS = [10, 5, 20];

/** What the phone sends for so many contacts that were made offline. */
async function perRecord(server, make) {
  const browser = await Browser.open(server, { size: PHONE });
  try {
    const page = await enrol(browser);
    await browser.offline();
    for (let n = 0; n < BATCH; n += 1) await make(page, n);
    const pushes = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/sync/push')) pushes.push(request.postDataBuffer());
    });
    await browser.offline(false);
    await queueSays(page, `${BATCH + 1} of ${BATCH + 1} received`);
    const largest = pushes.map((body) => [JSON.parse(body.toString()).ops.length, body.length]).sort(([a], [b]) => b - a)[0];
    if (largest[0] !== BATCH) throw new Error(`the largest push had ${largest[0]} records`);
    return largest[1] / BATCH;
  } finally {
    await browser.remove();
  }
}

export async function wire() {
  const makes = [
    ['a short contact with a client code', (page, n) => contact(page, { code: `QUINCEY-${9400 + n}`, syringes: CHIPS[n % CHIPS.length] })],
    ['a typical contact with a referral', (page, n) => typicalContact(page, { syringes: CHIPS[n % CHIPS.length] })],
  ];
  const lines = [];
  for (const [name, make] of makes) {
    const server = await Server.fresh();
    try {
      const bytes = await perRecord(server, make);
      lines.push(line(`bytes on the wire for ${name}, ${BATCH} in a push`, `${Math.round(bytes)} B`, `≤ ${MOST} B`, bytes > MOST));
    } finally {
      await server.remove();
    }
  }
  return lines;
}
