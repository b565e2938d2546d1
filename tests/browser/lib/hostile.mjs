// Hostile text in every field that takes text, through the interface as somebody with a script would put it there.

import assert from 'node:assert/strict';

/**
 * What a page would run, load, follow or count out if it took text for more than text. Each calls `ran` where script runs. Their number is prime,
 * so that each comes to every place where they go round.
 */
export const PAYLOADS = [
  '<img src=x onerror="ran(1)">',
  '<script>ran(2)</script>',
  '"><svg onload=ran(3)>',
  "'-ran(4)-' {{7*7}} ${7*7}",
  '[here](javascript:ran(5))',
  '![](https://example.org/x.png)',
  '[a](data:text/html,<script>ran(6)</script>)',
  '<a href="javascript:ran(7)">b</a>',
  '=HYPERLINK("//example.org","x")',
  "+cmd|' /C calc'!A0",
  '@SUM(1+1)*cmd',
  '-2+3+cmd',
  '\u202Egnp.exe\u202C',
  '&lt;b&gt; &#106;',
  'x;=1+1;y',
  'javascript:ran(10)',
  `' " onfocus=ran(11) autofocus x=`,
];
/** All of them in a card: as headings, in lists, beside what may be a link. */
const MULTILINE = PAYLOADS.map((one) => `# ${one}\n\n- ${one}\n\n[Call](tel:12"onclick="ran(8)) ${one}`).join('\n\n');

const refusals = [400, 409, 422];

/** A way to ask the server that answers undefined where text was refused; every other failure is the test's. */
export function asker(server, headers) {
  return async (method, path, body, type = 'application/json') => {
    const answer = await fetch(`${server.address}/api/v1/${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': type }) },
      body: body === undefined || type !== 'application/json' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok || refusals.includes(answer.status), `${method} ${path}: ${answer.status} ${text}`);
    assert.match(answer.headers.get('content-type') ?? 'none', /^application\/(problem\+)?json|^text\/csv|^none/, path);
    if (!answer.ok) return undefined;
    return /^[{[]/.test(text) ? JSON.parse(text) : text;
  };
}

/** The session of a login, as headers. */
export async function session(server, { login, password }) {
  const own = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const answer = await fetch(`${server.address}/api/v1/auth/login`, { method: 'POST', headers: own, body: JSON.stringify({ login, password }) });
  return { cookie: answer.headers.get('set-cookie').split(';')[0], 'sec-fetch-site': 'same-origin' };
}

const TEXTS = ['label', 'title', 'hours', 'address', 'notes', 'minor_notice'];

/** A catalogue in which every text is hostile, another one at each place; `put` counts them. */
function hostileCatalogue(value, put, key = '') {
  // Fixed for ever once they are chosen.
  if (key === 'genders' || key === 'age_bands') return value;
  if (Array.isArray(value)) return value.map((one) => hostileCatalogue(one, put, key));
  if (TEXTS.includes(key)) return { ...Object.fromEntries(Object.keys(value).map((tag) => [tag, put()])), en: put() };
  if (key === 'body') return { en: MULTILINE };
  if (key === 'unit') return '<b>=kg';
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hostileCatalogue(one, put, name)]));
}

const DAYSHEET = 'record_id,worker,service_date,site,mode,setting,returning,client_code,gender,age_band,injects,for_others,referrals';

/** Puts hostile text wherever the interface takes text. Answers how many of each kind were taken. */
export async function poison(server) {
  const admin = asker(server, { authorization: `Bearer ${await server.token('administrator')}` });
  const supervisor = asker(server, await session(server, server.login('supervisor')));
  const taken = {};
  const count = (name, answer) => (taken[name] = (taken[name] ?? 0) + (answer === undefined ? 0 : 1));

  const workers = await admin('GET', 'workers');
  const boss = workers.find(({ role }) => role === 'supervisor');
  for (const handle of PAYLOADS) count('handles', await admin('POST', 'workers', { handle, role: 'peer', supervisor: boss.id }));
  // The worker whose phone is enrolled in stories, in either programme.
  const peer = workers.find(({ handle }) => handle === 'amina' || handle === 'kim');
  for (const words of PAYLOADS) count('thanks', await supervisor('POST', `workers/${peer.id}/thanks`, { words }));
  for (const code of PAYLOADS) count('codes', await admin('POST', 'sites', { code, label: 'x' }));
  for (const label of PAYLOADS) count('sites', await admin('POST', 'sites', { code: `s${PAYLOADS.indexOf(label)}`, label }));
  for (const name of PAYLOADS) count('tokens', await server.cli('token', 'create', '--name', name, '--scope', 'supervisor', '--days', '1').catch(() => undefined));

  let n = 0;
  const before = await admin('GET', 'catalogue');
  const provider = { code: 'x', label: { en: 'x' }, services: ['hiv_test'], hours: { en: 'x' }, address: { en: 'x' }, notes: { en: 'x' }, phone: '+49 30 1234' };
  const hostile = hostileCatalogue({ ...before, providers: [...before.providers, provider], name: PAYLOADS[0] }, () => PAYLOADS[n++ % PAYLOADS.length]);
  assert.ok(await admin('PUT', 'catalogue', hostile), 'the catalogue was refused');
  taken.labels = n;
  const now = await admin('GET', 'catalogue');
  for (const phone of PAYLOADS) count('phones', await admin('PUT', 'catalogue', { ...now, providers: now.providers.map((one) => ({ ...one, phone })) }));
  for (const tag of ['"><svg onload=ran(9)>', 'x-<b>']) count('languages', await admin('PUT', 'catalogue', { ...now, languages: ['en', tag] }));

  const { records = [] } = await supervisor('GET', 'records?kind=contact');
  for (const [at, reason] of PAYLOADS.entries()) {
    const row = records[at];
    if (row !== undefined) count('reasons', await supervisor('POST', `records/${row.id}/void`, { reason, rev: row.rev }));
    const other = records[at + PAYLOADS.length];
    if (other !== undefined) count('corrections', await supervisor('PUT', `records/${other.id}`, { reason, rev: other.rev, record: other.record }));
  }
  const { records: own = [] } = await supervisor('GET', `records?kind=contact&worker=${peer.id}`);
  const asked = own.filter((row) => !row.void).slice(0, PAYLOADS.length);
  for (const [at, row] of asked.entries()) count('questions', await supervisor('POST', `records/${row.id}/questions`, { words: PAYLOADS[at] }));
  const today = new Date().toISOString().slice(0, 10);
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  for (const [at, text] of PAYLOADS.entries()) {
    const rows = [`${cell(text)},${peer.handle},${today},s0,pair,street,new,${cell(text)},man,25-34,yes,0,`, `r${at},${cell(text)},${today},${cell(text)},pair,street,new,,man,25-34,yes,0,${cell(text)}`];
    count('sheets', await supervisor('POST', `imports/daysheet?source=${encodeURIComponent(text)}`, [DAYSHEET, ...rows, ''].join('\n'), 'text/csv'));
  }
  return taken;
}
