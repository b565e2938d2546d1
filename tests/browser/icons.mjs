// Draws the PNG icons of the app from `pwa/public/icon.svg`: with its round corners, and filled to the edges where the platform cuts its own shape.

import { readFile } from 'node:fs/promises';
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

const drawing = await readFile(path.join(PUBLIC, 'icon.svg'), 'utf8');
const browser = await engine.launch({ executablePath: chromium(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const [name, size, filled] of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const svg = filled ? drawing.replace(/ rx="\d+"/, '') : drawing;
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    await page.screenshot({ path: path.join(PUBLIC, name), omitBackground: true });
    await page.close();
    console.log(`pwa/public/${name}`);
  }
} finally {
  await browser.close();
}
