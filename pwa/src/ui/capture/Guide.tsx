// Guide, offline: who offers which service, when and where, and the programme's own cards.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Card as GuideCard, Catalogue } from "../../generated/contract";
import { enterPage } from "../../app/back";
import { catalogue } from "../../app/state";
import { findProviders, offeredServices } from "../../domain/guide";
import { label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Card } from "../kit/Card";
import { Field } from "../kit/Field";
import { Icon } from "../kit/Icon";
import { Markdown } from "../kit/Markdown";
import { Bar } from "./Bar";
import { ProviderFacts } from "./Providers";
import "./tabs.css";

interface FilterProps {
  services: Catalogue["services"];
  chosen: string | undefined;
  onChoose: (service: string | undefined) => void;
}

/** The services that somebody offers, in a row that can be pushed sideways. */
function Filter({ services, chosen, onChoose }: FilterProps): JSX.Element {
  return (
    <div class="filter" role="group" aria-label={t("guide_services")}>
      <Button pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
        {t("guide_all")}
      </Button>
      {services.map(({ code, icon, label: name }) => (
        <Button key={code} icon={icon} pressed={chosen === code} onClick={() => onChoose(chosen === code ? undefined : code)}>
          {label(name)}
        </Button>
      ))}
    </div>
  );
}

/** Names of the services that a provider offers, with their signs. */
function Offered({ known, codes }: { known: Catalogue; codes: readonly string[] }): JSX.Element {
  return (
    <ul class="offered">
      {known.services
        .filter(({ code }) => codes.includes(code))
        .map(({ code, icon, label: name }) => (
          <li key={code}>
            <Icon name={icon} />
            {label(name)}
          </li>
        ))}
    </ul>
  );
}

function Directory({ known }: { known: Catalogue }): JSX.Element {
  const [typed, setTyped] = useState("");
  const [service, setService] = useState<string | undefined>(undefined);
  const services = offeredServices(known);
  const found = findProviders(known, typed, service);
  if (services.length === 0 && found.length === 0 && typed === "") return <p class="muted">{t("guide_none")}</p>;
  return (
    <>
      <Field label={t("guide_search")} type="search" inputMode="search" value={typed} onText={setTyped} />
      <Filter services={services} chosen={service} onChoose={setService} />
      {found.length === 0 && (
        <div class="stack" role="status">
          <p class="muted">{t("guide_no_match")}</p>
          <Button
            onClick={() => {
              setTyped("");
              setService(undefined);
            }}
          >
            {t("guide_clear")}
          </Button>
        </div>
      )}
      {found.map((provider) => (
        <Card key={provider.code}>
          <ProviderFacts provider={provider}>
            <Offered known={known} codes={provider.services} />
          </ProviderFacts>
        </Card>
      ))}
    </>
  );
}

/** One card; the phone's back key leads to the list as the button does. */
function CardPage({ card, onClose }: { card: GuideCard; onClose: () => void }): JSX.Element {
  useEffect(() => {
    scrollTo(0, 0);
    return enterPage(onClose);
  }, []);
  return (
    <article class="stack">
      <Button look="plain" class="back" icon="back" onClick={onClose}>
        {t("guide_back")}
      </Button>
      <h1>{label(card.title)}</h1>
      <Markdown source={label(card.body)} />
    </article>
  );
}

function Cards({ known, onOpen }: { known: Catalogue; onOpen: (code: string) => void }): JSX.Element {
  const cards = (known.cards ?? []).filter((card) => card.retired !== true);
  if (cards.length === 0) return <p class="muted">{t("guide_no_cards")}</p>;
  return (
    <ul class="cards">
      {cards.map(({ code, icon, title }) => (
        <li key={code}>
          <Button icon={icon} onClick={() => onOpen(code)}>
            {label(title)}
          </Button>
        </li>
      ))}
    </ul>
  );
}

const PARTS = ["services", "cards"] as const;

/** The screen. */
export function Guide(): JSX.Element | null {
  const [part, setPart] = useState<(typeof PARTS)[number]>("services");
  const [open, setOpen] = useState<string | undefined>(undefined);
  const known = catalogue.value;
  if (known === undefined) return null;
  const card = known.cards?.find(({ code }) => code === open);
  return (
    <main class="page with-bar">
      {card !== undefined ? (
        <CardPage card={card} onClose={() => setOpen(undefined)} />
      ) : (
        <>
          <h1>{t("guide")}</h1>
          <div class="parts" role="group" aria-label={t("guide")}>
            {PARTS.map((one) => (
              <Button key={one} icon={one === "services" ? "place" : "leaflet"} pressed={part === one} onClick={() => setPart(one)}>
                {t(`guide_${one}`)}
              </Button>
            ))}
          </div>
          {part === "services" ? <Directory known={known} /> : <Cards known={known} onOpen={setOpen} />}
        </>
      )}
      <div class="grow" />
      <Bar />
    </main>
  );
}
