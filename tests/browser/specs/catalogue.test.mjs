// The catalogue editor: what an administrator changes there is what phones show, and nothing that was recorded is lost by it.

import assert from 'node:assert/strict';

import { PHONE } from '../lib/browser.mjs';
import { invite, login, open } from '../lib/console.mjs';
import { button, enrol, openPad, press, save, syncEnded } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { holds } from '../lib/wait.mjs';

/** Opens the editor as the administrator. */
async function editor(browser) {
  const page = await login(browser, browser.server.login('administrator'));
  await open(page, 'Catalogue');
  await button(page, 'Add').first().waitFor();
  return page;
}

/** The entry of a list by its name, which its signs may follow. */
function entry(page, name) {
  return page.locator('button.cat-row-open').filter({ has: page.locator('.cat-row-name').getByText(name, { exact: true }) });
}

/** The field of a text of the entry that stands open, in a language. */
function text(page, name, language = 'English') {
  return page.getByRole('group', { name, exact: true }).getByLabel(language, { exact: true });
}

/** Saves, and waits until the server has it. */
async function saveAll(page) {
  await press(page, 'Save');
  await page.getByText('Saved. Phones follow at their next sync.').waitFor();
}

/** What the tile row of a pad says, on the phone or in the picture of it. */
async function tiles(pad) {
  const words = await pad.locator('.tiles').first().locator('.tile').allInnerTexts();
  return words.map((text) => text.trim());
}

/** The phone asks the server now. */
async function pull(page) {
  await press(page, 'Me');
  const answered = page.waitForResponse(/\/sync\/pull/);
  await press(page, 'Sync now');
  await answered;
  await button(page, 'Sync now').waitFor();
  await press(page, 'Today');
}

scenario('an item is named anew, another is added and put on the pad: the preview shows it, then a phone does', 'demo', async ({ server, phone, desk }) => {
  const office = await desk();
  const page = await editor(office);
  const worker = await phone();
  const pad = await enrol(worker);
  const picture = page.locator('.cat-phone');

  await entry(page, 'Foil').click();
  await text(page, 'Name').fill('Foil sheets');
  await picture.getByText('Foil sheets', { exact: true }).waitFor();
  await page.getByLabel('New item').fill('Жгут');
  await press(page, 'Add');
  assert.equal(await page.getByLabel('Code').inputValue(), 'item_1', 'a name in another script has a code too');
  await text(page, 'Name').fill('Glass pipe');
  assert.equal(await page.getByLabel('Code').inputValue(), 'glass_pipe', 'the code follows the name until it is saved');
  await page.getByLabel('Syringes in one').fill('0');
  await page.getByRole('group', { name: 'Glass pipe' }).getByRole('button', { name: 'parcel' }).click();
  await page.getByRole('radio', { name: 'pipe', exact: true }).check({ force: true });
  await page.getByLabel('A tile on the pad').check();

  await press(page, 'The pad');
  const up = button(page, 'Move up: Glass pipe');
  await up.focus();
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('Enter');
  await holds(async () => assert.deepEqual(await tiles(picture), ['Glass pipe', 'Kit 10', 'Condoms', 'Items…']));
  assert.ok(await up.evaluate((one) => one === document.activeElement), 'the focus went with what was moved');
  await saveAll(page);

  await pull(pad);
  await openPad(pad);
  await holds(async () => assert.deepEqual(await tiles(pad), await tiles(picture)));
  const drawn = (where) => where.locator('.tiles .tile path').first().getAttribute('d');
  assert.equal(await drawn(pad), await drawn(picture), 'with the same icon');
  await press(pad, 'Items…');
  await pad.getByText('Foil sheets', { exact: true }).first().waitFor();

  await press(page, 'Items');
  await entry(page, 'Glass pipe').click();
  assert.equal(await page.getByLabel('Code', { exact: true }).count(), 0, 'a saved code is fixed');
  await page.getByText('Fixed: earlier records count with it.').first().waitFor();
});

scenario('a retired item leaves the pad, and what was recorded with it keeps its name', 'demo', async ({ phone, desk }) => {
  const office = await desk();
  const page = await login(office, office.server.login('administrator'));
  const worker = await phone();
  const pad = await enrol(worker, await invite(page, 'grace'));
  await openPad(pad);
  await press(pad, 'Woman, 35–49');
  await press(pad, 'New');
  await press(pad, 'Foil');
  await save(pad);
  await syncEnded(pad);

  await open(page, 'Catalogue');
  await entry(page, 'Foil').click();
  await press(page, 'Retire');
  await page.locator('li.retired').getByText('Foil', { exact: true }).waitFor();
  await holds(async () => assert.ok(!(await tiles(page.locator('.cat-phone'))).includes('Foil')));
  await saveAll(page);
  await pull(pad);
  await openPad(pad);
  await holds(async () => assert.ok(!(await tiles(pad)).includes('Foil')));

  await open(page, 'Records');
  await page.getByRole('main').getByText('1 × Foil').first().waitFor();
});

const HOSTILE = [
  '<img src=x onerror="document.title=\'taken\'">',
  '<script>document.title = "taken"</script>',
  '[harmless](javascript:document.title="taken")',
  '[call](tel:0800123)',
].join('\n\n');

