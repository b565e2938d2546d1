// Entry of the console.
import { render } from "preact";
import { load, t } from "../../i18n/console";

/** Draws the console into the page. */
export async function start(root: HTMLElement): Promise<void> {
  await load("en");
  document.documentElement.dataset["theme"] = "light";
  render(<h1>{t("title")}</h1>, root);
}
