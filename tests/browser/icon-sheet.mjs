// A sheet with every icon at three sizes and its name, to be looked at: `node icon-sheet.mjs sheet.png`. An icon must be readable without the name.

import { readFile } from 'node:fs/promises';

import { chromium as engine } from 'playwright-core';

import { chromium } from './lib/paths.mjs';

const [file = 'icons.png', theme = 'dark'] = process.argv.slice(2);
const source = await readFile(new URL('../../pwa/src/ui/kit/icons.ts', import.meta.url), 'utf8');
const icons = [...source.matchAll(/^ {2}(\w+): "([^"]+)"/gm)];
const svg = (path, size) => `<svg width="${size}" height="${size}" viewBox="0 0 24 24"><path d="${path}"/></svg>`;
const cells = icons.map(([, name, path]) => `<figure>${[48, 32, 24].map((size) => svg(path, size)).join('')}<figcaption>${name}</figcaption></figure>`);
const [ground, ink] = theme === 'dark' ? ['#0f1416', '#f0f5f4'] : ['#f4f6f4', '#0d1a16'];
const browser = await engine.launch({ executablePath: chromium(), args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.setContent(`<style>
  body { display: grid; grid-template-columns: repeat(8, 1fr); gap: 12px; margin: 12px; background: ${ground}; color: ${ink}; font: 14px sans-serif }
  figure { margin: 0 } figcaption { color: inherit }
  svg { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; margin-right: 6px; vertical-align: bottom }
</style>${cells.join('')}`);
await page.screenshot({ path: file, fullPage: true });
await browser.close();
console.log(`${icons.length} icons: ${file}`);
