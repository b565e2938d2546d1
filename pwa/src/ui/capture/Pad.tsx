// The contact pad: one screen at 360 × 640, no keyboard but for a code, and a Save that nothing blocks.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue } from "../../generated/contract";
import { closePad } from "../../app/actions";
import * as state from "../../app/state";
import { tapReturning } from "../../domain/draft";
import { clock, date, label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import "../kit/pad.css";
import { SaveTrouble } from "./copy/SaveCopy";
import { ExitButton } from "./ExitButton";
import { Grid } from "./Grid";
import { MoreSheet } from "./MoreSheet";
import { Asked, useQuestions, type Question } from "./questions";
import { ReferralRow, StepperRow, SyringeRow, TileRow } from "./Quantities";

/** Which contact it is, or of when it was where it is corrected. Behind the lock no count is shown. */
function padTitle(): string {
  const { time } = state.correcting.value ?? {};
  if (time !== undefined) return t("list_entry", { time: clock(time) });
  return state.locked.value ? t("contact_button") : t("contact_n", { n: state.figures.value.contacts + 1 });
}

/** The code's field, in the head's place while it is typed into. What is typed is sealed with the contact and kept nowhere. */
function CodeField({ onClose }: { onClose: () => void }): JSX.Element {
  const { code, codeRefused } = state.draft.value;
  const focus = (input: HTMLInputElement | null): void => input?.focus();
  return (
    <form
      class="code-field"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h1 class="hide-text">{padTitle()}</h1>
      <input
        ref={focus}
        type="text"
        aria-label={t("code_field")}
        placeholder={t("code")}
        autocomplete="off"
        autocapitalize="off"
        autocorrect="off"
        spellcheck={false}
        maxLength={64}
        dir="ltr"
        value={code}
        onInput={(event) => (state.draft.value = { ...state.draft.value, code: event.currentTarget.value, codeRefused: false })}
      />
      <Button
        pressed={codeRefused}
        onClick={() => {
          state.draft.value = { ...state.draft.value, code: "", codeRefused: !codeRefused };
          onClose();
        }}
      >
        {t("code_refused")}
      </Button>
      <Button type="submit" icon="check" label={t("done")} />
    </form>
  );
}

function Head({ onMore }: { onMore: () => void }): JSX.Element {
  const [typing, setTyping] = useState(false);
  const { code, codeRefused } = state.draft.value;
  const here = state.place.value;
  const site = state.catalogue.value?.sites.find((one) => one.code === here?.site);
  const day = state.correcting.value === undefined ? state.chosenDay.value : undefined;
  if (typing) return <CodeField onClose={() => setTyping(false)} />;
  return (
    <header class="pad-head">
      <Button icon="close" label={t("close")} onClick={closePad} />
      <div class="pad-title">
        <h1>{padTitle()}</h1>
        <p class={day === undefined ? "muted small" : "other-day small"}>
          {day === undefined ? "" : `${date(day, { day: "numeric", month: "short" })} · `}
          {site === undefined ? "" : label(site.label)}
        </p>
      </div>
      <Button onClick={onMore}>{t("more")}</Button>
      <Button pressed={code !== "" || codeRefused ? true : undefined} onClick={() => setTyping(true)}>
        {code !== "" ? t("code_set") : codeRefused ? t("code_refused") : t("code")}
      </Button>
      <ExitButton />
    </header>
  );
}

function ReturningRow(): JSX.Element {
  const { returning } = state.draft.value;
  const tap = (one: "new" | "returning" | "not_asked"): void => {
    state.draft.value = tapReturning(state.draft.value, one);
  };
  return (
    <div class="pad-row returning" role="group" aria-label={t("returning_label")}>
      <Button pressed={returning === "new"} onClick={() => tap("new")}>
        {t("new")}
      </Button>
      <Button pressed={returning === "returning"} onClick={() => tap("returning")}>
        {t("returning")}
      </Button>
      <Button pressed={returning === "not_asked"} label={t("not_asked")} onClick={() => tap("not_asked")}>
        ?
      </Button>
    </div>
  );
}

/** The line above Save: what went wrong, what is asked, or what to do when somebody is under 18. */
function Hint({ catalogue, asked }: { catalogue: Catalogue; asked: readonly Question[] }): JSX.Element {
  const band = catalogue.age_bands.find((one) => one.code === state.draft.value.ageBand);
  return (
    <div class="hint" aria-live="polite">
      <SaveTrouble />
      <Asked asked={asked} />
      {asked.length === 0 && band?.minor === true && <Banner kind="info">{label(catalogue.pad.minor_notice ?? {})}</Banner>}
    </div>
  );
}

/** Save, apart from the pad: its change while saving draws nothing else anew. */
function SaveButton({ asks, onTap }: { asks: boolean; onTap: () => void }): JSX.Element {
  return (
    <Button look="big primary" disabled={state.saving.value} onClick={onTap}>
      {state.saving.value ? t("saving") : asks ? t("save_anyway") : t("save")}
    </Button>
  );
}

/** The pad. */
export function Pad(): JSX.Element | null {
  const [more, setMore] = useState(false);
  const catalogue = state.catalogue.value;
  const { asked, onSave } = useQuestions(catalogue);
  if (catalogue === undefined) return null;
  return (
    <main class="pad">
      <Head onMore={() => setMore(true)} />
      <div class="pad-body">
        <Grid catalogue={catalogue} />
        <ReturningRow />
        <SyringeRow catalogue={catalogue} />
        <StepperRow catalogue={catalogue} />
        <TileRow catalogue={catalogue} />
        <ReferralRow catalogue={catalogue} />
        <Hint catalogue={catalogue} asked={asked} />
      </div>
      <footer class="pad-foot">
        <SaveButton asks={asked.length > 0} onTap={onSave} />
      </footer>
      {more && <MoreSheet catalogue={catalogue} onClose={() => setMore(false)} />}
    </main>
  );
}
