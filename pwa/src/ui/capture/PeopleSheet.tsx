// People counted by gender and age, a tap for each. The last taps can be taken back one after the other.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue, Group } from "../../generated/contract";
import { addOne, countOf, takeOne, together } from "../../domain/forms/people";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Sheet } from "../kit/Sheet";
import { PeopleGrid } from "./PeopleGrid";

interface PeopleSheetProps {
  catalogue: Catalogue;
  groups: readonly Group[];
  /** Most people together. */
  max: number;
  onCount: (groups: readonly Group[]) => void;
  onClose: () => void;
}

/** The sheet. */
export function PeopleSheet({ catalogue, groups, max, onCount, onClose }: PeopleSheetProps): JSX.Element {
  const [tapped, setTapped] = useState<readonly (readonly [gender: string, ageBand: string])[]>([]);
  const last = tapped.at(-1);
  const add = (gender: string, ageBand: string): void => {
    if (together(groups) >= max) return;
    setTapped([...tapped, [gender, ageBand]]);
    onCount(addOne(groups, gender, ageBand));
  };
  const takeBack = (): void => {
    if (last === undefined) return;
    setTapped(tapped.slice(0, -1));
    onCount(takeOne(groups, ...last));
  };
  return (
    <Sheet title={t("count_by_grid_title")} done={t("done")} onClose={onClose}>
      <PeopleGrid catalogue={catalogue} counting count={(gender, ageBand) => countOf(groups, gender, ageBand)} onTap={add} />
      <Button icon="undo" disabled={last === undefined} onClick={takeBack}>
        {t("take_back_one")}
      </Button>
    </Sheet>
  );
}
