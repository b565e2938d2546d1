// The form that is open.
import type { JSX } from "preact";
import { form } from "../../../app/state";

/** The screen. */
export function FormScreen(): JSX.Element | null {
  switch (form.value) {
    default:
      return null;
  }
}
