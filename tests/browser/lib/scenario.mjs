// A story told in a browser against the real server: what it opens is closed again, and what went wrong unseen fails it.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { Browser, CONSOLE, PHONE } from './browser.mjs';
import { Server } from './server.mjs';
import { PATIENCE } from './wait.mjs';

const RESULTS = new URL('../test-results/', import.meta.url).pathname;

/**
 * Runs `story` with a server and a way to open browsers on it. The programme is a new one, or the demonstration.
 * Fails when the story does, and when any page had a script error, a policy violation or an error on the console.
 *
 * @param {string} name
 * @param {'fresh' | 'demo' | string[]} programme a list: a new one, on a server with these options
 * @param {(stage: {server: Server, phone: (options?: object) => Promise<Browser>, desk: (options?: object) => Promise<Browser>}) => Promise<void>} story
 */
export function scenario(name, programme, story) {
  test(name, { timeout: 10 * PATIENCE }, async () => {
    const server = Array.isArray(programme) ? await Server.fresh(...programme) : await Server[programme]();
    const browsers = [];
    const open = async (options) => {
      const browser = await Browser.open(server, options);
      browsers.push(browser);
      return browser;
    };
    try {
      await story({
        server,
        phone: (options) => open({ size: PHONE, ...options }),
        desk: (options) => open({ size: CONSOLE, ...options }),
      });
      for (const browser of browsers) assert.deepEqual(browser.problems, [], 'the pages had problems');
    } catch (error) {
      await pictures(name, browsers);
      throw error;
    } finally {
      for (const browser of browsers) await browser.remove();
      await server.remove();
    }
  });
}

/** Keeps what each browser showed when the story failed. */
async function pictures(name, browsers) {
  await mkdir(RESULTS, { recursive: true });
  for (const [number, browser] of browsers.entries()) {
    const file = path.join(RESULTS, `${name.replaceAll(/\W+/g, '-')}-${number + 1}.png`);
    await browser.page.screenshot({ path: file }).catch(() => undefined);
    console.error(`picture: ${file}; problems: ${JSON.stringify(browser.problems)}`);
  }
}
