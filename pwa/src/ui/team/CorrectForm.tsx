// The whole contact as a form, with the reason for the correction. When the record moved on in the meantime, the
// form says what changed and keeps what was typed.
import { useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { changed, contactOf, correctionOf, draftOf, problemsOf, rebased, type Draft, type FieldName } from "../../domain/console/correction";
import type { Contact, Injects, Mode, RecordView, Returning, Setting } from "../../generated/contract";
import { t } from "../../i18n/console";
import { ApiError, api } from "../../sync/console-api";
import { list } from "../console/format";
import { Reason, Tick } from "../console/inputs";
import { useSend } from "../console/load";
import { codeText, fieldValue } from "../console/names";
import { Page } from "../console/Page";
import { Trouble, fieldErrors } from "../console/problem";
import { useUnsaved } from "../console/router";
import { session } from "../console/session";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Field, Select } from "../kit/Field";
import { Lines, Referrals, Tests } from "./CorrectParts";
import { findRecord } from "./find";
import { choices, errorAt, type PartProps } from "./parts";
import type { Setup } from "./Records";

interface Props {
  record: RecordView;
  contact: Contact;
  setup: Setup;
  onCancel: () => void;
  onSaved: (record: RecordView) => void;
}

/** A version of the record. */
interface Version {
  record: RecordView;
  contact: Contact;
}

const MODES: readonly Mode[] = ["with_staff", "pair", "alone"];
const SETTINGS: readonly Setting[] = ["street", "mobile", "drop_in", "home_visit", "event", "other"];
const RETURNING: readonly Returning[] = ["new", "returning", "not_asked"];
const INJECTS: readonly Injects[] = ["yes", "assumed", "no", "not_asked"];

function Where({ draft, set, catalogue, errors, setup }: PartProps & { setup: Setup }): JSX.Element {
  const peers = setup.workers.filter((worker) => worker.role === "peer" || worker.id === draft.worker).map((worker): [string, string] => [worker.id, worker.handle]);
  return (
    <fieldset class="group">
      <legend>{t("group_where")}</legend>
      <div class="pair">
        <Field label={t("field_service_date")} type="date" value={draft.service_date} max={session.value?.today ?? ""} onText={(service_date) => set({ service_date })} error={errorAt(errors, "service_date")} />
        <Select label={t("field_worker")} value={draft.worker} options={peers} onChoose={(worker) => set({ worker })} />
        <Select label={t("field_site")} value={draft.site} options={choices(catalogue.sites, [draft.site])} onChoose={(site) => set({ site })} />
        <Select label={t("field_mode")} value={draft.mode} options={MODES.map((mode) => [mode, t(`mode_${mode}`)])} onChoose={(mode) => set({ mode: mode as Mode })} />
        <Select label={t("field_setting")} value={draft.setting} options={SETTINGS.map((one) => [one, t(`setting_${one}`)])} onChoose={(setting) => set({ setting: setting as Setting })} />
      </div>
    </fieldset>
  );
}

function Who({ draft, set, catalogue, errors, code }: PartProps & { code: string }): JSX.Element {
  return (
    <fieldset class="group">
      <legend>{t("group_who")}</legend>
      <div class="pair">
        <Select label={t("field_gender")} value={draft.gender} options={choices(catalogue.genders, [draft.gender])} onChoose={(gender) => set({ gender })} />
        <Select label={t("field_age_band")} value={draft.age_band} options={choices(catalogue.age_bands, [draft.age_band])} onChoose={(age_band) => set({ age_band })} />
        <Select label={t("field_returning")} value={draft.returning} options={RETURNING.map((one) => [one, t(`returning_${one}`)])} onChoose={(returning) => set({ returning: returning as Returning })} />
        <Select label={t("field_injects")} value={draft.injects} options={INJECTS.map((one) => [one, t(`injects_${one}`)])} onChoose={(injects) => set({ injects: injects as Injects })} />
        <Field label={t("field_for_others")} value={draft.for_others} inputMode="numeric" maxLength={2} onText={(for_others) => set({ for_others })} error={errorAt(errors, "for_others")} />
        <p>
          <strong>{t("field_code")}</strong>
          <br />
          {code}
        </p>
      </div>
    </fieldset>
  );
}

function Talk({ draft, set, catalogue }: PartProps): JSX.Element {
  const toggle = (name: "topics" | "unmet", code: string) => (on: boolean) =>
    set({ [name]: on ? [...draft[name], code] : draft[name].filter((one) => one !== code) });
  const groups = [
    ["topics", catalogue.topics],
    ["unmet", catalogue.items],
  ] as const;
  return (
    <>
      {groups.map(([name, entries]) => (
        <fieldset class="group" key={name}>
          <legend>{t(`field_${name}`)}</legend>
          <div class="ticks">
            {choices(entries, draft[name]).map(([code, text]) => (
              <Tick key={code} label={text} checked={draft[name].includes(code)} onChange={toggle(name, code)} />
            ))}
          </div>
        </fieldset>
      ))}
    </>
  );
}

