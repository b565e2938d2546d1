// Whether a screen can be used by everybody: what axe says, and what it does not measure – targets, overflow, reach, motion.

/** A phone's screen, and what is left of it at 200 % zoom. */
export const SMALL = { width: 360, height: 640 };
const ZOOMED = { width: 180, height: 320 };

export const THEMES = ['dark', 'light', 'sun'];
/** The rules that a theme can break; all others judge what is the same in every theme. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];
const ENHANCED = 'color-contrast-enhanced';
/** Takes what is scrolled half under the bar for small; `misfits` asks for more and sees through it. */
const HALF_HIDDEN = 'target-size';
/** Longest movement, in ms. */
const QUICK = 150;

/**
 * What is wrong with the geometry of the page as it is: targets that are small or close, text that is cut, a page that is pushed sideways.
 * Runs in the page.
 */
function misfits({ least, big, apart }) {
  const top = [...document.querySelectorAll('[role="dialog"]')].at(-1) ?? document;
  const name = (one) => (one.ariaLabel ?? (one.innerText || one.placeholder || one.tagName)).trim().replaceAll(/\s+/g, ' ').slice(0, 40);
  const drawn = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.hide-text');
  const targets = [...top.querySelectorAll('button, a[href], input, select, textarea, summary, [role="button"], [role="switch"]')].filter(drawn);
  const found = [];

  const over = document.documentElement.scrollWidth - innerWidth;
  if (over > 0) found.push(`the page is ${over} px too wide`);

  const scrolls = (one) => /auto|scroll|hidden|clip/.test(getComputedStyle(one).overflow + getComputedStyle(one).overflowX);
  const up = (one, holds) => {
    for (let at = one.parentElement; at; at = at.parentElement) if (holds(at)) return at;
    return undefined;
  };
  const layerOf = (one) => up(one, (at) => /sticky|fixed/.test(getComputedStyle(at).position));
  const boxes = targets.map((one) => ({ one, box: one.getBoundingClientRect(), layer: layerOf(one), scroller: up(one, scrolls) }));
  for (const { one, box } of boxes) {
    const wanted = one.matches('.contact-button, .pad-foot .big') ? big : least;
    // A tenth of a pixel is the browser's rounding.
    if (box.width < least - 0.1 || box.height < wanted - 0.1) found.push(`small: ${name(one)} ${box.width.toFixed(1)}×${box.height.toFixed(1)}`);
  }
  boxes.forEach((a, n) => {
    for (const b of boxes.slice(n + 1)) {
      if (a.layer !== b.layer || a.scroller !== b.scroller || a.one.contains(b.one) || b.one.contains(a.one)) continue;
      const gap = Math.max(a.box.left - b.box.right, b.box.left - a.box.right, a.box.top - b.box.bottom, b.box.top - a.box.bottom);
      if (gap < apart - 0.1) found.push(`${gap.toFixed(1)} px apart: ${name(a.one)} | ${name(b.one)}`);
    }
  });

  const range = document.createRange();
  for (const { one, box } of boxes.filter(({ one }) => one.matches('button, a'))) {
    const words = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      if (words.currentNode.parentElement.closest('.hide-text') || words.currentNode.data.trim() === '') continue;
      range.selectNodeContents(words.currentNode);
      const text = range.getBoundingClientRect();
      const out = Math.max(box.left - text.left, text.right - box.right, box.top - text.top, text.bottom - box.bottom);
      if (out > 1) found.push(`text ${out.toFixed(1)} px outside: ${name(one)}`);
    }
  }
  for (const one of top.querySelectorAll('*')) {
    const { overflowX, textOverflow } = getComputedStyle(one);
    const cuts = textOverflow === 'ellipsis' || /hidden|clip/.test(overflowX);
    if (cuts && drawn(one) && one.childElementCount === 0 && one.scrollWidth > one.clientWidth + 1) found.push(`cut: ${name(one)}`);
  }
  return [...new Set(found)];
}

/** What cannot be scrolled to and hit in its middle. Runs in the page. */
function beyondReach() {
  const top = [...document.querySelectorAll('[role="dialog"]')].at(-1) ?? document;
  const found = [];
  for (const one of top.querySelectorAll('button, a[href], input, select, textarea')) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('.hide-text')) continue;
    one.scrollIntoView({ block: 'center', inline: 'center' });
    const { left, top: above, width, height } = one.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, above + height / 2);
    if (hit === null || !one.contains(hit)) found.push(`out of reach: ${one.ariaLabel ?? one.innerText}`);
  }
  scrollTo(0, 0);
  return found;
}

/** Elements that move, with how long; nothing when all movements are within `most` ms. Runs in the page. */
function movements(most) {
  const long = (times) => Math.max(...times.split(',').map((time) => parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000)));
  return [...document.querySelectorAll('*')].flatMap((one) => {
    const { transitionDuration, animationDuration, animationName } = getComputedStyle(one);
    const ms = Math.max(long(transitionDuration), animationName === 'none' ? 0 : long(animationDuration));
    return ms > most ? [`moves for ${ms} ms: ${one.tagName}.${one.className}`] : [];
  });
}

/** What is wrong with how the page moves, for those who want that and those who don't. */
async function restless(page) {
  const found = await page.evaluate(movements, QUICK);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  found.push(...(await page.evaluate(movements, 0)).map((line) => `reduced motion: ${line}`));
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  return found;
}

/** What is wrong with the page at twice its size. */
async function magnified(page, sizes) {
  const before = page.viewportSize();
  await page.setViewportSize(ZOOMED);
  const found = [...(await page.evaluate(misfits, sizes)), ...(await page.evaluate(beyondReach))];
  await page.setViewportSize(before);
  return found.map((line) => `200 %: ${line}`);
}

/** Draws the page in a theme, as its setting would. */
async function inTheme(page, theme) {
  await page.evaluate((one) => (document.documentElement.dataset.theme = one), theme);
}

/**
 * Everything that is wrong with a screen of the phone, in the given themes; nothing when it is fit for everybody.
 *
 * @param {import('./browser.mjs').Browser} browser
 * @param {string[]} themes
 */
export async function unfit(browser, themes = THEMES) {
  const { page } = browser;
  const sizes = { least: 44, big: 56, apart: 4 };
  const found = [];
  for (const [n, theme] of themes.entries()) {
    await inTheme(page, theme);
    const rules = n === 0 ? { also: [ENHANCED], without: [HALF_HIDDEN] } : { only: [...OF_COLOUR, ENHANCED] };
    const lines = [...(await browser.axe(page, rules)), ...(await page.evaluate(misfits, sizes)), ...(await magnified(page, sizes))];
    found.push(...lines.map((line) => `${theme}: ${line}`));
  }
  await inTheme(page, themes[0]);
  return [...found, ...(await restless(page))];
}

/** Everything that is wrong with a page of the console. */
export async function unfitPage(browser, page = browser.page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...(await browser.axe(page)), ...(over > 0 ? [`${over} px too wide`] : []), ...(await restless(page))];
}
