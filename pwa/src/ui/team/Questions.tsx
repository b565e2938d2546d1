// Questions to the worker about a record, with their answers. An answer changes nothing by itself: whoever asked corrects the record.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { AnswerView, QuestionView, RecordView } from "../../generated/contract";
import { number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { day } from "../console/format";
import { Words, isSaid } from "../console/inputs";
import { Show, useLoad, useSend } from "../console/load";
import { enumText } from "../console/names";
import { Badge } from "../console/Page";
import { Trouble, fieldErrors } from "../console/problem";
import { useUnsaved } from "../console/router";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { errorAt } from "./FieldInput";

/** What was answered, in a word or a number. */
export function answerText({ reply, number: n }: AnswerView): string {
  return reply === "number" ? number(n ?? 0) : enumText("reply", reply);
}

function AskForm({ record, onDone, onCancel }: { record: RecordView; onDone: () => void; onCancel: () => void }): JSX.Element {
  const [words, setWords] = useState("");
  const sending = useSend();
  useUnsaved(words !== "" && !sending.busy);
  const submit = async (): Promise<void> => {
    if (await sending.send(() => api.ask(record.id, { words: words.trim() }))) onDone();
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
      {sending.error !== undefined && <Trouble error={sending.error} />}
      <Words
        label={t("ask_label", { handle: record.handle })}
        value={words}
        onText={setWords}
        error={errorAt(fieldErrors(sending.error), "words")}
        hint={t("ask_help", { handle: record.handle })}
      />
      <div class="actions">
        <Button type="submit" look="primary" disabled={sending.busy || !isSaid(words)}>
          {sending.busy ? t("sending") : t("ask_do")}
        </Button>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}

function Asked({ asked, onChanged }: { asked: QuestionView; onChanged: () => void }): JSX.Element {
  const sending = useSend();
  const { question, handle, answers, closed } = asked;
  const close = async (): Promise<void> => {
    if (await sending.send(() => api.closeQuestion(question.id))) onChanged();
  };
  return (
    <li>
      <p class="muted small">{t("asked_by", { handle: question.asked_by, date: day(question.asked_on) })}</p>
      <p dir="auto">{question.words}</p>
      {answers.map((answer, n) => (
        <p key={n}>
          <strong>{t("question_answer", { handle, what: answerText(answer), date: day(answer.on) })}</strong>
        </p>
      ))}
      {(closed || answers.length === 0) && (
        <p>
          <Badge>{closed ? t("question_closed") : t("question_waits")}</Badge>
        </p>
      )}
      {!closed && (
        <div class="actions">
          <Button icon="check" disabled={sending.busy} onClick={() => void close()}>
            {t("question_close")}
          </Button>
        </div>
      )}
      {sending.error !== undefined && <Trouble error={sending.error} />}
    </li>
  );
}

/** The part of a record's page about them. A removed record is not asked about, nor is an answer. */
export function Questions({ record }: { record: RecordView }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState(false);
  const found = useLoad(() => api.questions({ record: record.id }), [record.id]);
  const done = (): void => {
    setAsking(false);
    setSaid(true);
    found.again();
  };
  const mayAsk = !record.void && record.record.kind !== "answer";
  if (!mayAsk && (found.value ?? []).length === 0 && found.error === undefined) return <></>;
  return (
    <section class="form part">
      <h2>{t("questions")}</h2>
      {said && <Banner kind="good">{t("said_ask", { handle: record.handle })}</Banner>}
      <Show of={found}>
        {(questions) =>
          questions.length > 0 && (
            <div class="form">
              {questions.some(({ closed }) => !closed) && <p class="muted small">{t("question_close_help")}</p>}
              <ul class="list">
                {questions.map((one) => (
                  <Asked key={one.question.id} asked={one} onChanged={found.again} />
                ))}
              </ul>
            </div>
          )
        }
      </Show>
      {asking && <AskForm record={record} onDone={done} onCancel={() => setAsking(false)} />}
      {mayAsk && !asking && (
        <div class="actions">
          <Button icon="talk" onClick={() => setAsking(true)}>
            {t("ask")}
          </Button>
        </div>
      )}
    </section>
  );
}
