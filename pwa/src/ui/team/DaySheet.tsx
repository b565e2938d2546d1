// Paper day sheets as a file: chosen, sent, and answered line by line. Rows that are good are in even where others are not.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { ImportResult } from "../../generated/contract";
import { number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { list } from "../console/format";
import { Tick } from "../console/inputs";
import { useSend } from "../console/load";
import { Page, Scroll } from "../console/Page";
import { Trouble } from "../console/problem";
import { session } from "../console/session";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";

const COUNTS = ["rows", "created", "corrected", "unchanged", "review"] as const satisfies readonly (keyof ImportResult)[];

function Errors({ result }: { result: ImportResult }): JSX.Element {
  return (
    <section class="part">
      <h2>{t("import_errors", { n: result.errors.length })}</h2>
      <p>{t("import_errors_help")}</p>
      <Scroll label={t("import_errors", { n: result.errors.length })}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                {t("import_line")}
              </th>
              <th scope="col">{t("import_column")}</th>
              <th scope="col">{t("import_what")}</th>
            </tr>
          </thead>
          <tbody>
            {result.errors.map((error, n) => (
              <tr key={n}>
                <td class="number">{number(error.line)}</td>
                <td>{error.column}</td>
                <td>{error.detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Result({ result }: { result: ImportResult }): JSX.Element {
  return (
    <div class="part" role="status">
      <Banner kind={result.errors.length > 0 ? "warn" : "good"}>{result.errors.length > 0 ? t("import_partly", { n: result.errors.length }) : t("import_good")}</Banner>
      <dl class="facts">
        {COUNTS.map((count) => (
          <div key={count}>
            <dt>{t(`import_${count}`)}</dt>
            <dd>{number(result[count])}</dd>
          </div>
        ))}
        {result.workers_created.length > 0 && (
          <div>
            <dt>{t("import_workers")}</dt>
            <dd>{list(result.workers_created)}</dd>
          </div>
        )}
        {result.sites_created.length > 0 && (
          <div>
            <dt>{t("import_sites")}</dt>
            <dd>{list(result.sites_created)}</dd>
          </div>
        )}
      </dl>
      {result.review > 0 && <Banner kind="info">{t("import_review_help")}</Banner>}
      {result.errors.length > 0 && <Errors result={result} />}
    </div>
  );
}

/** The page. */
export function DaySheet(): JSX.Element {
  const [file, setFile] = useState<File | undefined>(undefined);
  const [create, setCreate] = useState(false);
  const [missing, setMissing] = useState(false);
  const [result, setResult] = useState<ImportResult | undefined>(undefined);
  const sending = useSend();
  const submit = (): void => {
    setMissing(file === undefined);
    setResult(undefined);
    if (file !== undefined) void sending.send(async () => setResult(await api.importSheet(await file.text(), create)));
  };
  return (
    <Page title={t("page_import")} under={t("import_under")}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {sending.error !== undefined && <Trouble error={sending.error} />}
        <div class="field">
          <label for="import-file">{t("import_file")}</label>
          <input
            id="import-file"
            type="file"
            accept=".csv,text/csv"
            aria-invalid={missing}
            aria-describedby="import-help"
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
          />
          <small id="import-help" class={missing ? "error" : "muted"}>
            {missing ? t("import_missing") : t("import_help")}
          </small>
        </div>
        {session.value?.role === "administrator" ? (
          <div>
            <Tick label={t("import_create")} checked={create} onChange={setCreate} />
            <p class="muted small">{t("import_create_help")}</p>
          </div>
        ) : (
          <p class="muted">{t("import_known_only")}</p>
        )}
        <div class="actions">
          <Button type="submit" look="primary" disabled={sending.busy}>
            {sending.busy ? t("importing") : t("import_do")}
          </Button>
        </div>
        {sending.busy && <progress aria-label={t("importing")} />}
      </form>
      {result !== undefined && <Result result={result} />}
    </Page>
  );
}
