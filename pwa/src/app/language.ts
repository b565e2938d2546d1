// The phone's language: what it starts in, and changing it. A language is kept as a setting only once its texts are here.
import { LANGUAGES, spokenOf } from "../i18n/languages";
import { load } from "../i18n/phone";
import { setSettings } from "./actions";

/** Loads the texts that the screens start with: the language that was chosen, else the browser's, else any that can be had now. */
export async function speakFirst(chosen: string | undefined): Promise<void> {
  const first = spokenOf([chosen, ...navigator.languages]);
  for (const tag of new Set([first, ...Object.keys(LANGUAGES)])) {
    try {
      await load(tag);
      return;
    } catch {
      // Not on this phone and no network: the next one.
    }
  }
}

/** Changes the language; false when its texts can't be had now, and nothing has changed. */
export async function speak(tag: string): Promise<boolean> {
  try {
    await load(tag);
  } catch {
    return false;
  }
  // A store that takes nothing is told of elsewhere; the screen speaks the language all the same.
  await setSettings({ lang: tag }).catch(() => undefined);
  return true;
}
