// A sheet from the bottom edge for what is not needed at every contact. Escape, the backdrop and its button close it;
// focus goes in when it opens and back where it was when it closes.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import "./sheet.css";
import { Button } from "./Button";

interface SheetProps {
  /** Heading, and name for screen readers. */
  title: string;
  /** Words of the closing button. */
  done: string;
  /** Closes it. */
  onClose: () => void;
  /** What it holds has a main button of its own: the closing one must not be taken for it. */
  hasMain?: boolean;
  /** What its button does, where that is more than closing. */
  onDone?: () => void;
  /** What it holds. */
  children: ComponentChildren;
}

const FOCUSABLE = "button, input, select, textarea, a[href]";

/** Keeps the tabulator inside the sheet. */
function trap(event: KeyboardEvent, sheet: HTMLElement): void {
  const stops = [...sheet.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((stop) => !stop.hasAttribute("disabled"));
  const first = stops[0];
  const last = stops[stops.length - 1];
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first?.focus();
  }
}

/** The sheet. */
export function Sheet({ title, done, onClose, onDone = onClose, hasMain = false, children }: SheetProps): JSX.Element {
  const sheet = useRef<HTMLDivElement>(null);
  // Before the page is drawn: a key that is pressed at once must already be the sheet's.
  useLayoutEffect(() => {
    const before = document.activeElement;
    sheet.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
    if (event.key === "Tab" && sheet.current !== null) trap(event, sheet.current);
  };
  return (
    <div class="sheet-back" onClick={(event) => event.target === event.currentTarget && onClose()}>
      <div class="sheet" role="dialog" aria-modal="true" aria-label={title} tabIndex={-1} ref={sheet} onKeyDown={onKeyDown}>
        <header>
          <h2>{title}</h2>
        </header>
        <div class="sheet-body">{children}</div>
        <footer>
          <Button look={hasMain ? "big" : "big primary"} onClick={onDone}>
            {done}
          </Button>
        </footer>
      </div>
    </div>
  );
}