/** Holds that a page which shows the hostile card has nothing of it but its words and the number to call. */
async function inert(shown) {
  await shown.getByText('<img src=x onerror=').waitFor();
  const links = await shown.locator('.markdown a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  assert.deepEqual(links, ['tel:0800123']);
  assert.equal(await shown.locator('.markdown').locator('img, script, [onerror]').count(), 0);
}

scenario('a card with markup in it is words, in the preview and on the phone', 'demo', async ({ phone, desk }) => {
  const office = await desk();
  const page = await editor(office);
  await press(page, 'Guide cards');
  await page.getByLabel('New card').fill('House rules');
  await press(page, 'Add');
  await text(page, 'Text').fill(HOSTILE);
  await inert(page.locator('.cat-phone'));
  await saveAll(page);


  const worker = await phone();
  const pad = await enrol(worker);
  await press(pad, 'Guide');
  await press(pad, 'Cards');
  await press(pad, 'House rules');
  await inert(pad.getByRole('article'));
  for (const one of [page, pad]) assert.ok(!(await one.title()).includes('taken'));
});

scenario('two administrators at once: nobody loses anything', 'demo', async ({ server, desk }) => {
  const office = await desk();
  office.expect(/status of 409 .*\/api\/v1\/catalogue\)/);
  const page = await editor(office);
  await entry(page, 'Foil').click();
  await text(page, 'Name').fill('My foil');
  await page.getByLabel('Quick quantities').fill('2, 4');

  const address = `${server.address}/api/v1/catalogue`;
  const headers = { authorization: `Bearer ${await server.token('administrator')}`, 'content-type': 'application/json' };
  const theirs = await (await fetch(address, { headers })).json();
  theirs.items.find(({ code }) => code === 'foil').label.en = 'Their foil';
  theirs.items.find(({ code }) => code === 'pipe').label.en = 'Their pipe';
  const answer = await fetch(address, { method: 'PUT', headers, body: JSON.stringify(theirs) });
  assert.equal(answer.status, 200, await answer.text());

  await press(page, 'Save');
  await page.getByText('Somebody else saved the catalogue').waitFor();
  await page.getByText('Items, Their pipe: name').waitFor();
  assert.equal(await text(page, 'Name').inputValue(), 'My foil', 'what was typed stays');
  await press(page, 'Put my changes on top');
  await page.getByText('Items, My foil: name. Theirs: Their foil').waitFor();
  await saveAll(page);
  const both = await (await fetch(address, { headers })).json();
  const item = (code) => both.items.find((one) => one.code === code);
  assert.deepEqual([item('foil').label.en, item('foil').quick, item('pipe').label.en], ['My foil', [2, 4], 'Their pipe']);
});

scenario('what the server refuses is listed and leads to its field; leaving with changes asks', 'demo', async ({ desk }) => {
  const office = await desk();
  office.expect(/status of 4\d\d .*\/api\/v1\/catalogue\)/);
  const page = await editor(office);
  await entry(page, 'Cooker').click();
  for (const input of await page.getByRole('group', { name: 'Name', exact: true }).getByRole('textbox').all()) await input.fill('');
  await press(page, 'Programme');
  await page.getByLabel('Name on phones').fill('');
  await press(page, 'Save');
  await page.getByText('It is not saved yet: 2 fields need a look.').waitFor();
  assert.deepEqual(await office.axe(), [], 'with errors');
  await page.getByRole('button', { name: /^Items, cooker, name: This is needed/ }).click();
  const name = text(page, 'Name');
  await holds(async () => assert.ok(await name.evaluate((one) => one === document.activeElement)));
  assert.equal(await name.getAttribute('aria-invalid'), 'true');

  page.once('dialog', (dialog) => dialog.dismiss());
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Audit' }).click();
  await name.fill('Pot');
  await press(page, 'Programme');
  await page.getByLabel('Name on phones').fill('Harbour');
  await page.getByLabel('Currency').fill('kes');
  await saveAll(page);
  await open(page, 'Audit');
});

scenario('labels in several languages: the preview speaks each, and falls back', 'demo', async ({ desk }) => {
  const office = await desk();
  const page = await editor(office);
  await entry(page, 'Foil').click();
  const arabic = text(page, 'Name', 'العربية');
  const before = await arabic.inputValue();
  const picture = page.locator('.cat-phone');
  await page.getByRole('complementary', { name: 'Preview' }).getByLabel('Language').selectOption('ar');
  await holds(async () => assert.equal(await picture.getAttribute('dir'), 'rtl'));
  await holds(async () => assert.ok((await tiles(picture)).includes(before)));
  await arabic.fill('');
  assert.equal(await arabic.getAttribute('placeholder'), 'Foil');
  await holds(async () => assert.ok((await tiles(picture)).includes('Foil')));
  await arabic.fill('ورق');
  await holds(async () => assert.ok((await tiles(picture)).includes('ورق')));
  await press(page, 'Discard');
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await holds(async () => assert.ok((await tiles(picture)).includes(before)));
});

const PARTS = ['Items', 'Kits', 'Services', 'Providers', 'Places', 'Topics', 'Lists', 'Guide cards', 'The pad', 'Programme'];

for (const [name, options] of [['a laptop', {}], ['a phone, dark', { size: PHONE, colorScheme: 'dark' }]]) {
  scenario(`axe finds nothing in any section on ${name}`, 'demo', async ({ desk }) => {
    const office = await desk(options);
    const page = await editor(office);
    for (const part of PARTS) {
      if (options.size) await page.getByLabel('Section').selectOption(part);
      else await press(page.getByRole('navigation', { name: 'Section' }), part);
      const first = page.locator('button.cat-row-open').first();
      if ((await first.count()) > 0) await first.click();
      const icon = page.locator('.cat-icon-now');
      if ((await icon.count()) > 0) await icon.click();
      assert.deepEqual(await office.axe(), [], part);
      if (!options.size) continue;
      await press(page, 'Preview');
      await page.getByRole('dialog', { name: 'Preview' }).waitFor();
      assert.deepEqual(await office.axe(), [], `the preview of ${part}`);
      await press(page.getByRole('dialog'), 'Done');
    }
  });
}
