// A question of the supervisor on the home screen: that there is one, and after a tap its words with the answers, each one tap.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Question as Asked, Reply } from "../../../generated/contract";
import { answerQuestion, questions } from "../../../app/questions";
import { saving } from "../../../app/state";
import { date } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { NumberPad } from "../../kit/NumberPad";
import { Sheet } from "../../kit/Sheet";
import { SaveTrouble } from "../copy/SaveCopy";
import { padWords } from "../words";

const REPLIES: readonly (readonly [Exclude<Reply, "number">, string])[] = [
  ["yes", "check"],
  ["no", "close"],
  ["unsure", "unknown"],
];
const MOST = 100_000;

/** What the record in question is, in the words of its tile; nothing where there is no tile. */
function kindWords(kind: string): string | undefined {
  switch (kind) {
    case "contact":
      return t("contact_button");
    case "tally_sheet":
      return t("tile_sheet");
    case "group_session":
      return t("tile_group");
    case "overdose":
    case "incident":
    case "collection":
    case "expense":
      return t(`tile_${kind}`);
    case "stock_move":
      return t("tile_stock");
    case "referral":
    case "referral_event":
      return t("referrals");
    default:
      return undefined;
  }
}

function AnswerSheet({ question, onClose }: { question: Asked; onClose: () => void }): JSX.Element {
  const [typing, setTyping] = useState(false);
  const title = t("question_from", { name: question.asked_by });
  if (typing) {
    return (
      <NumberPad
        title={t("question_number")}
        value={0}
        max={MOST}
        words={padWords()}
        asks
        onDone={(number) => void answerQuestion(question, { reply: "number", number })}
        onClose={() => setTyping(false)}
      />
    );
  }
  const about = [kindWords(question.kind), date(question.day, { weekday: "long", day: "numeric", month: "long" })];
  return (
    <Sheet title={title} done={t("question_later")} onClose={onClose}>
      <p class="muted">{t("question_about", { what: about.filter((part) => part !== undefined).join(", ") })}</p>
      <p class="question-words" dir="auto">
        {question.words}
      </p>
      <SaveTrouble />
      <div class="replies">
        {REPLIES.map(([reply, icon]) => (
          <Button key={reply} look="big" icon={icon} disabled={saving.value} onClick={() => void answerQuestion(question, { reply })}>
            {t(`question_${reply}`)}
          </Button>
        ))}
        <Button look="big" icon="count" disabled={saving.value} onClick={() => setTyping(true)}>
          {t("question_number")}
        </Button>
      </div>
    </Sheet>
  );
}

/** The card of the oldest open question. */
export function Question(): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const [question] = questions.value;
  if (question === undefined) return null;
  const more = questions.value.length - 1;
  return (
    <>
      <Button class="plan" onClick={() => setOpen(true)}>
        <Icon name="talk" />
        <span>
          {t("question_from", { name: question.asked_by })}
          <small class="muted">{more > 0 ? t("question_more", { n: more }) : t("question_open")}</small>
        </span>
      </Button>
      {open && <AnswerSheet key={question.id} question={question} onClose={() => setOpen(false)} />}
    </>
  );
}
