// The form that plans a shift for one worker or several who go out together.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { ENUMS } from "../../domain/console/enums";
import { modeOf, planOf, planProblems, type PlanDraft } from "../../domain/console/shifts";
import { addDays } from "../../domain/dates";
import type { FieldError, Mode, Setting, WorkerView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { Tick } from "../console/inputs";
import { useSend } from "../console/load";
import { fieldLabel } from "../console/names";
import { Trouble, fieldErrors } from "../console/problem";
import { Link, useUnsaved } from "../console/router";
import { session } from "../console/session";
import { Button } from "../kit/Button";
import { Card } from "../kit/Card";
import { Field, Select } from "../kit/Field";
import { choices, errorAt } from "./FieldInput";
import type { Setup } from "./setup";

interface Props {
  setup: Setup;
  day: string;
  onCancel: () => void;
  onPlanned: (day: string, workers: number) => void;
}

interface PartProps {
  draft: PlanDraft;
  set: (change: Partial<PlanDraft>) => void;
  errors: readonly FieldError[];
}

function Who({ draft, set, errors, peers }: PartProps & { peers: WorkerView[] }): JSX.Element {
  const error = errorAt(errors, "workers", true);
  return (
    <fieldset class="group">
      <legend>{fieldLabel("workers")}</legend>
      {peers.length === 0 && (
        <p>
          {t("plan_nobody")} <Link to="/console/people">{t("page_people")}</Link>
        </p>
      )}
      <div class="ticks">
        {peers.map((worker) => (
          <Tick
            key={worker.id}
            label={worker.status === "break" ? t("with_note", { what: worker.handle, note: t("status_break") }) : worker.handle}
            checked={draft.workers.includes(worker.id)}
            onChange={(on) => set({ workers: on ? [...draft.workers, worker.id] : draft.workers.filter((id) => id !== worker.id) })}
          />
        ))}
      </div>
      {error !== undefined && (
        <small class="error" role="alert">
          {error}
        </small>
      )}
    </fieldset>
  );
}

function WhenAndWhere({ draft, set, errors, setup }: PartProps & { setup: Setup }): JSX.Element {
  const today = session.value?.today ?? draft.day;
  return (
    <div class="pair">
      <Field label={fieldLabel("day")} type="date" value={draft.day} min={today} max={addDays(today, 365)} onText={(day) => set({ day })} error={errorAt(errors, "day")} />
      <Field label={t("from")} type="time" value={draft.from} onText={(from) => set({ from })} error={errorAt(errors, "from")} />
      <Field label={t("to")} type="time" value={draft.until} onText={(until) => set({ until })} error={errorAt(errors, "until")} hint={t("until_help")} />
      <Select label={fieldLabel("site")} value={draft.site} options={choices(setup.catalogue.sites, [])} onChoose={(site) => set({ site })} error={errorAt(errors, "site")} />
      <Select label={fieldLabel("mode")} value={modeOf(draft)} options={ENUMS.mode.map((mode) => [mode, t(`mode_${mode}`)])} onChoose={(mode) => set({ mode: mode as Mode })} />
      <Select label={fieldLabel("setting")} value={draft.setting} options={ENUMS.setting.map((one) => [one, t(`setting_${one}`)])} onChoose={(setting) => set({ setting: setting as Setting })} />
    </div>
  );
}

/** The form. */
export function Plan({ setup, day, onCancel, onPlanned }: Props): JSX.Element {
  const peers = setup.workers.filter((worker) => worker.role === "peer" && worker.status !== "left");
  const sites = setup.catalogue.sites.filter((site) => site.retired !== true);
  const [draft, setDraft] = useState<PlanDraft>({ workers: [], day, site: sites[0]?.code ?? "", mode: "", setting: "street", from: "", until: "" });
  const [tried, setTried] = useState(false);
  const sending = useSend();
  const wrong = planProblems(draft, session.value?.today ?? day);
  const errors = tried ? [...wrong, ...fieldErrors(sending.error)] : [];
  useUnsaved(draft.workers.length > 0 && !sending.busy);
  const part: PartProps = { draft, set: (change) => setDraft({ ...draft, ...change }), errors };
  const submit = async (): Promise<void> => {
    setTried(true);
    if (wrong.length > 0) return;
    if (await sending.send(() => api.planShifts(planOf(draft)))) onPlanned(draft.day, draft.workers.length);
  };
  return (
    <Card class="beside-print">
      <form
        class="form"
        noValidate
        aria-label={t("plan_shift")}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2>{t("plan_shift")}</h2>
        {sending.error !== undefined && <Trouble error={sending.error} />}
        <Who {...part} peers={peers} />
        <WhenAndWhere {...part} setup={setup} />
        <p class="muted">{t("plan_help")}</p>
        <div class="actions">
          <Button type="submit" look="primary" disabled={sending.busy}>
            {sending.busy ? t("sending") : t("plan_do")}
          </Button>
          <Button onClick={onCancel}>{t("cancel")}</Button>
        </div>
      </form>
    </Card>
  );
}
