// One icon of our own set, drawn in the colour of the text around it and hidden from screen readers: words stand beside it.
import type { JSX } from "preact";
import "./icon.css";
import { ICONS } from "./icons";

const MIRRORED = new Set(["back", "undo", "repeat", "signs"]);

/** Draws the icon of a name; a name that the set lacks draws a plain box. */
export function Icon({ name }: { name: string }): JSX.Element {
  return (
    <svg class={MIRRORED.has(name) ? "icon mirrors" : "icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={ICONS[name] ?? ICONS["box"] ?? ""} />
    </svg>
  );
}
