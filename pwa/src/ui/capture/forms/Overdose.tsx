// An overdose, on one screen: what is not answered is unknown.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue, ReportedBy } from "../../../generated/contract";
import { commonNow, saveRecord } from "../../../app/records";
import { serviceDay, today } from "../../../app/state";
import { addDays } from "../../../domain/dates";
import { monthsBack, overdoseOf, setDoses, type OverdoseTaps, type When, type YesNo } from "../../../domain/forms/overdose";
import { date, label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Choices, Field } from "../../kit/Field";
import { Sheet } from "../../kit/Sheet";
import { Stepper } from "../../kit/Stepper";
import { PeopleGrid } from "../PeopleGrid";
import { figure, padWords } from "../words";
import { Ask, Chip, OneOf } from "./asks";
import { FormPage } from "./FormPage";

const PLACES: readonly (readonly [NonNullable<OverdoseTaps["place"]>, string])[] = [
  ["home", "home"],
  ["street", "street"],
  ["public_place", "bench"],
  ["service", "clinic"],
  ["shelter", "bed"],
  ["other", "more"],
];
const TOLD_BY: readonly (readonly [ReportedBy, string])[] = [
  ["peer_present", "eye"],
  ["participant", "person"],
  ["other", "people"],
];
const YES_NO: readonly (readonly [YesNo, string])[] = [
  ["yes", "check"],
  ["no", "close"],
];
const WHY_NOT: readonly (readonly [NonNullable<OverdoseTaps["noAmbulance"]>, string])[] = [
  ["not_needed", "mood_4"],
  ["police", "police"],
  ["cost", "coins"],
  ["no_phone", "no_mobile"],
  ["other", "more"],
];
const OUTCOMES: readonly (readonly [NonNullable<OverdoseTaps["outcome"]>, string])[] = [
  ["recovered", "mood_4"],
  ["hospital", "clinic"],
  ["died", "candle"],
];
const MONTHS = 6;

interface PartProps {
  taps: OverdoseTaps;
  onTap: (change: Partial<OverdoseTaps>) => void;
}

/** Another day, or only a month. */
function WhenSheet({ when, onChoose, onClose }: { when: When; onChoose: (when: When) => void; onClose: () => void }): JSX.Element {
  const day = (one: string): void => {
    if (/^\d{4}-\d{2}-\d{2}$/u.test(one) && one <= today.value) onChoose({ day: one, monthOnly: false });
  };
  const isDay = (one: string): boolean => !when.monthOnly && when.day === one;
  return (
    <Sheet title={t("when_title")} done={t("done")} onClose={onClose}>
      <Choices label={t("when_day")}>
        <Button pressed={isDay(today.value)} onClick={() => day(today.value)}>
          {t("today")}
        </Button>
        <Button pressed={isDay(addDays(today.value, -1))} onClick={() => day(addDays(today.value, -1))}>
          {t("yesterday")}
        </Button>
      </Choices>
      <Field label={t("other_date")} type="date" max={today.value} value={when.monthOnly ? "" : when.day} onText={day} />
      <Choices label={t("when_month_only")}>
        {monthsBack(today.value, MONTHS).map((first) => (
          <Button key={first} pressed={when.monthOnly && when.day === first} onClick={() => onChoose({ day: first, monthOnly: true })}>
            {date(first, { month: "long", year: "numeric" })}
          </Button>
        ))}
      </Choices>
    </Sheet>
  );
}

/** Doses of each product that holds any. */
function Doses({ taps, onTap, catalogue }: PartProps & { catalogue: Catalogue }): JSX.Element {
  const products = catalogue.items.filter((item) => (item.doses_per_unit ?? 0) > 0 && (item.retired !== true || taps.doses[item.code] !== undefined));
  return (
    <div class="steppers-wrap">
      {products.map(({ code, icon, label: words }) => (
        <Stepper
          key={code}
          icon={icon}
          caption={label(words)}
          label={label(words)}
          value={taps.doses[code] ?? 0}
          max={100}
          text={figure(taps.doses[code] ?? 0)}
          words={padWords()}
          onChange={(n) => onTap({ doses: setDoses(taps, code, n).doses })}
        />
      ))}
    </div>
  );
}

