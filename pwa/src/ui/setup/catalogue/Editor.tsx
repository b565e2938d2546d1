// The catalogue editor: sections beside each other, the one that is open, and what phones will show of it.
import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { t } from "../../../i18n/console";
import type { Catalogue } from "../../../generated/contract";
import { api } from "../../../sync/console-api";
import { Show, useLoad } from "../../console/load";
import { Page, wide } from "../../console/Page";
import { useUnsaved } from "../../console/router";
import { Button } from "../../kit/Button";
import { Choices, Select } from "../../kit/Field";
import "./catalogue.css";
import { ListPart } from "./ListPart";
import { PadPart } from "./PadPart";
import { Preview } from "./Preview";
import { ProgrammePart } from "./ProgrammePart";
import { SaveBar, Told, useSave } from "./Saving";
import { changes, draft, further, FURTHER, heard, openPart, part, PARTS, takeUp } from "./state";

/** The sections: tabs where there is room, a list to choose from on a phone. */
function Parts(): JSX.Element {
  const open = part();
  if (!wide.value) {
    const options = PARTS.map((one) => [one, t(`cat_part_${one}`)] as const);
    return <Select label={t("cat_part")} value={open} options={options} onChoose={(name) => openPart(PARTS.find((one) => one === name) ?? "items")} />;
  }
  return (
    <nav aria-label={t("cat_part")}>
      <ul class="cat-parts">
        {PARTS.map((one) => (
          <li key={one}>
            <Button aria-current={one === open ? "page" : undefined} onClick={() => openPart(one)}>
              {t(`cat_part_${one}`)}
            </Button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Open({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const open = part();
  switch (open) {
    case "places":
      return (
        <>
          <ListPart key="sites" catalogue={catalogue} list="sites" help={t("cat_sites_help")} />
          <ListPart key="areas" catalogue={catalogue} list="areas" help={t("cat_areas_help")} />
        </>
      );
    case "lists":
      return (
        <>
          <Choices label={t("cat_part_lists")}>
            {FURTHER.map((list) => (
              <Button key={list} pressed={list === further()} onClick={() => openPart("lists", list)}>
                {t(`cat_list_${list}`)}
              </Button>
            ))}
          </Choices>
          <ListPart key={further()} catalogue={catalogue} list={further()} />
        </>
      );
    case "pad":
      return <PadPart catalogue={catalogue} />;
    case "programme":
      return <ProgrammePart catalogue={catalogue} />;
    case "cards":
      return <ListPart key={open} catalogue={catalogue} list={open} help={t("cat_cards_help")} />;
    case "items":
    case "kits":
    case "services":
    case "providers":
    case "topics":
      return <ListPart key={open} catalogue={catalogue} list={open} />;
  }
}

/** The preview over the page, where there is no room beside it. */
function PreviewDialog({ catalogue, onClose }: { catalogue: Catalogue; onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      class="dialog cat-dialog"
      ref={dialog}
      aria-label={t("cat_preview")}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <Preview catalogue={catalogue} />
      <Button look="primary" onClick={onClose}>
        {t("done")}
      </Button>
    </dialog>
  );
}

function Work({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const save = useSave();
  const [preview, setPreview] = useState(false);
  useUnsaved(changes.value.length > 0);
  return (
    <div class="cat">
      <div class="cat-work">
        <Parts />
        <Told catalogue={catalogue} save={save} />
        <Open catalogue={catalogue} />
        <p class="hide-text" role="status">
          {heard.value}
        </p>
        <SaveBar catalogue={catalogue} save={save} onPreview={() => setPreview(true)} />
      </div>
      <aside class="cat-preview" aria-label={t("cat_preview")}>
        <Preview catalogue={catalogue} />
      </aside>
      {preview && <PreviewDialog catalogue={catalogue} onClose={() => setPreview(false)} />}
    </div>
  );
}

/** The page. */
export function Editor(): JSX.Element {
  const loaded = useLoad(() => api.catalogue(), []);
  useEffect(() => takeUp(loaded.value), [loaded.value]);
  useEffect(() => () => takeUp(undefined), []);
  return (
    <Page title={t("page_catalogue")} under={t("catalogue_under")}>
      <Show of={loaded}>{() => draft.value !== undefined && <Work catalogue={draft.value} />}</Show>
    </Page>
  );
}
