// A new programme with what a story needs: a site, a supervisor with a peer worker, an evaluator. Made through the interface.

import { randomBytes } from 'node:crypto';

/** Sends JSON and returns the answer; refusals are errors with what the server said. */
async function send(url, body, headers) {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Fills a programme and returns the peer worker's enrolment and the staff's logins. */
export async function furnish(server) {
  const api = `${server.address}/api/v1`;
  const bearer = { authorization: `Bearer ${await server.token('administrator')}` };
  const add = (handle, role, supervisor) => send(`${api}/workers`, { handle, role, supervisor }, bearer);
  await send(`${api}/sites`, { code: 'market', label: 'Market' }, bearer);
  const staff = [await add('sam', 'supervisor'), await add('eva', 'evaluator'), await add('ada', 'administrator')];
  const peer = await add('kim', 'peer', staff[0].id);

  const logins = [];
  for (const { id, role, handle } of staff) {
    const { code, digits } = await send(`${api}/invites`, { worker: id }, bearer);
    const password = randomBytes(12).toString('hex');
    // A browser would add this by itself: the request comes from the server's own page.
    await send(`${api}/auth/join`, { code, digits, login: handle, password }, { 'sec-fetch-site': 'same-origin' });
    logins.push({ role, handle, login: handle, password });
  }
  const { link, code, digits } = await send(`${api}/invites`, { worker: peer.id }, bearer);
  return { enrol: { link, code, digits }, logins };
}

/** Adds a peer worker of the supervisor's team and returns an invite for them. */
export async function inviteTo(server, handle) {
  const api = `${server.address}/api/v1`;
  const bearer = { authorization: `Bearer ${await server.token('administrator')}` };
  const workers = await (await fetch(`${api}/workers`, { headers: bearer })).json();
  const supervisor = workers.find(({ role }) => role === 'supervisor').id;
  const known = workers.find((one) => one.handle === handle);
  const { id } = known ?? (await send(`${api}/workers`, { handle, role: 'peer', supervisor }, bearer));
  const { link, code, digits } = await send(`${api}/invites`, { worker: id }, bearer);
  return { link, code, digits };
}