/** Ambulance, and why none where there was none. */
function Ambulance({ taps, onTap }: PartProps): JSX.Element {
  return (
    <>
      <OneOf name={t("ask_ambulance")} answers={YES_NO} chosen={taps.ambulance} words={(one) => t(one)} onChoose={(ambulance) => onTap({ ambulance })} />
      {taps.ambulance === "no" && (
        <Ask name={t("ask_why_not")} look="list five">
          {WHY_NOT.map(([why, icon]) => (
            <Chip key={why} icon={icon} on={taps.noAmbulance === why} onTap={() => onTap({ noAmbulance: taps.noAmbulance === why ? undefined : why })}>
              {why === "not_needed" ? t("why_not_needed") : t(`why_${why}`)}
            </Chip>
          ))}
        </Ask>
      )}
    </>
  );
}

/** When and who: both have an answer already, so they stand behind a tap. */
function Rest({ taps, onTap, catalogue }: PartProps & { catalogue: Catalogue }): JSX.Element {
  const [open, setOpen] = useState<"when" | "who" | undefined>(undefined);
  const close = (): void => setOpen(undefined);
  const { gender, ageBand } = taps;
  const when = taps.when ?? { day: serviceDay.value, monthOnly: false };
  const day = when.day === today.value ? t("today") : date(when.day, { day: "numeric", month: "short", year: "numeric" });
  const known = [catalogue.genders.find((one) => one.code === gender), catalogue.age_bands.find((one) => one.code === ageBand)];
  const who = known.flatMap((one) => (one === undefined || one.code === "unknown" ? [] : [label(one.label)])).join(", ");
  const choose = (one: string, band: string): void => {
    const same = one === gender && band === ageBand;
    onTap({ gender: same ? undefined : one, ageBand: same ? undefined : band });
  };
  return (
    <div class="row halves">
      <Button icon="today" onClick={() => setOpen("when")}>
        {when.monthOnly ? date(when.day, { month: "long", year: "numeric" }) : day}
      </Button>
      <Button icon="person" onClick={() => setOpen("who")}>
        {who === "" ? t("who") : who}
      </Button>
      {open === "when" && <WhenSheet when={when} onChoose={(chosen) => onTap({ when: chosen })} onClose={close} />}
      {open === "who" && (
        <Sheet title={t("who_title")} done={t("done")} onClose={close}>
          <PeopleGrid catalogue={catalogue} counting={false} count={(one, band) => (one === gender && band === ageBand ? 1 : 0)} onTap={choose} />
        </Sheet>
      )}
    </div>
  );
}

/** The form. */
export function Overdose({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const [taps, setTaps] = useState<OverdoseTaps>({ doses: {} });
  const onTap = (change: Partial<OverdoseTaps>): void => setTaps((before) => ({ ...before, ...change }));
  const save = (): void => {
    const common = commonNow();
    const record = common === undefined ? undefined : overdoseOf(taps, common);
    if (record !== undefined) void saveRecord(record);
  };
  return (
    <FormPage title={t("overdose_title")} onSave={save} missing={taps.reportedBy === undefined ? t("overdose_missing") : undefined}>
      <div class="asks">
        <OneOf name={t("ask_place")} answers={PLACES} chosen={taps.place} words={(one) => t(`od_place_${one}`)} onChoose={(place) => onTap({ place })} />
        <OneOf name={t("ask_told_by")} answers={TOLD_BY} chosen={taps.reportedBy} words={(one) => t(`told_${one}`)} onChoose={(reportedBy) => onTap({ reportedBy })} />
        <OneOf name={t("ask_naloxone")} answers={YES_NO} chosen={taps.naloxone} words={(one) => t(one)} onChoose={(naloxone) => onTap({ naloxone })} />
        {taps.naloxone === "yes" && <Doses taps={taps} onTap={onTap} catalogue={catalogue} />}
        <Ambulance taps={taps} onTap={onTap} />
        <OneOf name={t("ask_police")} answers={YES_NO} chosen={taps.police} words={(one) => t(one)} onChoose={(police) => onTap({ police })} />
        <OneOf name={t("ask_outcome")} answers={OUTCOMES} chosen={taps.outcome} words={(one) => t(`outcome_${one}`)} onChoose={(outcome) => onTap({ outcome })} />
        <Rest taps={taps} onTap={onTap} catalogue={catalogue} />
      </div>
    </FormPage>
  );
}
