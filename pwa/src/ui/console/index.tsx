// Entry of the console: its texts, who is logged in, and what they see.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import { render } from "preact";
import { t } from "../../i18n/console";
import "./frame.css";
import "./page.css";
import "./print.css";
import { Join, takeCode } from "./Join";
import { speakFirst } from "./language";
import { Login } from "./Login";
import { followWidth } from "./Page";
import { Trouble } from "./problem";
import { listen, path } from "./router";
import { Shell } from "./Shell";
import { session, whoAmI } from "./session";

function Console(): JSX.Element {
  const [error, setError] = useState<unknown>(undefined);
  const ask = (): void => {
    setError(undefined);
    whoAmI().catch(setError);
  };
  useEffect(ask, []);
  if (path() === "/console/join") return <Join />;
  if (session.value === null) return <Login />;
  if (session.value !== undefined) return <Shell />;
  return (
    <main class="door">
      {error === undefined ? (
        <p class="waiting" role="status">
          {t("loading")}
        </p>
      ) : (
        <Trouble error={error} again={ask} />
      )}
    </main>
  );
}

/** Dark or light as the person's system is set. */
function followTheme(): void {
  const query = window.matchMedia("(prefers-color-scheme: dark)");
  const take = (): void => {
    document.documentElement.dataset["theme"] = query.matches ? "dark" : "light";
  };
  take();
  query.addEventListener("change", take);
}

/** Draws the console into the page. */
export async function start(root: HTMLElement): Promise<void> {
  takeCode();
  followTheme();
  followWidth();
  await speakFirst();
  listen();
  render(<Console />, root);
}
