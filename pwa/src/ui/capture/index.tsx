// The phone: draws the screen that the state names.
import { effect } from "@preact/signals";
import { render } from "preact";
import type { JSX } from "preact";
import { closePad } from "../../app/actions";
import { followBackKey, makeStep } from "../../app/back";
import { watchExit } from "../../app/exit";
import { leave } from "../../app/forms";
import { watchInstall } from "../../app/install";
import { start } from "../../app/start";
import { form, hidden, isShort, locked, phase, view } from "../../app/state";
import { followSettings } from "../../app/theme";
import { registerWorker } from "../../app/update";
import { appName } from "../../app/name";
import { t } from "../../i18n/phone";
import { Banner } from "../kit/Card";
import "./capture.css";
import { Enrol } from "./Enrol";
import { FormScreen } from "./forms/FormScreen";
import { Guide } from "./Guide";
import { Hidden } from "./Hidden";
import { Me } from "./Me";
import { onDemand } from "./onDemand";
import { Pad } from "./Pad";
import { Referrals } from "./Referrals";
import { Today } from "./Today";
import { Welcome } from "./Welcome";
import { Wiped } from "./Wiped";

function Screen(): JSX.Element | null {
  if (hidden.value) return <Hidden />;
  switch (phase.value) {
    case "starting":
      return null;
    case "no_store":
      return (
        <main class="page">
          <Banner kind="danger">{t("no_store", { app: appName() })}</Banner>
        </main>
      );
    case "enrol":
      return <Enrol />;
    case "welcome":
      return <Welcome />;
    case "wiped":
      return <Wiped />;
    case "ready":
      return <InUse />;
  }
}

const LockScreen = onDemand(() => import("./lock").then((parts) => parts.LockScreen));

function InUse(): JSX.Element | null {
  // Behind the lock there is the pad and nothing else.
  if (locked.value && view.value !== "pad") return <LockScreen />;
  switch (view.value) {
    case "pad":
      return <Pad />;
    case "form":
      return <FormScreen />;
    case "referrals":
      return <Referrals />;
    case "guide":
      return <Guide />;
    case "today":
      return <Today />;
    case "me":
      return <Me />;
  }
}

/** Leaves the pad or the form that is open; answers whether one was. From the neutral page no step back leads to the form behind it. */
function closeForm(): boolean {
  if (view.value !== "pad" && view.value !== "form") return false;
  if (hidden.value) return true;
  if (view.value === "pad" || isShort(form.value)) closePad();
  else leave();
  return true;
}

/** Starts the phone in the page. */
export async function startPhone(root: HTMLElement): Promise<void> {
  watchInstall();
  followSettings();
  followBackKey(closeForm);
  watchExit();
  render(<Screen />, root);
  await start();
  // Made now, or when the phone has been set up, so that its time says nothing of a form.
  effect(() => {
    if (phase.value === "ready") makeStep();
  });
  await registerWorker().catch(() => undefined);
}
