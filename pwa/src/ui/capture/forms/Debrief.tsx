// The debrief's three questions, and the form that asks them alone.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { HeavyEvent, WantsToTalk } from "../../../generated/contract";
import { commonNow, saveRecord } from "../../../app/records";
import { own } from "../../../app/state";
import { debriefOf, isPointedOut, lacksTalk, type DebriefDraft } from "../../../domain/debrief";
import { t } from "../../../i18n/phone";
import { Banner } from "../../kit/Card";
import { OneOf } from "./asks";
import { FormPage } from "./FormPage";

const HEAVY: readonly (readonly [HeavyEvent, string])[] = [
  ["none", "check"],
  ["overdose", "pulse"],
  ["death", "candle"],
  ["violence", "fist"],
  ["police", "police"],
  ["needle_stick", "syringe"],
  ["other", "more"],
];
const TALK: readonly (readonly [WantsToTalk, string])[] = [
  ["no", "close"],
  ["this_week", "week"],
  ["today", "talk"],
];
const MOODS = (["1", "2", "3", "4", "5"] as const).map((mood) => [mood, `mood_${mood}`] as const);

interface QuestionsProps {
  draft: DebriefDraft;
  onChange: (draft: DebriefDraft) => void;
}

/** The questions. A tap on the chosen answer takes it back. */
export function DebriefQuestions({ draft, onChange }: QuestionsProps): JSX.Element {
  const supervisor = own.value?.supervisor;
  const mood = MOODS.find(([one]) => Number(one) === draft.mood)?.[0];
  return (
    <div class="asks debrief">
      <OneOf name={t("heavy")} answers={HEAVY} chosen={draft.heavy} words={(one) => t(`heavy_${one}`)} onChoose={(heavy) => onChange({ ...draft, heavy })} />
      <div class="talk">
        <OneOf name={t("talk")} answers={TALK} chosen={draft.talk} words={(one) => t(`talk_${one}`)} onChoose={(talk) => onChange({ ...draft, talk })} />
      </div>
      <div class="moods">
        <OneOf
          name={t("mood")}
          answers={MOODS}
          chosen={mood}
          words={(one) => t(`mood_${one}`)}
          onChoose={(one) => onChange({ ...draft, mood: one === undefined ? undefined : Number(one) })}
        />
      </div>
      {isPointedOut(draft) && <Banner kind="info">{supervisor === undefined ? t("seen_by_anyone") : t("seen_by", { name: supervisor })}</Banner>}
    </div>
  );
}

/** "Talk to my supervisor": the debrief alone. */
export function Talk(): JSX.Element {
  const [draft, setDraft] = useState<DebriefDraft>({});
  const supervisor = own.value?.supervisor;
  const save = (): void => {
    const common = commonNow();
    const body = common === undefined ? undefined : debriefOf(common, draft);
    if (body !== undefined) void saveRecord({ kind: "debrief", body });
  };
  const missing = lacksTalk(draft) ? t("talk_missing") : draft.talk === undefined ? t("talk_nothing") : undefined;
  return (
    <FormPage title={supervisor === undefined ? t("talk_title_anyone") : t("talk_title", { name: supervisor })} onSave={save} missing={missing}>
      <DebriefQuestions draft={draft} onChange={setDraft} />
    </FormPage>
  );
}
