// The first load of a phone that has nothing yet, on slow 3G: how long until the form of enrolment can be used, and what went over the wire.

import { Browser, PHONE } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { kib } from '../../../pwa/scripts/sizes.mjs';
import { line, median, milliseconds } from './table.mjs';

const BITS = 400_000;
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: BITS / 8, uploadThroughput: BITS / 8 };

async function load(server) {
  const browser = await Browser.open(server, { size: PHONE });
  try {
    const { page } = browser;
    const session = await browser.context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW_3G);
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    const start = Date.now();
    const { pathname, hash } = new URL(server.enrol.link);
    await page.goto(server.address + pathname + hash, { waitUntil: 'commit' });
    // The page goes by way of the canary and back.
    await page.locator('input[name=digits]').waitFor();
    return { took: Date.now() - start, bytes };
  } finally {
    await browser.remove();
  }
}

export async function firstLoad(runs) {
  const server = await Server.fresh();
  try {
    const loads = [];
    for (let n = 0; n < runs; n += 1) loads.push(await load(server));
    return [
      milliseconds('first load on slow 3G to a usable enrolment', loads.map(({ took }) => took)),
      line('of it over the wire, without the service worker', kib(median(loads.map(({ bytes }) => bytes)))),
    ];
  } finally {
    await server.remove();
  }
}
