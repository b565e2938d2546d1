// Places of the programme: agreed names, never coordinates. A code is for ever, so it is asked for with care.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { label } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { Show, useLoad, useSend } from "../console/load";
import { Badge, Empty, Page } from "../console/Page";
import { Trouble, fieldErrors, fieldText } from "../console/problem";
import { Button } from "../kit/Button";
import { Banner, Card } from "../kit/Card";
import { Field } from "../kit/Field";

const CODE = /^[a-z0-9_-]{1,32}$/u;

/** A code from a name: `Old port` becomes `old_port`. */
function suggested(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "_")
    .replace(/^_+|_+$/gu, "")
    .slice(0, 32);
}

function Add({ onAdded }: { onAdded: (name: string) => void }): JSX.Element {
  const [name, setName] = useState("");
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [tried, setTried] = useState(false);
  const sending = useSend();
  const code = typed ?? suggested(name);
  const refused = (path: string): string | undefined => {
    const found = fieldErrors(sending.error).find((error) => error.path === path);
    return found === undefined ? undefined : fieldText(found);
  };
  const submit = async (): Promise<void> => {
    setTried(true);
    if (name.trim() === "" || !CODE.test(code)) return;
    if (!(await sending.send(() => api.addSite({ code, label: name.trim() })))) return;
    onAdded(name.trim());
    setName("");
    setTyped(undefined);
    setTried(false);
  };
  return (
    <Card>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2>{t("add_site")}</h2>
        {sending.error !== undefined && <Trouble error={sending.error} />}
        <div class="pair">
          <Field label={t("site_name")} value={name} onText={setName} maxLength={60} hint={t("site_name_help")} error={tried && name.trim() === "" ? t("site_name_wrong") : refused("label")} required />
          <Field label={t("site_code")} dir="ltr" value={code} onText={setTyped} maxLength={32} hint={t("site_code_help")} error={tried && !CODE.test(code) ? t("site_code_wrong") : refused("code")} required />
        </div>
        <div class="actions">
          <Button type="submit" look="primary" disabled={sending.busy}>
            {sending.busy ? t("sending") : t("add_site_do")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** The page. */
export function Sites(): JSX.Element {
  const catalogue = useLoad(() => api.catalogue(), []);
  const [added, setAdded] = useState("");
  return (
    <Page title={t("page_sites")} under={t("sites_under")}>
      <div class="list">
        {added !== "" && <Banner kind="good">{t("site_added", { name: added })}</Banner>}
        <Add
          onAdded={(name) => {
            setAdded(name);
            catalogue.again();
          }}
        />
        <Show of={catalogue}>
          {({ sites }) =>
            sites.length === 0 ? (
              <Empty icon="place">
                <p>{t("sites_empty")}</p>
              </Empty>
            ) : (
              <ul class="list people">
                {sites.map((site) => (
                  <li key={site.code}>
                    <div class="row-head">
                      <h2>{label(site.label)}</h2>
                      {site.retired === true && <Badge>{t("site_retired")}</Badge>}
                    </div>
                    <p class="muted">
                      <bdi>{site.code}</bdi>
                    </p>
                  </li>
                ))}
              </ul>
            )
          }
        </Show>
      </div>
    </Page>
  );
}
