// A page by its keyboard alone.

/** Name of what has the focus, as it is spoken. Runs in the page. */
function spoken() {
  const one = document.activeElement;
  return (one?.ariaLabel ?? one?.innerText ?? '').trim().replaceAll(/\s+/g, ' ');
}

/** How to press what the tabulator comes to. */
export function byKeys(page) {
  const focused = () => page.evaluate(spoken);
  return {
    focused,
    /** Goes on with the tabulator to a control of that name, and presses a key on it. */
    async press(name, key = 'Enter') {
      for (let n = 0; n < 120; n += 1) {
        if ((await focused()) === name) return page.keyboard.press(key);
        await page.keyboard.press('Tab');
      }
      throw new Error(`the tabulator never came to "${name}"`);
    },
  };
}

/** The ring around what has the focus. */
export function focusRing(page) {
  return page.evaluate(() => getComputedStyle(document.activeElement).outline);
}

/** Controls that the tabulator comes to on a page and that never show a ring. A part of a date has one of the browser's own. */
export async function ringless(page) {
  const stops = await page.locator('button:enabled:visible, input:visible, a[href]:visible').count();
  const [seen, missed] = [new Set(), new Set()];
  for (let n = 0; n <= stops; n += 1) {
    await page.keyboard.press('Tab');
    const [name, ring] = await page.evaluate(() => {
      const one = document.activeElement;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
      const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)|transparent/.test(outlineColor);
      return [one === document.body ? '' : `${one.tagName} ${one.ariaLabel ?? one.innerText}`.slice(0, 40), ring];
    });
    if (name !== '') (ring ? seen : missed).add(name);
  }
  return [...missed].filter((name) => !seen.has(name)).map((name) => `no ring: ${name}`);
}
