// The form that is open.
import type { JSX } from "preact";
import { form } from "../../../app/state";
import { Talk } from "./Debrief";
import { HandOut } from "./HandOut";
import { Referral } from "./Referral";
import { Stop } from "./Stop";
import { Unmet } from "./Unmet";

/** The screen. */
export function FormScreen(): JSX.Element | null {
  switch (form.value) {
    case "referral":
      return <Referral />;
    case "handout":
      return <HandOut />;
    case "unmet":
      return <Unmet />;
    case "talk":
      return <Talk />;
    case "stop":
      return <Stop />;
    default:
      return null;
  }
}
