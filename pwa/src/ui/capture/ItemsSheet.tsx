// Every kit and item with its quantity: for what has no tile, and to take back what was tapped too often.
import type { JSX } from "preact";
import type { Catalogue, Item } from "../../generated/contract";
import { setBack, setKit, setOut, type Given } from "../../domain/draft";
import { label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Icon } from "../kit/Icon";
import { Sheet } from "../kit/Sheet";
import { Stepper } from "../kit/Stepper";
import { figure, padWords } from "./words";

interface LineProps {
  name: string;
  icon: string;
  n: number;
  quick?: readonly number[];
  max?: number;
  onChange: (n: number) => void;
}

/** One item or kit: its name, how many, and the usual quantities as keys. */
export function ItemLine({ name, icon, n, quick = [], max = 100_000, onChange }: LineProps): JSX.Element {
  return (
    <li class="item-line">
      <div class="between">
        <span class="row">
          <Icon name={icon} />
          {name}
        </span>
        <Stepper label={name} value={n} max={max} text={figure(n)} words={padWords()} onChange={onChange} />
      </div>
      {quick.length > 0 && (
        <div class="row">
          {quick.map((one) => (
            <Button key={one} pressed={n === one} label={`${name}: ${one}`} onClick={() => onChange(n === one ? 0 : one)}>
              {figure(one)}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

interface ItemsSheetProps<G> {
  catalogue: Catalogue;
  /** What is set so far. */
  given: G;
  /** Called with what is set after a tap. */
  onGive: (given: G) => void;
  onClose: () => void;
}

/** The sheet. The item that comes back is set as returned, every other as given. */
export function ItemsSheet<G extends Given>({ catalogue, given, onGive, onClose }: ItemsSheetProps<G>): JSX.Element {
  const back = catalogue.pad.return_item;
  const change = (item: Item, n: number): void => onGive(item.code === back ? setBack(given, item.code, n) : setOut(given, item.code, n));
  return (
    <Sheet title={t("items_title")} done={t("done")} onClose={onClose}>
      <ul class="stack">
        {catalogue.kits
          .filter((kit) => kit.retired !== true)
          .map((kit) => (
            <ItemLine
              key={kit.code}
              name={label(kit.label)}
              icon={kit.icon ?? "box"}
              n={given.kits[kit.code] ?? 0}
              max={99}
              onChange={(n) => onGive(setKit(given, kit.code, n))}
            />
          ))}
        {catalogue.items
          .filter((item) => item.retired !== true)
          .map((item) => (
            <ItemLine
              key={item.code}
              name={label(item.label)}
              icon={item.icon}
              n={(item.code === back ? given.back[item.code] : given.out[item.code]) ?? 0}
              quick={item.quick ?? []}
              onChange={(n) => change(item, n)}
            />
          ))}
      </ul>
    </Sheet>
  );
}
