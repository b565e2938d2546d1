// Draws the PNG icons of the app and of each neutral skin from its `icon.svg`: with its round corners, and filled to the edges where the platform
// cuts its own shape.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { chromium as engine } from 'playwright-core';

import { chromium, ROOT } from './lib/paths.mjs';

const PUBLIC = path.join(ROOT, 'pwa', 'public');

// Name, size, and whether it fills its square.
const ICONS = [
  ['icon-192.png', 192, false],
  ['icon-512.png', 512, false],
  ['icon-maskable-512.png', 512, true],
  ['apple-touch-icon.png', 180, true],
];

/** The folders with a drawing: the app's own, and one for each skin. */
async function folders() {
  const skins = await readdir(path.join(PUBLIC, 'skins'));
  return [PUBLIC, ...skins.map((name) => path.join(PUBLIC, 'skins', name))];
}

async function draw(browser, folder) {
  const drawing = await readFile(path.join(folder, 'icon.svg'), 'utf8');
  for (const [name, size, filled] of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const svg = filled ? drawing.replace(/ rx="\d+"/, '') : drawing;
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    const file = path.join(folder, name);
    await page.screenshot({ path: file, omitBackground: true });
    await page.close();
    console.log(path.relative(ROOT, file));
  }
}

const browser = await engine.launch({ executablePath: chromium(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const folder of await folders()) await draw(browser, folder);
} finally {
  await browser.close();
}
