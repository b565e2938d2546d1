// The pad as phones will show it, without its taps.
import type { ComponentChildren, JSX } from "preact";
import { gridColumns, gridRows, itemOf, padServices, padTiles, quickOf, sharedName } from "../../../domain/pad-rows";
import { number } from "../../../i18n/catalogue";
import { Icon } from "../../kit/Icon";
import type { Shown } from "./Preview";

/** A key of the phone, drawn. */
export function Key({ class: extra, icon, children }: { class?: string; icon?: string | undefined; children?: ComponentChildren }): JSX.Element {
  return (
    <span class={extra === undefined ? "button" : `button ${extra}`}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </span>
  );
}

function Grid({ catalogue, name }: Shown): JSX.Element {
  const columns = gridColumns(catalogue);
  return (
    <div class="grid">
      <div class="grid-row">
        <Key class="head row-name">?</Key>
        {columns.map((band) => (
          <Key key={band.code} class="head">
            {name(band.label)}
          </Key>
        ))}
      </div>
      {gridRows(catalogue).map((row) => (
        <div key={row.key} class="grid-row">
          <Key class="row-name">{sharedName(row.genders.map((gender) => name(gender.label)))}</Key>
          {columns.map((band) => (
            <Key key={band.code} class="cell" />
          ))}
        </div>
      ))}
    </div>
  );
}

/** A stepper at nought. */
export function Steps({ icon, caption }: { icon?: string; caption?: string }): JSX.Element {
  return (
    <span class="stepper">
      <Key icon="minus" />
      <span class="stepper-value">
        <span class="stepper-number">
          {icon !== undefined && <Icon name={icon} />}
          {number(0)}
        </span>
        {caption !== undefined && <small>{caption}</small>}
      </span>
      <Key icon="plus" />
    </span>
  );
}

/** The pad. */
export function PadPicture(shown: Shown): JSX.Element {
  const { catalogue, say, name } = shown;
  const { pad } = catalogue;
  const syringe = itemOf(catalogue, pad.syringe_item);
  const site = catalogue.sites.find((one) => one.retired !== true);
  return (
    <div class="pad">
      <div class="pad-head">
        <Key icon="close" />
        <span class="pad-title">
          <strong>{say("contact_n", { n: 1 })}</strong>
          {site !== undefined && <span class="muted small">{name(site.label)}</span>}
        </span>
        <Key>{say("more")}</Key>
        <Key icon="code">{say("code")}</Key>
      </div>
      <div class="pad-body">
        <Grid {...shown} />
        <div class="pad-row returning">
          <Key>{say("new")}</Key>
          <Key>{say("returning")}</Key>
          <Key>?</Key>
        </div>
        <div class="pad-row chips">
          <span class="row-icon">
            <Icon name={syringe?.icon ?? "syringe"} />
            <small>{say("out")}</small>
          </span>
          {quickOf(syringe).map((one) => (
            <Key key={one}>{number(one)}</Key>
          ))}
          <Key>#</Key>
        </div>
        <div class="pad-row steppers">
          <Steps icon={itemOf(catalogue, pad.return_item)?.icon ?? "return"} caption={say("syringes_in")} />
          <Steps icon={itemOf(catalogue, pad.naloxone_item)?.icon ?? "naloxone"} caption={say("naloxone")} />
        </div>
        <div class="pad-row tiles">
          {padTiles(catalogue).map((tile) => (
            <Key key={tile.code} class="tile" icon={tile.icon}>
              <span>{name(tile.label)}</span>
            </Key>
          ))}
          <Key class="tile" icon="more">
            <span>{say("items")}</span>
          </Key>
        </div>
        <div class="pad-row tiles">
          {padServices(catalogue).map((service) => (
            <Key key={service.code} class="tile" icon={service.icon}>
              <span>{name(service.label)}</span>
            </Key>
          ))}
          <Key class="tile" icon="more">
            <span>{say("refer")}</span>
          </Key>
        </div>
      </div>
      <div class="pad-foot">
        <Key class="big primary">{say("save")}</Key>
      </div>
    </div>
  );
}
