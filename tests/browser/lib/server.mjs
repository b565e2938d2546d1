// The real server on a port of its own, with its data in a folder that goes away with it.
//
// The demonstration programme is made once per build of the binary and copied for each server, because two hundred
// days of contacts take seconds to push.

import { execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

import { furnish } from './fresh.mjs';
import { BINARY, scratch, TARGET } from './paths.mjs';
import { PATIENCE, pause } from './wait.mjs';

const START_MS = 2 * PATIENCE;
const TAKEN = /address already in use/i;
const run = promisify(execFile);

// Below the ports that the system gives to outgoing connections: none of those takes the port of a server that is down.
const PORTS = [20_000, 32_000];

/** A port that was free a moment ago; somebody else may have it now, so who starts there must be ready to start again. */
async function freePort() {
  for (;;) {
    const port = randomInt(...PORTS);
    const probe = createServer();
    probe.listen(port, '127.0.0.1');
    const free = await once(probe, 'listening').then(() => true, () => false);
    if (!free) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}

/** Folder with the demonstration programme's data, made today by this build of the binary. */
async function demonstration() {
  const { mtimeMs, size } = await stat(BINARY);
  const all = path.join(TARGET, 'browser');
  const home = path.join(all, `demo-${Math.trunc(mtimeMs)}-${size}-${new Date().toISOString().slice(0, 10)}`);
  const made = () => stat(home).catch(() => undefined);
  if (await made()) return home;
  const fresh = `${home}.${process.pid}`;
  await rm(all, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await run(BINARY, ['demo', '--json'], { cwd: fresh, timeout: 10 * PATIENCE });
  await rename(fresh, home);
  return home;
}

/**
 * A server under test.
 *
 * @typedef {{link: string, code: string, digits: string}} Enrolment
 * @typedef {{role: string, handle: string, login: string, password: string}} Login
 */
export class Server {
  #folder;
  #process;
  #silent;
  #log = '';

  #command;
  /** Further options of the command line, for the next start. */
  options = [];

  static async #in(command) {
    const server = new Server();
    server.#command = command;
    server.#folder = await scratch('server');
    return server;
  }

  /** A server on the demonstration programme: a season of contacts, published months, logins of every role. */
  static async demo() {
    const server = await Server.#in(['demo', '--serve', '--json']);
    await cp(await demonstration(), server.home, { recursive: true });
    await server.start();
    return server;
  }

  /** A server on a new programme with a site, one person of each role, and no contact. Starts sooner. */
  static async fresh(...options) {
    const server = await Server.#in(['serve']);
    server.options = options;
    await server.cli('init', '--programme', 'Harbour', '--tz', 'Europe/Berlin');
    await server.start();
    Object.assign(server, await furnish(server));
    return server;
  }

  /** Where the server runs and keeps its data. */
  get home() {
    return this.#folder.folder;
  }

  /** Address without a slash at its end. */
  get address() {
    return `http://localhost:${this.port}`;
  }

  /** What the server has written to its log so far. */
  get log() {
    return this.#log;
  }

  /** Starts the server, on the same port as before if it had one. A start whose port was taken is done again. */
  async start() {
    const before = this.port;
    const end = Date.now() + START_MS;
    for (;;) {
      this.port = before ?? (await freePort());
      const said = this.#log.length;
      try {
        await this.#begin();
        return;
      } catch (error) {
        await this.kill();
        // Only then has its last word been read.
        await this.#silent;
        if (Date.now() > end || !TAKEN.test(this.#log.slice(said))) throw error;
        await pause();
      }
    }
  }

  /** Starts the process on the server's port and reads the enrolment link and the logins that it prints. */
  async #begin() {
    const child = spawn(BINARY, [...this.#command, ...this.options, '--listen', `127.0.0.1:${this.port}`], {
      cwd: this.home,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#silent = once(child, 'close').catch(() => undefined);
    child.stderr.on('data', (text) => {
      this.#log += text;
    });
    if (this.#command.includes('--json')) {
      const printed = await this.#firstObject(child);
      /** @type {Enrolment} */
      this.enrol = printed.enrol;
      /** @type {Login[]} */
      this.logins = printed.logins;
    } else {
      child.stdout.on('data', (text) => {
        this.#log += text;
      });
    }
    await this.#answers();
  }

  /** A bearer token of a script with the rights of a role, in the name of the administrator. */
  async token(role) {
    const printed = await this.cli('token', 'create', '--name', 'tests', '--scope', role, '--days', '1');
    const [token] = /ey[\w-]+\.[\w-]+\.[\w-]+/.exec(printed) ?? [];
    if (!token) throw new Error(`no token in what was printed:\n${printed}`);
    return token;
  }

  /** Waits until the server answers: this one, not another on a port that it did not get. */
  async #answers() {
    const end = Date.now() + START_MS;
    for (;;) {
      const answer = await fetch(`${this.address}/api/health`, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => undefined);
      if (this.#ended || Date.now() > end) throw new Error(`the server does not answer:\n${this.#log}`);
      if (answer?.ok) return;
      await pause();
    }
  }

  get #ended() {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** The JSON object that the server prints when it starts. */
  #firstObject(child) {
    return new Promise((resolve, reject) => {
      let text = '';
      const timer = setTimeout(() => reject(new Error(`the server printed no JSON:\n${text}\n${this.#log}`)), START_MS);
      child.stdout.on('data', (chunk) => {
        text += chunk;
        try {
          resolve(JSON.parse(text));
          clearTimeout(timer);
        } catch {
          // Not all of it yet.
        }
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${text}\n${this.#log}`)));
    });
  }

  /** The first login of a role: peer, supervisor, evaluator, administrator. */
  login(role) {
    const found = this.logins.find((login) => login.role === role);
    if (!found) throw new Error(`no login of role ${role}`);
    return found;
  }

  /** Ends the process and starts it with further options. */
  async restart(...options) {
    await this.stop();
    this.#command.push(...options);
    await this.start();
  }

  /** Runs a command of the binary on this server's data and returns what it printed. */
  async cli(...words) {
    const { stdout } = await run(BINARY, words, { cwd: this.home, timeout: START_MS });
    return stdout;
  }

  /** Ends the process at once, as a power cut would. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** Asks the process to end, and waits for it. */
  async stop() {
    await this.#end('SIGTERM');
  }

  async #end(signal) {
    const child = this.#process;
    if (!child || this.#ended) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** Ends the process and removes its data. */
  async remove() {
    await this.kill();
    await this.#folder?.remove();
  }
}
