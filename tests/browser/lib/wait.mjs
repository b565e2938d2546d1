// Waiting for what happens a moment later. Every wait has the same patience: long enough for a slow machine with other
// work, because a wait that succeeds costs nothing.

/** How long anything is waited for, in ms. */
export const PATIENCE = 15_000;

const PAUSE_MS = 50;

/** A short rest between two looks. */
export function pause() {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

/** Makes a check until it holds; fails with what the last look found. For values that a page has a moment after a tap. */
export async function holds(check, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await pause();
  }
}
