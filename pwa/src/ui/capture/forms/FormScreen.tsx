// The form that is open.
import type { JSX } from "preact";
import { form } from "../../../app/state";
import { Referral } from "./Referral";

/** The screen. */
export function FormScreen(): JSX.Element | null {
  switch (form.value) {
    case "referral":
      return <Referral />;
    default:
      return null;
  }
}
