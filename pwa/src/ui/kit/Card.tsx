// Frames: a card holds figures or a form, a banner one plain sentence with its sign.
import type { ComponentChildren, JSX } from "preact";
import "./card.css";
import { Icon } from "./Icon";

/** A framed area. */
export function Card({ children, class: extra }: { children: ComponentChildren; class?: string }): JSX.Element {
  return <section class={extra === undefined ? "card" : `card ${extra}`}>{children}</section>;
}

const SIGNS = { warn: "alert", danger: "alert", info: "info", good: "check" } as const;

/** A sentence that should be read; `danger` is announced at once. */
export function Banner({ kind, children }: { kind: keyof typeof SIGNS; children: ComponentChildren }): JSX.Element {
  return (
    <div class={`banner ${kind}`} role={kind === "danger" ? "alert" : "status"}>
      <Icon name={SIGNS[kind]} />
      <div>{children}</div>
    </div>
  );
}
