// The phone: draws the screen that the state names.
import { render } from "preact";
import type { JSX } from "preact";
import { closePad } from "../../app/actions";
import { start } from "../../app/start";
import { phase, view } from "../../app/state";
import { followSettings } from "../../app/theme";
import { registerWorker } from "../../app/update";
import { t } from "../../i18n/phone";
import { Banner } from "../kit/Card";
import "./capture.css";
import { Enrol } from "./Enrol";
import { Me } from "./Me";
import { Pad } from "./Pad";
import { Today } from "./Today";
import { Welcome } from "./Welcome";

function Screen(): JSX.Element | null {
  switch (phase.value) {
    case "starting":
      return null;
    case "no_store":
      return (
        <main class="page">
          <Banner kind="danger">{t("no_store")}</Banner>
        </main>
      );
    case "enrol":
      return <Enrol />;
    case "welcome":
      return <Welcome />;
    case "ready":
      if (view.value === "pad") return <Pad />;
      return view.value === "me" ? <Me /> : <Today />;
  }
}

/** The phone's back key leaves the pad, not the app. */
function followBackKey(): void {
  addEventListener("popstate", () => {
    if (view.value === "pad") closePad();
  });
}

/** Starts the phone in the page. */
export async function startPhone(root: HTMLElement): Promise<void> {
  followSettings();
  followBackKey();
  render(<Screen />, root);
  await start();
  await registerWorker().catch(() => undefined);
}
