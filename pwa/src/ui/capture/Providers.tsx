// Providers of the offline guide: what is known of one, and choosing one for a referral.
import type { ComponentChildren, JSX } from "preact";
import type { Catalogue, Provider } from "../../generated/contract";
import { offering } from "../../domain/guide";
import { label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Choices } from "../kit/Field";
import { Icon } from "../kit/Icon";

function Fact({ icon, texts }: { icon: string; texts: Readonly<Record<string, string>> | undefined }): JSX.Element | null {
  const words = label(texts ?? {});
  if (words === "") return null;
  return (
    <p class="fact">
      <Icon name={icon} />
      <bdi>{words}</bdi>
    </p>
  );
}

/** Name, hours, address, notes and number of a provider; what else is known of it stands under its name. */
export function ProviderFacts({ provider, children }: { provider: Provider; children?: ComponentChildren }): JSX.Element {
  const { label: name, hours, address, notes, phone } = provider;
  return (
    <div class="provider-facts">
      <h2>
        <bdi>{label(name)}</bdi>
      </h2>
      {children}
      <Fact icon="clock" texts={hours} />
      <Fact icon="place" texts={address} />
      <Fact icon="info" texts={notes} />
      {phone != null && phone !== "" && (
        <a class="button" href={`tel:${phone.replace(/[^\d+*#]/gu, "")}`} aria-label={`${t("guide_call", { number: phone })}: ${label(name)}`}>
          <Icon name="phone" />
          <span dir="ltr">{phone}</span>
        </a>
      )}
    </div>
  );
}

interface ProviderChoiceProps {
  catalogue: Catalogue;
  service: string;
  chosen: string | undefined;
  onChoose: (provider: string | undefined) => void;
}

/** The providers of a service with their hours; a tap on the chosen one clears it. Nothing where the guide has none. */
export function ProviderChoice({ catalogue, service, chosen, onChoose }: ProviderChoiceProps): JSX.Element | null {
  const found = offering(catalogue, service);
  if (found.length === 0) return null;
  return (
    <Choices label={t("referral_where")}>
      {found.map(({ code, label: name, hours }) => (
        <Button key={code} class="provider" icon="place" pressed={chosen === code} onClick={() => onChoose(chosen === code ? undefined : code)}>
          <span>
            <span class="provider-name">
              <bdi>{label(name)}</bdi>
            </span>
            <span class="small">
              <bdi>{label(hours ?? {})}</bdi>
            </span>
          </span>
        </Button>
      ))}
    </Choices>
  );
}
