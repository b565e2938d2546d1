// The form that is open.
import type { JSX } from "preact";
import { catalogue, form } from "../../../app/state";
import { BulkSheet } from "./BulkSheet";
import { Collection } from "./Collection";
import { Talk } from "./Debrief";
import { Expense } from "./Expense";
import { Group } from "./Group";
import { HandOut } from "./HandOut";
import { Incident } from "./Incident";
import { Overdose } from "./Overdose";
import { Referral } from "./Referral";
import { Stock } from "./Stock";
import { Stop } from "./Stop";
import { Unmet } from "./Unmet";

/** The screen. */
export function FormScreen(): JSX.Element | null {
  if (catalogue.value === undefined) return null;
  switch (form.value) {
    case "referral":
      return <Referral />;
    case "handout":
      return <HandOut />;
    case "sheet":
      return <BulkSheet catalogue={catalogue.value} />;
    case "unmet":
      return <Unmet />;
    case "talk":
      return <Talk />;
    case "stop":
      return <Stop />;
    case "overdose":
      return <Overdose catalogue={catalogue.value} />;
    case "incident":
      return <Incident catalogue={catalogue.value} />;
    case "group":
      return <Group catalogue={catalogue.value} />;
    case "collection":
      return <Collection catalogue={catalogue.value} />;
    case "expense":
      return <Expense catalogue={catalogue.value} />;
    case "stock":
      return <Stock catalogue={catalogue.value} />;
    case undefined:
      return null;
  }
}
