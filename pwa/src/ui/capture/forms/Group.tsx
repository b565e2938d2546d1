// A group or the mentoring of other peers; open for workers who are unlocked for it, kindly closed for others.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue } from "../../../generated/contract";
import { commonNow, saveRecord } from "../../../app/records";
import { own } from "../../../app/state";
import { linesOut } from "../../../domain/contact";
import { toggle } from "../../../domain/draft";
import { attendeesOf, groupOf, MAX_PEOPLE, NO_GROUP, SESSIONS, sessionsOf, setAttendees, type GroupTaps } from "../../../domain/forms/group";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Banner } from "../../kit/Card";
import { Stepper } from "../../kit/Stepper";
import { ItemsSheet } from "../ItemsSheet";
import { PeopleSheet } from "../PeopleSheet";
import { calledHere } from "../today/words";
import { figure, padWords } from "../words";
import { Ask, Chip, SomeOf } from "./asks";
import { FormPage } from "./FormPage";

interface PartProps {
  taps: GroupTaps;
  onTap: (change: Partial<GroupTaps>) => void;
}

/** How many, who led it too, and what was given. */
function Counted({ taps, onTap, catalogue }: PartProps & { catalogue: Catalogue }): JSX.Element {
  const [open, setOpen] = useState<"grid" | "items" | undefined>(undefined);
  const close = (): void => setOpen(undefined);
  const given = [...linesOut(taps, catalogue).map(([, n]) => n), ...Object.values(taps.back)].reduce((sum, n) => sum + n, 0);
  const n = attendeesOf(taps);
  return (
    <>
      <Ask name={t("ask_attendees")} look="two">
        <Stepper
          label={t("ask_attendees")}
          value={n}
          max={MAX_PEOPLE}
          text={figure(n)}
          words={padWords()}
          onChange={(typed) => onTap({ typed: setAttendees(taps, typed).typed })}
        />
      </Ask>
      <div class="row halves">
        <Button icon="people" pressed={taps.groups.length > 0 ? true : undefined} onClick={() => setOpen("grid")}>
          {t("count_by_grid")}
        </Button>
        <Button icon="box" pressed={given > 0 ? true : undefined} onClick={() => setOpen("items")}>
          {given > 0 ? `${t("things_given")}: ${figure(given)}` : t("things_given")}
        </Button>
      </div>
      {open === "grid" && (
        <PeopleSheet catalogue={catalogue} groups={taps.groups} max={MAX_PEOPLE} onCount={(groups) => onTap({ groups })} onClose={close} />
      )}
      {open === "items" && <ItemsSheet catalogue={catalogue} given={taps} onGive={onTap} onClose={close} />}
    </>
  );
}

/** Group or mentoring; what is not unlocked says so. */
function Session({ taps, onTap }: PartProps): JSX.Element {
  const open = sessionsOf(own.value?.level ?? undefined);
  const supervisor = own.value?.supervisor;
  return (
    <>
      <Ask name={t("ask_session")}>
        {SESSIONS.map((session) => (
          <Chip
            key={session}
            icon={!open.includes(session) ? "lock" : session === "group" ? "people" : "together"}
            on={taps.session === session}
            disabled={!open.includes(session)}
            onTap={() => onTap({ session })}
          >
            {t(`session_${session}`)}
          </Chip>
        ))}
      </Ask>
      {!open.includes("mentoring") && (
        <p class="muted small">{supervisor == null ? t("mentoring_locked_anyone") : t("mentoring_locked", { name: supervisor })}</p>
      )}
    </>
  );
}

/** The form as it stands for workers who are not unlocked yet. */
function Locked(): JSX.Element {
  const supervisor = own.value?.supervisor;
  return (
    <FormPage title={t("group_title")}>
      <Banner kind="info">{supervisor == null ? t("group_locked_anyone") : t("group_locked", { name: supervisor })}</Banner>
    </FormPage>
  );
}

/** The form. */
export function Group({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const [taps, setTaps] = useState(NO_GROUP);
  if (sessionsOf(own.value?.level ?? undefined).length === 0) return <Locked />;
  const onTap = (change: Partial<GroupTaps>): void => setTaps((before) => ({ ...before, ...change }));
  const save = (): void => {
    const common = commonNow();
    const record = common === undefined ? undefined : groupOf(taps, common, catalogue);
    if (record !== undefined) void saveRecord(record);
  };
  const colleagues = own.value?.colleagues ?? [];
  return (
    <FormPage title={t("group_title")} onSave={save} missing={attendeesOf(taps) === 0 ? t("group_missing") : undefined}>
      <div class="asks">
        <Session taps={taps} onTap={onTap} />
        <SomeOf name={t("ask_topics")} list="topics" choices={catalogue.topics} chosen={taps.topics} onChoose={(topics) => onTap({ topics })} />
        <Counted taps={taps} onTap={onTap} catalogue={catalogue} />
        {colleagues.length > 0 && (
          <Ask name={t("ask_led_with")} look="list">
            {colleagues.map((one) => (
              <Chip key={one.id} icon="person" on={taps.facilitators.includes(one.id)} onTap={() => onTap({ facilitators: toggle(taps.facilitators, one.id) })}>
                <bdi>{calledHere(one)}</bdi>
              </Chip>
            ))}
          </Ask>
        )}
      </div>
    </FormPage>
  );
}
