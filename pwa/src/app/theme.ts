// Theme, hand and language of the page follow the settings. `auto` is dark at night and wherever the phone is set to dark.
import { effect } from "@preact/signals";
import { direction, lang } from "../i18n/catalogue";
import { sources } from "./clock";
import { settings } from "./state";

const NIGHT = { from: 18, to: 7 } as const;

function atNight(): boolean {
  const hour = new Date(sources.now()).getHours();
  return hour >= NIGHT.from || hour < NIGHT.to;
}

/** The theme that holds now. */
function theme(): "dark" | "light" | "sun" {
  const wanted = settings.value.theme;
  if (wanted !== "auto") return wanted;
  return atNight() || matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Draws the settings on the page, now and whenever they change. */
export function followSettings(): void {
  const root = document.documentElement;
  effect(() => {
    root.dataset["theme"] = theme();
    root.dataset["hand"] = settings.value.hand;
    const ground = getComputedStyle(root).getPropertyValue("--bg").trim();
    document.querySelector('meta[name="theme-color"]')?.setAttribute("content", ground);
  });
  effect(() => {
    root.lang = lang.value;
    root.dir = direction.value;
  });
}
