// Thanks to a worker. They are read on the phone without a lock, so the form says to name nobody.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Development, WorkerView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { Words, isSaid } from "../console/inputs";
import { useSend } from "../console/load";
import { Trouble, fieldErrors } from "../console/problem";
import { useUnsaved } from "../console/router";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { errorAt } from "./FieldInput";

/** The form. */
export function ThanksForm({ worker, onChanged }: { worker: WorkerView; onChanged: (development: Development) => void }): JSX.Element {
  const [words, setWords] = useState("");
  const [said, setSaid] = useState(false);
  const sending = useSend();
  const error = errorAt(fieldErrors(sending.error), "words");
  useUnsaved(words !== "" && !sending.busy);
  const submit = async (): Promise<void> => {
    const sent = await sending.send(async () => onChanged(await api.thank(worker.id, { words: words.trim() })));
    if (sent) setWords("");
    setSaid(sent);
  };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {said && <Banner kind="good">{t("said_thanks", { handle: worker.handle })}</Banner>}
      {sending.error !== undefined && <Trouble error={sending.error} />}
      <Words
        label={t("thanks_label", { handle: worker.handle })}
        value={words}
        error={error}
        hint={t("thanks_help", { handle: worker.handle })}
        onText={(text) => {
          setWords(text);
          setSaid(false);
        }}
      />
      <div class="actions">
        <Button type="submit" icon="heart" disabled={sending.busy || !isSaid(words)}>
          {sending.busy ? t("sending") : t("thanks_do")}
        </Button>
      </div>
    </form>
  );
}
