// A member of staff without a browser: what the console would ask, for stories in which only the phone is looked at.

/** Logs in and returns how to ask the API: `ask(path)` reads, `ask(path, body)` posts. Refusals are errors with what the server said. */
export async function staff(server, role) {
  const { login, password } = server.login(role);
  const send = async (path, body, cookie) => {
    const answer = await fetch(`${server.address}/api/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      // A browser would add this by itself: the request comes from the server's own page.
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return { answer, json: text === '' ? undefined : JSON.parse(text) };
  };
  const { answer } = await send('auth/login', { login, password });
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  return async (path, body) => (await send(path, body, cookie)).json;
}

/** The bodies of a kind that the server has, newest service date first. */
export async function recordsOf(ask, kind) {
  const { records } = await ask(`records?kind=${kind}`);
  return records.map((one) => ({ rev: one.rev, ...one.record.body }));
}
