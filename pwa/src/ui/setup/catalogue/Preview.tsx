// What phones will show of the draft, at the width of the reference phone and in a language of the programme. It is a picture: drawn with
// the pad's own look and rules, in words that can be read aloud, and nothing in it can be pressed.
import { useEffect, useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { languagesOf, tidied } from "../../../domain/console/catalogue";
import { labelIn, type Labels } from "../../../domain/labels";
import { directionOf } from "../../../i18n/catalogue";
import { t } from "../../../i18n/console";
import { textsIn } from "../../../i18n/phone";
import type { Catalogue } from "../../../generated/contract";
import { Select } from "../../kit/Field";
import "../../kit/button.css";
import "../../kit/card.css";
import "../../kit/field.css";
import "../../kit/pad.css";
import "../../kit/stepper.css";
import { languageName } from "./fields";
import { PadPicture } from "./PadPicture";
import { CardPicture, FormPicture, GuidePicture, ItemsPicture, MorePicture, PlacePicture, ReferPicture } from "./pictures";
import { further, opened, part, type PartName } from "./state";

/** Words of the phone in the language of the picture. */
export type Say = Awaited<ReturnType<typeof textsIn>>;

/** What a picture is drawn from. */
export interface Shown {
  catalogue: Catalogue;
  say: Say;
  /** A label in the language of the picture. */
  name: (labels: Labels) => string;
}

const VIEWS = ["pad", "items", "refer", "more", "providers", "guide", "place", "forms"] as const;
type View = (typeof VIEWS)[number];

/** The screen on which a section's changes show. */
const VIEW_OF: Readonly<Record<PartName, View>> = {
  items: "pad",
  kits: "pad",
  services: "pad",
  providers: "providers",
  places: "place",
  topics: "more",
  lists: "forms",
  cards: "guide",
  pad: "pad",
  programme: "pad",
};

function Screen({ view, shown }: { view: View; shown: Shown }): JSX.Element {
  const at = opened.value;
  const card = at?.list === "cards" ? shown.catalogue.cards?.[at.index] : undefined;
  switch (view) {
    case "pad":
      return <PadPicture {...shown} />;
    case "items":
      return <ItemsPicture {...shown} />;
    case "refer":
      return <ReferPicture {...shown} />;
    case "more":
      return <MorePicture {...shown} />;
    case "providers":
      return <GuidePicture {...shown} of="services" only={at?.list === "providers" ? shown.catalogue.providers[at.index]?.code : undefined} />;
    case "guide":
      return card === undefined ? <GuidePicture {...shown} of="cards" /> : <CardPicture {...shown} card={card} />;
    case "place":
      return <PlacePicture {...shown} />;
    case "forms":
      return <FormPicture {...shown} list={further()} />;
  }
}

/** The phone's words in a language, once they are here. */
function useWords(tag: string): Say | undefined {
  const [words, setWords] = useState<{ tag: string; say: Say } | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    // Without the language's file the picture keeps the words that it has.
    textsIn(tag).then((say) => wanted && setWords({ tag, say }), () => undefined);
    return () => {
      wanted = false;
    };
  }, [tag]);
  return words?.say;
}

/** The frame of the phone. */
function Phone({ tag, children }: { tag: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="cat-phone" lang={tag} dir={directionOf(tag)} role="region" aria-label={t("cat_preview")} tabIndex={0}>
      {children}
    </div>
  );
}

/** The preview, with what it shows and in which language. */
export function Preview({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const open = part();
  const languages = languagesOf(catalogue);
  const [chosen, setChosen] = useState<{ part: PartName; view: View }>({ part: open, view: VIEW_OF[open] });
  const [wanted, setWanted] = useState<string>(languages[0]);
  const tag = languages.includes(wanted) ? wanted : languages[0];
  const view = chosen.part === open ? chosen.view : VIEW_OF[open];
  const say = useWords(tag);
  return (
    <div class="cat-preview-body">
      <h2 class="hide-text">{t("cat_preview")}</h2>
      <div class="cat-preview-choice">
        <Select
          label={t("cat_view")}
          value={view}
          options={VIEWS.map((one) => [one, t(`cat_view_${one}`)] as const)}
          onChoose={(next) => setChosen({ part: open, view: VIEWS.find((one) => one === next) ?? "pad" })}
        />
        {languages.length > 1 && <Select label={t("language")} value={tag} options={languages.map((one) => [one, languageName(one)] as const)} onChoose={setWanted} />}
      </div>
      {say !== undefined && (
        <Phone tag={tag}>
          <Screen view={view} shown={{ catalogue: tidied(catalogue), say, name: (labels) => labelIn(labels, tag) }} />
        </Phone>
      )}
    </div>
  );
}
