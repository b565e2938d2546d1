// The stub of an incident: what happened and how bad; everything else may stay open for the supervisor.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Affects, Catalogue } from "../../../generated/contract";
import { commonNow, saveRecord } from "../../../app/records";
import { incidentOf, NO_INCIDENT, type IncidentTaps, type Severity } from "../../../domain/forms/incident";
import { t } from "../../../i18n/phone";
import { OneOf, SomeOf } from "./asks";
import { FormPage } from "./FormPage";

const SEVERITIES: readonly (readonly [Severity, string])[] = [
  ["1", "level_1"],
  ["2", "level_2"],
  ["3", "level_3"],
];
const AFFECTS: readonly (readonly [Affects, string])[] = [
  ["worker", "me"],
  ["participant", "person"],
  ["group", "people"],
];

function missing({ kinds, severity }: IncidentTaps): string | undefined {
  if (kinds.length === 0) return t("incident_missing_kind");
  return severity === undefined ? t("incident_missing_severity") : undefined;
}

/** The form. */
export function Incident({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const [taps, setTaps] = useState(NO_INCIDENT);
  const onTap = (change: Partial<IncidentTaps>): void => setTaps((before) => ({ ...before, ...change }));
  const save = (): void => {
    const common = commonNow();
    const record = common === undefined ? undefined : incidentOf(taps, common);
    if (record !== undefined) void saveRecord(record);
  };
  return (
    <FormPage title={t("incident_title")} about={t("incident_about")} onSave={save} missing={missing(taps)}>
      <div class="asks">
        <SomeOf name={t("ask_kind")} list="incident_kinds" choices={catalogue.incident_kinds ?? []} chosen={taps.kinds} onChoose={(kinds) => onTap({ kinds })} />
        <OneOf name={t("ask_severity")} answers={SEVERITIES} chosen={taps.severity} words={(one) => t(`severity_${one}`)} onChoose={(severity) => onTap({ severity })} />
        <OneOf name={t("ask_affects")} answers={AFFECTS} chosen={taps.affects} words={(one) => t(`affects_${one}`)} onChoose={(affects) => onTap({ affects })} />
        <SomeOf name={t("ask_by")} list="perpetrators" choices={catalogue.perpetrators ?? []} chosen={taps.by} onChoose={(by) => onTap({ by })} />
        <SomeOf name={t("ask_support")} list="supports" choices={catalogue.supports ?? []} chosen={taps.support} onChoose={(support) => onTap({ support })} />
      </div>
    </FormPage>
  );
}
