// Chromium with a profile of its own, watched for everything that must not happen in it.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import axeCore from 'axe-core';
import { chromium as engine } from 'playwright-core';

import { chromium, scratch } from './paths.mjs';
import { PATIENCE } from './wait.mjs';

export const PHONE = { width: 360, height: 800 };
export const CONSOLE = { width: 1280, height: 800 };

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const run = promisify(execFile);

/** Ends a process; it may have ended by itself. */
function killProcess(id) {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

// The browser reports a request that got no connection, or half an answer, as an error of the console; a server that was killed is no
// fault of the page.
const OFFLINE =
  /^Failed to load resource: net::ERR_(?:CONNECTION_|INTERNET_DISCONNECTED|FAILED|EMPTY_RESPONSE|NETWORK_|CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED_ENCODING)/;

/** A browser of one person: profile, one context, the problems that its pages had. */
export class Browser {
  #profile;
  #options;
  #expected = [];
  #problems = [];
  #killed = false;

  /**
   * Starts Chromium with an empty profile.
   *
   * @param {{address: string}} server whose pages it opens
   * @param {{size?: {width: number, height: number}, touch?: boolean, colorScheme?: 'dark' | 'light', locale?: string, debuggingPort?: number}} [options]
   */
  static async open(server, options = {}) {
    const browser = new Browser();
    browser.server = server;
    browser.#profile = await scratch('profile');
    const size = options.size ?? PHONE;
    browser.#options = {
      executablePath: chromium(),
      timeout: 2 * PATIENCE,
      headless: true,
      args: options.debuggingPort === undefined ? FLAGS : [...FLAGS, `--remote-debugging-port=${options.debuggingPort}`],
      viewport: size,
      hasTouch: options.touch ?? size.width < 600,
      colorScheme: options.colorScheme ?? 'light',
      locale: options.locale ?? 'en-GB',
      timezoneId: 'Europe/Berlin',
      baseURL: server.address,
    };
    await browser.#launch();
    return browser;
  }

  async #launch() {
    this.context = await engine.launchPersistentContext(this.#profile.folder, this.#options);
    this.context.setDefaultTimeout(PATIENCE);
    await this.context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    this.context.on('page', (page) => this.#watch(page));
    this.context.on('serviceworker', (worker) => worker.on?.('console', (message) => this.#note(message)));
    const [first] = this.context.pages();
    if (first) this.#watch(first);
    this.page = first ?? (await this.context.newPage());
  }

  #watch(page) {
    page.on('console', (message) => this.#note(message));
    page.on('pageerror', (error) => this.#problems.push(`error in the page: ${error.stack ?? error.message}`));
    page.on('crash', () => this.#problems.push('the page crashed'));
  }

  #note(message) {
    if (message.type() !== 'error' || OFFLINE.test(message.text())) return;
    this.#problems.push(`console: ${message.text()} (${message.location().url})`);
  }

  /** Folder of the browser's profile. */
  get profile() {
    return this.#profile.folder;
  }

  /** Says that a message is part of the story, such as a 401 after a wrong password. */
  expect(pattern) {
    this.#expected.push(pattern);
  }

  /** What happened that must not: script errors, policy violations, errors on the console. */
  get problems() {
    return this.#problems.filter((problem) => !this.#expected.some((pattern) => pattern.test(problem)));
  }

  /** Opens a page of the app in the browser's first tab. */
  async go(path = '/') {
    await this.page.goto(this.server.address + path);
    return this.page;
  }

  /** A further tab. */
  async tab(path = '/') {
    const page = await this.context.newPage();
    await page.goto(this.server.address + path);
    return page;
  }

  /** Waits until a service worker controls the page: the first load has none. */
  async controlled(page = this.page) {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    if (!(await page.evaluate(() => navigator.serviceWorker.controller !== null))) await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  /** Cuts the network of every page, or gives it back. */
  async offline(cut = true) {
    await this.context.setOffline(cut);
  }

  /** Closes the browser and starts it again on the same profile. */
  async reopen() {
    if (!this.#killed) await this.context.close();
    this.#killed = false;
    await this.#launch();
  }

  /** Ends every process of the browser at once, as a battery that is taken out does; `reopen` starts it again on what is on the disk. */
  async kill() {
    await (await this.killer())();
  }

  /** Finds the browser's processes and answers how to end them, for when the moment matters. */
  async killer() {
    const { stdout } = await run('ps', ['-axo', 'pid=,command=']);
    // Its processes and no other's: they name its profile, whose name is drawn at random.
    const own = stdout.split('\n').filter((line) => line.includes(`--user-data-dir=${this.profile}`));
    if (own.length === 0) throw new Error('the browser is not running');
    const ids = own.map((line) => Number(line.trim().split(' ')[0]));
    const gone = new Promise((resolve) => this.context.once('close', resolve));
    return async () => {
      ids.forEach(killProcess);
      await gone;
      this.#killed = true;
    };
  }

  /** Slows the page's processor, as on the reference phone. */
  async throttle(times, page = this.page) {
    const session = await this.context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: times });
  }

  /**
   * What axe finds on the page as it is now, one line each; nothing when all is well.
   *
   * @param {import('playwright-core').Page} [page]
   * @param {{only?: string[], also?: string[], without?: string[]}} [rules] `only` these, or those of the guidelines with some more or fewer
   */
  async axe(page = this.page, { only, also = ['target-size'], without = [] } = {}) {
    await this.#heard(page);
    const before = this.#problems.length;
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeCore.source);
    const { violations } = await page.evaluate(
      ([wanted, more, fewer]) => {
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        return globalThis.axe.run(document, {
          runOnly: wanted ? { type: 'rule', values: wanted } : { type: 'tag', values: tags },
          rules: wanted ? {} : Object.fromEntries([...more, ...fewer].map((rule) => [rule, { enabled: more.includes(rule) }])),
          resultTypes: ['violations'],
        });
      },
      [only, also, without],
    );
    // axe measures by writing into the page; what the policy says of that is not the app's doing. It says it a moment later.
    await this.#heard(page);
    this.#problems.length = before;
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }

  /** Waits until everything that the page has put on the console by now is noted. */
  async #heard(page) {
    const mark = `heard ${Math.random()}`;
    const arrived = page.waitForEvent('console', (message) => message.text() === mark);
    // Two frames: violations of the policy are told in tasks of their own, after what caused them.
    await page.evaluate((text) => {
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => console.debug(text))));
    }, mark);
    await arrived;
  }

  /** Closes the browser and removes its profile. */
  async remove() {
    await this.context?.close().catch(() => undefined);
    await this.#profile?.remove();
  }
}
