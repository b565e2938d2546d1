// The gender × age grid of the open contact.
import type { JSX } from "preact";
import type { Catalogue } from "../../generated/contract";
import { draft } from "../../app/state";
import { tapCell } from "../../domain/draft";
import { PeopleGrid } from "./PeopleGrid";

/** The grid. */
export function Grid({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const { gender, ageBand } = draft.value;
  return (
    <PeopleGrid
      catalogue={catalogue}
      counting={false}
      count={(one, band) => (one === gender && band === ageBand ? 1 : 0)}
      onTap={(one, band) => (draft.value = tapCell(draft.value, one, band))}
    />
  );
}
