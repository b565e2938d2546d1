// A referral outside a contact: the service, how it was made, and where to if the guide knows somebody.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue, ReferralWay } from "../../../generated/contract";
import { freshSlip } from "../../../app/clock";
import { saveReferral } from "../../../app/referrals";
import { catalogue } from "../../../app/state";
import { slipText } from "../../../domain/slip";
import { label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { ProviderChoice } from "../Providers";
import { FormPage } from "./FormPage";

const WAYS = [
  ["slip", "leaflet"],
  ["told", "talk"],
  ["called", "phone"],
  ["accompanied", "together"],
] as const satisfies readonly (readonly [ReferralWay, string])[];

function Questions({ known }: { known: Catalogue }): JSX.Element {
  const [slip] = useState(freshSlip);
  const [service, setService] = useState<string | undefined>(undefined);
  const [provider, setProvider] = useState<string | undefined>(undefined);
  const [way, setWay] = useState<ReferralWay>("slip");
  const choose = (code: string): void => {
    setService(service === code ? undefined : code);
    setProvider(undefined);
  };
  return (
    <FormPage
      title={t("new_referral")}
      missing={service === undefined ? t("referral_missing") : undefined}
      onSave={() => service !== undefined && void saveReferral({ service, slip, way, provider })}
    >
      <div class="services" role="group" aria-label={t("referral_service")}>
        {known.services
          .filter((one) => one.retired !== true)
          .map((one) => (
            <Button key={one.code} class="tile" icon={one.icon} pressed={service === one.code} onClick={() => choose(one.code)}>
              <span>{label(one.label)}</span>
            </Button>
          ))}
      </div>
      <fieldset class="choices">
        <legend>{t("referral_way")}</legend>
        <div class="services">
          {WAYS.map(([one, icon]) => (
            <Button key={one} class="tile" icon={icon} pressed={way === one} onClick={() => setWay(one)}>
              <span>{t(`way_${one}`)}</span>
            </Button>
          ))}
        </div>
      </fieldset>
      {service !== undefined && (
        <>
          <p class="between">
            <span>{t("referral_slip")}</span>
            <strong class="slip-number" dir="ltr">
              {slipText(slip)}
            </strong>
          </p>
          <ProviderChoice catalogue={known} service={service} chosen={provider} onChoose={setProvider} />
        </>
      )}
    </FormPage>
  );
}

/** The form. */
export function Referral(): JSX.Element | null {
  const known = catalogue.value;
  return known === undefined ? null : <Questions known={known} />;
}
