// The fields of a record in words, by the description of its kind.
import type { JSX } from "preact";
import { fieldsOf, naloxoneItems } from "../../domain/console/fields";
import { draftOf, isShown } from "../../domain/console/form";
import type { RecordBody } from "../../generated/contract";
import { fieldLabel, fieldValue } from "../console/names";
import type { Setup } from "./setup";

/** A name and its value. */
export type Fact = [name: string, value: string];

/** What a record says, with what its own answers rule out left out. `handle` is that of its worker, who may be of no team any more. */
export function fieldFacts(record: RecordBody, setup: Setup, handle: string | undefined): Fact[] {
  const { kind, body } = record;
  const draft = draftOf(record);
  const names = handle === undefined ? setup : { ...setup, handles: new Map([...setup.handles, [body.worker, handle]]) };
  const fields = fieldsOf(kind).filter((field) => isShown(field, draft, naloxoneItems(setup.catalogue)));
  return fields.map((field): Fact => [fieldLabel(field), fieldValue(names, field, body)]);
}

/** A list of facts. */
export function Facts({ facts }: { facts: readonly Fact[] }): JSX.Element {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
