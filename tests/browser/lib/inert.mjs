// Looks at pages on which hostile text stands: whether anything came of it, and whether it was there at all.

import assert from 'node:assert/strict';

import { PAYLOADS } from './hostile.mjs';

/** What hostile text would have made of a page; nothing is the aim. */
export function made(page) {
  return page.evaluate(() => {
    const lines = globalThis.hasRun ?? [];
    const leads = /^(?:xlink:)?(?:href|src|srcset|srcdoc|action|formaction|data|poster|ping|background|cite|content|style)$/i;
    for (const one of document.querySelectorAll('iframe, object, embed, base, form[action], style, [style*="url("], script:not([src])')) lines.push(one.outerHTML);
    for (const one of document.querySelectorAll('img, script, link')) if (new URL(one.src ?? one.href).origin !== location.origin) lines.push(one.outerHTML);
    for (const one of document.querySelectorAll('*')) {
      for (const { name, value } of one.attributes) {
        if (/^on/i.test(name) || (leads.test(name) && /^\s*(?:javascript|data|vbscript):/i.test(value))) lines.push(`${one.tagName} ${name}=${value}`);
      }
      if (one instanceof HTMLAnchorElement && !['http:', 'https:', 'tel:', 'blob:', 'otpauth:'].includes(one.protocol)) lines.push(one.outerHTML);
    }
    return lines;
  });
}

/** Notes what runs that hostile text would run. */
export async function watch(browser) {
  await browser.context.addInitScript(() => {
    globalThis.hasRun = [];
    globalThis.ran = (n) => globalThis.hasRun.push(`script ${n} ran`);
  });
  const dialogs = [];
  browser.page.on('dialog', (dialog) => (dialogs.push(dialog.message()), void dialog.dismiss()));
  const foreign = [];
  browser.context.on('request', (request) => request.url().startsWith(browser.server.address) || /^(?:blob|data):/.test(request.url()) || foreign.push(request.url()));
  return () => [...dialogs, ...foreign];
}

/** All text of a page, that in its fields too. */
export const shows = async (page) => (await page.locator('body').innerText()) + (await page.locator('body').evaluate((body) => [...body.querySelectorAll('input, textarea, option')].map((one) => one.value ?? one.textContent).join('\n')));

/** Which of the texts a page shows as they were written. */
export function shown(text) {
  return PAYLOADS.filter((one) => text.includes(one));
}

/** Looks that nothing came of what a page shows, on the screen and on paper; adds the texts that it shows to `seen`. */
export async function look(page, name, seen = new Set()) {
  for (const media of ['print', 'screen']) {
    await page.emulateMedia({ media });
    assert.deepEqual([name, media, await made(page)], [name, media, []]);
    for (const one of shown(await shows(page))) seen.add(one);
  }
}

const FIELDS = 'input:not([type]), input[type="text"], input[type="search"], input[type="password"], textarea';

/** Puts each of the texts into every field of a page or a dialog, and leaves the last there. Answers the names of the fields. */
export async function typeAll(page, within = page) {
  const names = [];
  await within.locator(FIELDS).first().waitFor();
  for (const field of await within.locator(FIELDS).all()) {
    if (!(await field.isVisible()) || !(await field.isEditable())) continue;
    const name = await field.evaluate((one) => one.labels?.[0]?.textContent ?? one.getAttribute('aria-label'));
    for (const text of PAYLOADS) {
      await field.fill(text);
      assert.deepEqual([name, text, await made(page)], [name, text, []]);
    }
    names.push(name);
  }
  return names;
}
