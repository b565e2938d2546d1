// An authenticator app, as staff use one.

import { createHmac } from 'node:crypto';

import { press } from './phone.mjs';

export const APP = 'Code of the authenticator app';

/** The code that an app shows some steps from now (RFC 6238: SHA-1, six digits, steps of 30 seconds). */
export function code(secret, steps = 0) {
  const bits = Array.from(secret, (letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const tag = createHmac('sha1', key).update(step).digest();
  const number = tag.readUInt32BE(tag.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** A code of no step near now. */
export function wrongCode(secret) {
  const near = [-2, -1, 0, 1, 2, 3].map((steps) => code(secret, steps));
  return ['000000', '111111', '222222', '333333', '444444', '555555', '666666'].find((one) => !near.includes(one));
}

/** Turns the app on, on the page of the own log-in, and returns its secret and the recovery codes, which are still shown. `begun` runs while the secret is. */
export async function turnOn(page, password, begun = () => undefined) {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(page, 'Turn on');
  await page.getByRole('img', { name: 'QR code of the secret' }).waitFor();
  const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '');
  await begun();
  await page.getByLabel(APP).fill(code(secret));
  await press(page, 'Confirm');
  const card = page.getByRole('region', { name: /^Recovery codes of / });
  await card.waitFor();
  const recovery = await card.getByRole('listitem').allInnerTexts();
  return { secret, recovery };
}
