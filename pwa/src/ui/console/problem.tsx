// What went wrong, in plain words with the next step. The stable code picks the words; the server's own are the fallback.
import type { JSX } from "preact";
import type { FieldError } from "../../generated/contract";
import { t } from "../../i18n/console";
import { ApiError } from "../../sync/console-api";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";

/** Words for a code if the catalogue has them. */
export function wordsFor(prefix: string, code: string): string | undefined {
  const key = `${prefix}_${code.replace(/[^a-z0-9_]/gu, "_")}`;
  // The catalogue answers with the key itself where it has no such text.
  const words = t(key as "more");
  return words === key ? undefined : words;
}

/** Words for an error of a call. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiError)) return t("problem_unexpected");
  return wordsFor("problem", error.code) ?? error.problem?.detail ?? t("problem_other", { code: error.code });
}

/** Fields that the server refused, if it named any. */
export function fieldErrors(error: unknown): FieldError[] {
  return error instanceof ApiError ? (error.problem?.errors ?? []) : [];
}

/** Words for one field that did not pass. */
export function fieldText(error: FieldError): string {
  return wordsFor("rule", error.code) ?? t("rule_other", { code: error.code });
}

/** A banner for an error, with a way to try again. */
export function Trouble({ error, again }: { error: unknown; again?: (() => void) | undefined }): JSX.Element {
  return (
    <Banner kind="danger">
      <p>{problemText(error)}</p>
      {again !== undefined && (
        <Button icon="sync" onClick={again}>
          {t("try_again")}
        </Button>
      )}
    </Banner>
  );
}
