// What most contacts don't need: for others, injects, how returns were counted, why naloxone, tests, topics, unmet wishes, another date.
import type { ComponentChildren, JSX } from "preact";
import type { Catalogue, NaloxoneReason, TestResult } from "../../generated/contract";
import { chosenDay, correcting, draft, serviceDay, today } from "../../app/state";
import { linesOut } from "../../domain/contact";
import { addDays } from "../../domain/dates";
import { toggle, type Draft } from "../../domain/draft";
import { label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Choices, Field } from "../kit/Field";
import { Sheet } from "../kit/Sheet";
import { Stepper } from "../kit/Stepper";
import { Returned } from "./Returned";
import { figure, padWords } from "./words";

const REASONS: readonly NaloxoneReason[] = ["first", "used_for_overdose", "lost", "expired", "confiscated", "spare", "not_asked"];
const RESULTS = ["offered", "referred", "declined", "not_needed"] as const satisfies readonly TestResult[];
const INJECTS = ["yes", "no", "not_asked"] as const;

function change(part: Partial<Draft>): void {
  draft.value = { ...draft.value, ...part };
}

function Choice({ on, onTap, children }: { on: boolean; onTap: () => void; children: ComponentChildren }): JSX.Element {
  return (
    <Button pressed={on} onClick={onTap}>
      {children}
    </Button>
  );
}

/** Another service date; it holds for the contacts that follow, until midnight or 30 hidden minutes. */
function DateChoice(): JSX.Element {
  const yesterday = addDays(today.value, -1);
  const choose = (day: string): void => {
    // A date in the future is refused here; the server would put it aside.
    if (/^\d{4}-\d{2}-\d{2}$/u.test(day) && day <= today.value) chosenDay.value = day === today.value ? undefined : day;
  };
  return (
    <div class="stack">
      <Choices label={t("service_date")}>
        <Choice on={serviceDay.value === today.value} onTap={() => choose(today.value)}>
          {t("today")}
        </Choice>
        <Choice on={serviceDay.value === yesterday} onTap={() => choose(yesterday)}>
          {t("yesterday")}
        </Choice>
      </Choices>
      <Field label={t("other_date")} type="date" max={today.value} value={serviceDay.value} onText={choose} />
    </div>
  );
}

function Tests({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const tap = (kind: string, result: TestResult): void => {
    const { [kind]: before, ...rest } = draft.value.tests;
    change({ tests: before === result ? rest : { ...rest, [kind]: result } });
  };
  return (
    <>
      {(catalogue.pad.tests ?? []).map((kind) => {
        const service = catalogue.services.find((one) => one.code === kind);
        return (
          <Choices key={kind} label={service === undefined ? kind : label(service.label)}>
            {RESULTS.map((result) => (
              <Choice key={result} on={draft.value.tests[kind] === result} onTap={() => tap(kind, result)}>
                {t(`test_${result}`)}
              </Choice>
            ))}
          </Choices>
        );
      })}
    </>
  );
}

function Lists({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const { topics, unmet } = draft.value;
  return (
    <>
      <Choices label={t("topics")}>
        {catalogue.topics
          .filter((topic) => topic.retired !== true)
          .map(({ code, label: words }) => (
            <Choice key={code} on={topics.includes(code)} onTap={() => change({ topics: toggle(topics, code) })}>
              {label(words)}
            </Choice>
          ))}
      </Choices>
      <Choices label={t("unmet")}>
        {catalogue.items
          .filter((item) => item.retired !== true && item.code !== catalogue.pad.return_item)
          .map(({ code, label: words }) => (
            <Choice key={code} on={unmet.includes(code)} onTap={() => change({ unmet: toggle(unmet, code) })}>
              {label(words)}
            </Choice>
          ))}
      </Choices>
    </>
  );
}

/** Why naloxone was given, once some was. */
function Reasons({ catalogue }: { catalogue: Catalogue }): JSX.Element | null {
  const { naloxoneReason } = draft.value;
  const naloxone = linesOut(draft.value, catalogue).some(([code]) => catalogue.items.some((item) => item.code === code && (item.doses_per_unit ?? 0) > 0));
  if (!naloxone) return null;
  return (
    <Choices label={t("naloxone_reason")}>
      {REASONS.map((one) => (
        <Choice key={one} on={naloxoneReason === one} onTap={() => change({ naloxoneReason: one })}>
          {one === "not_asked" ? t("not_asked") : t(`reason_${one}`)}
        </Choice>
      ))}
    </Choices>
  );
}

/** The sheet. */
export function MoreSheet({ catalogue, onClose }: { catalogue: Catalogue; onClose: () => void }): JSX.Element {
  const { forOthers, injects } = draft.value;
  return (
    <Sheet title={t("more_title")} done={t("done")} onClose={onClose}>
      <div class="between">
        <strong>{t("for_others")}</strong>
        <Stepper
          label={t("for_others")}
          value={forOthers}
          max={99}
          text={figure(forOthers)}
          words={padWords()}
          onChange={(n) => change({ forOthers: n })}
        />
      </div>
      <Choices label={t("injects")}>
        {INJECTS.map((one) => (
          <Choice key={one} on={injects === one} onTap={() => change({ injects: injects === one ? undefined : one })}>
            {t(one)}
          </Choice>
        ))}
      </Choices>
      <Returned catalogue={catalogue} given={draft.value} onGive={change} />
      <Reasons catalogue={catalogue} />
      <Tests catalogue={catalogue} />
      <Lists catalogue={catalogue} />
      {correcting.value === undefined && <DateChoice />}
    </Sheet>
  );
}
