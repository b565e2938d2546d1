// What a tap on Save of a contact asks first. Nothing of it refuses anything: the next tap saves.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue } from "../../generated/contract";
import { contactNow, saveContact } from "../../app/actions";
import * as state from "../../app/state";
import { codeTooShort } from "../../domain/contact";
import { isTouched } from "../../domain/draft";
import { contactWarnings, likeness, SAME_AS_LAST, type Warning } from "../../domain/validation";
import { t } from "../../i18n/phone";
import { Banner } from "../kit/Card";

export type Question = Warning | "code_too_short" | "nothing_tapped" | typeof SAME_AS_LAST;

/** What should be asked of the open contact as it is now. */
function questions(catalogue: Catalogue): Question[] {
  const [contact, draft] = [contactNow(), state.draft.value];
  if (!isTouched(draft)) return ["nothing_tapped"];
  const asked: Question[] = codeTooShort(draft) ? ["code_too_short"] : [];
  if (contact === undefined) return asked;
  asked.push(...contactWarnings(contact, catalogue, state.today.value));
  if (!draft.again && likeness(contact) === state.lastLikeness.value) asked.push(SAME_AS_LAST);
  return asked;
}

/** The questions that are open, and what a tap on Save does: it asks what was not asked yet, else saves. */
export function useQuestions(catalogue: Catalogue | undefined): { asked: readonly Question[]; onSave: () => void } {
  const [before, setBefore] = useState<readonly Question[]>([]);
  if (catalogue === undefined) return { asked: [], onSave: () => undefined };
  const onSave = (): void => {
    const now = questions(catalogue);
    if (now.some((one) => !before.includes(one))) setBefore(now);
    else void saveContact();
  };
  return { asked: before.length > 0 ? questions(catalogue) : [], onSave };
}

/** The open questions. */
export function Asked({ asked }: { asked: readonly Question[] }): JSX.Element {
  return (
    <>
      {asked.map((one) => (
        <Banner key={one} kind="warn">
          {t(`warn_${one}`)}
        </Banner>
      ))}
    </>
  );
}