/** What somebody else changed since the form was opened. */
function Moved({ fields, latest: { record, contact: latest }, setup, onTake }: { fields: FieldName[]; latest: Version; setup: Setup; onTake: () => void }): JSX.Element {
  return (
    <Banner kind="warn">
      <p>
        <strong>{t("moved_title", { author: record.author })}</strong>
      </p>
      {record.void && <p>{t("moved_removed")}</p>}
      {fields.length > 0 && (
        <ul>
          {fields.map((field) => (
            <li key={field}>{t("moved_field", { field: t(`field_${field}`), value: fieldValue(setup.catalogue, latest, field, setup.handles) })}</li>
          ))}
        </ul>
      )}
      <p>{t("moved_help")}</p>
      <Button onClick={onTake}>{t("moved_take")}</Button>
    </Banner>
  );
}

function useCorrection({ record, contact, setup, onSaved }: Props) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(contact));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [latest, setLatest] = useState<Version | undefined>(undefined);
  const [moved, setMoved] = useState<FieldName[]>([]);
  const sending = useSend();
  const base = latest ?? { record, contact };
  const version = setup.catalogue.version;
  const fields = changed(base.contact, contactOf(draft, version));
  const wrong = problemsOf(draft, reason, session.value?.today ?? "9999-12-31");
  useUnsaved((fields.length > 0 || reason !== "") && !sending.busy);
  const catchUp = async (): Promise<void> => {
    const now = await findRecord(record.id, contact.service_date);
    if (now?.record.kind !== "contact") return;
    setMoved(changed(base.contact, now.record.body));
    setDraft(rebased(base.contact, now.record.body, draft, version));
    setLatest({ record: now, contact: now.record.body });
  };
  const submit = async (): Promise<void> => {
    setTried(true);
    if (wrong.length > 0 || (fields.length === 0 && !base.record.void)) return;
    let corrected: RecordView | undefined;
    await sending.send(async () => {
      try {
        corrected = await api.correct(record.id, correctionOf(draft, version, base.record.rev, reason));
      } catch (error) {
        if (error instanceof ApiError && error.status === 409) await catchUp();
        throw error;
      }
    });
    if (corrected !== undefined) onSaved(corrected);
  };
  const errors = tried ? [...wrong, ...fieldErrors(sending.error)] : [];
  const nothing = tried && fields.length === 0 && !base.record.void;
  return { draft, setDraft, reason, setReason, latest, moved, sending, fields, errors, nothing, submit };
}

/** The form. */
export function CorrectForm(props: Props): JSX.Element {
  const { record, setup, onCancel } = props;
  const form = useCorrection(props);
  const top = useRef<HTMLDivElement>(null);
  const { draft, errors, sending, latest } = form;
  const part: PartProps = { draft, set: (change) => form.setDraft({ ...draft, ...change }), catalogue: setup.catalogue, errors };
  const conflict = sending.error instanceof ApiError && sending.error.status === 409 && latest !== undefined;
  const take = (): void => {
    if (latest !== undefined) form.setDraft(draftOf(latest.contact));
    sending.clear();
  };
  return (
    <Page title={t("correct_title")} under={t("correct_under", { handle: record.handle })}>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit().then(() => top.current?.scrollIntoView({ block: "nearest" }));
        }}
      >
        <div ref={top}>
          {conflict ? (
            <Moved fields={form.moved} latest={latest} setup={setup} onTake={take} />
          ) : (
            sending.error !== undefined && <Trouble error={sending.error} />
          )}
          {errors.length > 0 && <Banner kind="danger">{t("form_errors", { n: errors.length })}</Banner>}
          {form.nothing && <Banner kind="info">{t("nothing_changed")}</Banner>}
        </div>
        <Where {...part} setup={setup} />
        <Who {...part} code={codeText(record, props.contact)} />
        <Lines {...part} />
        <Referrals {...part} />
        <Talk {...part} />
        <Tests {...part} />
        {form.fields.length > 0 && <p role="status">{t("will_change", { fields: list(form.fields.map((field) => t(`field_${field}`))) })}</p>}
        <Reason value={form.reason} onText={form.setReason} hint={t("reason_help")} error={errorAt(errors, "reason")} />
        <div class="actions">
          <Button type="submit" look="primary" disabled={sending.busy}>
            {sending.busy ? t("sending") : t("save_correction")}
          </Button>
          <Button onClick={onCancel}>{t("cancel")}</Button>
        </div>
      </form>
    </Page>
  );
}
