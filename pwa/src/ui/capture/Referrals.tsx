// Referrals: the open slips, each with what became of it in two taps, and a referral outside a contact.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue } from "../../generated/contract";
import { openForm, openTab } from "../../app/forms";
import { saveOutcome } from "../../app/referrals";
import * as state from "../../app/state";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Bar } from "./Bar";
import { SaveTrouble } from "./copy/SaveCopy";
import { SlipCard, SlipSheet } from "./Slips";
import "./tabs.css";
import { Notice } from "./today/Notices";

function List({ catalogue, inert, onShow }: { catalogue: Catalogue; inert: boolean; onShow: (slip: string) => void }): JSX.Element {
  const [open, setOpen] = useState<string | undefined>(undefined);
  if (state.slips.value.length === 0) return <p class="muted">{t("slips_none")}</p>;
  return (
    <ul class="stack">
      {state.slips.value.map((one) => (
        <SlipCard
          key={one.slip}
          slip={one}
          catalogue={catalogue}
          open={open === one.slip}
          inert={inert}
          onToggle={() => setOpen(open === one.slip ? undefined : one.slip)}
          onShow={() => onShow(one.slip)}
          onOutcome={(status, source) => {
            setOpen(undefined);
            void saveOutcome(one, status, source);
          }}
        />
      ))}
    </ul>
  );
}

/** The screen. */
export function Referrals(): JSX.Element | null {
  const [shown, setShown] = useState<string | undefined>(undefined);
  const catalogue = state.catalogue.value;
  if (catalogue === undefined) return null;
  const slip = state.slips.value.find((one) => one.slip === shown);
  // Before the first shift there is no place that a record could name.
  const inert = state.place.value === undefined;
  return (
    <main class="page with-bar">
      <h1>{t("referrals")}</h1>
      {inert && (
        <div class="notice under">
          <span>{t("slips_place")}</span>
          <Button icon="today" onClick={() => openTab("today")}>
            {t("today")}
          </Button>
        </div>
      )}
      <List catalogue={catalogue} inert={inert} onShow={setShown} />
      <div class="grow" />
      <div class="tab-foot">
        <SaveTrouble />
        <Notice />
        <Button look="big primary" icon="plus" disabled={inert} onClick={() => openForm("referral")}>
          {t("new_referral")}
        </Button>
        <Bar />
      </div>
      {slip !== undefined && <SlipSheet slip={slip} catalogue={catalogue} onClose={() => setShown(undefined)} />}
    </main>
  );
}
