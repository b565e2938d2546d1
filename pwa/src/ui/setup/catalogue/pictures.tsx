// The other screens on which phones show the catalogue: items and kits, referrals, the sheet for more, guide, places, lists of forms.
import type { ComponentChildren, JSX } from "preact";
import type { ChoiceList } from "../../../domain/console/catalogue";
import { findProviders } from "../../../domain/guide";
import { number } from "../../../i18n/catalogue";
import { t } from "../../../i18n/console";
import type { Card, Provider } from "../../../generated/contract";
import { Icon } from "../../kit/Icon";
import { Markdown } from "../../kit/Markdown";
import { Key, Steps } from "./PadPicture";
import type { Shown } from "./Preview";

const inUse = <T extends { retired?: boolean }>(list: readonly T[]): T[] => list.filter((one) => one.retired !== true);

function Sheet({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="cat-sheet">
      <strong class="cat-sheet-title">{title}</strong>
      {children}
    </div>
  );
}

function Line({ icon, name, quick }: { icon: string; name: string; quick?: readonly number[] }): JSX.Element {
  return (
    <li class="cat-sheet-line">
      <span class="cat-sheet-name">
        <Icon name={icon} />
        <span>{name}</span>
      </span>
      <Steps />
      {quick !== undefined && quick.length > 0 && (
        <span class="cat-sheet-quick">
          {quick.map((one) => (
            <Key key={one}>{number(one)}</Key>
          ))}
        </span>
      )}
    </li>
  );
}

/** All kits and items in use, in order. */
export function ItemsPicture({ catalogue, say, name }: Shown): JSX.Element {
  return (
    <Sheet title={say("items_title")}>
      <ul class="cat-sheet-list">
        {inUse(catalogue.kits).map((kit) => (
          <Line key={kit.code} icon={kit.icon ?? "box"} name={name(kit.label)} />
        ))}
        {inUse(catalogue.items).map((item) => (
          <Line key={item.code} icon={item.icon} name={name(item.label)} quick={item.quick ?? []} />
        ))}
      </ul>
    </Sheet>
  );
}

/** All services in use. */
export function ReferPicture({ catalogue, say, name }: Shown): JSX.Element {
  return (
    <Sheet title={say("refer_title")}>
      <ul class="cat-sheet-list">
        {inUse(catalogue.services).map((service) => (
          <li key={service.code}>
            <Key icon={service.icon}>{name(service.label)}</Key>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function Keys({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="cat-sheet-keys">
      <strong>{title}</strong>
      <div>{children}</div>
    </div>
  );
}

/** Tests, topics and what was asked for in vain. */
export function MorePicture({ catalogue, say, name }: Shown): JSX.Element {
  const tests = (catalogue.pad.tests ?? []).flatMap((code) => catalogue.services.find((service) => service.code === code) ?? []);
  return (
    <Sheet title={say("more_title")}>
      {tests.map((test) => (
        <Keys key={test.code} title={name(test.label)}>
          {(["offered", "referred", "declined", "not_needed"] as const).map((result) => (
            <Key key={result}>{say(`test_${result}`)}</Key>
          ))}
        </Keys>
      ))}
      <Keys title={say("topics")}>
        {inUse(catalogue.topics).map((topic) => (
          <Key key={topic.code} icon={topic.icon ?? undefined}>
            {name(topic.label)}
          </Key>
        ))}
      </Keys>
      <Keys title={say("unmet")}>
        {inUse(catalogue.items)
          .filter((item) => item.code !== catalogue.pad.return_item)
          .map((item) => (
            <Key key={item.code}>{name(item.label)}</Key>
          ))}
      </Keys>
    </Sheet>
  );
}

/** The places to choose from. */
export function PlacePicture({ catalogue, say, name }: Shown): JSX.Element {
  return (
    <Sheet title={say("place_title")}>
      <Keys title={say("site")}>
        {inUse(catalogue.sites).map((site) => (
          <Key key={site.code} icon="place">
            {name(site.label)}
          </Key>
        ))}
      </Keys>
    </Sheet>
  );
}

/** A list as the forms show it. */
export function FormPicture({ catalogue, name, list }: Shown & { list: ChoiceList }): JSX.Element {
  return (
    <Sheet title={t(`cat_list_${list}`)}>
      <div class="cat-sheet-keys">
        <div>
          {inUse(catalogue[list] ?? []).map((choice) => (
            <Key key={choice.code} icon={choice.icon ?? undefined}>
              {name(choice.label)}
            </Key>
          ))}
        </div>
      </div>
    </Sheet>
  );
}

/** A page of the guide. */
export function CardPicture({ card, name }: Shown & { card: Card }): JSX.Element {
  return (
    <Sheet title={name(card.title)}>
      <Markdown source={name(card.body)} under={2} />
    </Sheet>
  );
}

function Fact({ icon, words }: { icon: string; words: string }): JSX.Element | null {
  if (words === "") return null;
  return (
    <span class="cat-sheet-name">
      <Icon name={icon} />
      <span>{words}</span>
    </span>
  );
}

function ProviderPicture({ catalogue, name, provider }: Shown & { provider: Provider }): JSX.Element {
  const { hours, address, notes, phone } = provider;
  return (
    <li class="cat-sheet-provider">
      <strong>{name(provider.label)}</strong>
      <span class="cat-sheet-offered">
        {catalogue.services
          .filter(({ code }) => provider.services.includes(code))
          .map((service) => (
            <Fact key={service.code} icon={service.icon} words={name(service.label)} />
          ))}
      </span>
      <Fact icon="clock" words={name(hours ?? {})} />
      <Fact icon="place" words={name(address ?? {})} />
      <Fact icon="info" words={name(notes ?? {})} />
      {phone !== undefined && phone !== null && (
        <Key icon="phone">
          <span dir="ltr">{phone}</span>
        </Key>
      )}
    </li>
  );
}

/** The guide: whom to send people to, of which the one that stands open alone, or the programme's cards. */
export function GuidePicture(shown: Shown & { of: "services" | "cards"; only?: string | undefined }): JSX.Element {
  const { catalogue, name, say, of, only } = shown;
  const providers = findProviders(catalogue, "", undefined).filter(({ code }) => only === undefined || code === only);
  const cards = inUse(catalogue.cards ?? []);
  return (
    <Sheet title={say("guide")}>
      <div class="cat-sheet-parts">
        <Key class={of === "services" ? "primary" : ""} icon="place">
          {say("guide_services")}
        </Key>
        <Key class={of === "cards" ? "primary" : ""} icon="leaflet">
          {say("guide_cards")}
        </Key>
      </div>
      <ul class="cat-sheet-list">
        {of === "services"
          ? providers.map((provider) => <ProviderPicture key={provider.code} {...shown} provider={provider} />)
          : cards.map((card) => (
              <li key={card.code}>
                <Key icon={card.icon}>{name(card.title)}</Key>
              </li>
            ))}
      </ul>
      {of === "services" && providers.length === 0 && <p class="muted">{say("guide_none")}</p>}
      {of === "cards" && cards.length === 0 && <p class="muted">{say("guide_no_cards")}</p>}
    </Sheet>
  );
}
