// A stand-in for the server's part of the PIN.
import { randomBytes } from 'node:crypto';

/** Answers the three routes for every page of a browser, from `store`; while that is `down` nothing answers. */
export async function standIn(browser, store = { calls: [] }) {
  const fail = (route, status, code, headers = {}) =>
    route.fulfill({ status, headers, contentType: 'application/problem+json', body: JSON.stringify({ code, status, title: '', type: 'about:blank' }) });
  const give = (route, share) => route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify({ share }) });
  const fresh = () => randomBytes(32).toString('base64url');
  await browser.context.route('**/api/v1/phone/share', (route) => {
    if (store.down) return route.abort('internetdisconnected');
    const method = route.request().method();
    store.calls.push(method);
    if (method === 'DELETE') {
      store.share = undefined;
      return route.fulfill({ status: 204 });
    }
    const { proof, duress_proof } = route.request().postDataJSON();
    Object.assign(store, { proof, duress: duress_proof, share: fresh(), tries: 0 });
    return give(route, store.share);
  });
  await browser.context.route('**/api/v1/phone/share/open', (route) => {
    if (store.down) return route.abort('internetdisconnected');
    store.calls.push('open');
    const { proof } = route.request().postDataJSON();
    if (store.share === undefined) return fail(route, 410, 'share_gone');
    if (proof === store.duress) {
      store.share = fresh();
      return give(route, store.share);
    }
    if (proof === store.proof) return give(route, store.share);
    store.tries += 1;
    if (store.tries >= 10) {
      store.share = undefined;
      return fail(route, 410, 'share_gone');
    }
    return store.tries > 5 ? fail(route, 429, 'pin_wait', { 'retry-after': '120' }) : fail(route, 403, 'wrong_pin');
  });
  return store;
}
