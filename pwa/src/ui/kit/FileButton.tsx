// A button that has a file picked.
import { useRef } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { Button } from "./Button";

interface FileButtonProps {
  look?: "big primary" | undefined;
  disabled: boolean;
  /** Called with each file that is picked. */
  onPick: (file: File) => void;
  children: ComponentChildren;
}

/** The button; the browser's own field for files stays out of sight. */
export function FileButton({ onPick, ...button }: FileButtonProps): JSX.Element {
  const picker = useRef<HTMLInputElement>(null);
  const pick = (input: HTMLInputElement): void => {
    const [file] = input.files ?? [];
    // The same file may be picked again. What was picked can be read all the same.
    input.value = "";
    if (file !== undefined) onPick(file);
  };
  return (
    <>
      <input ref={picker} type="file" hidden onChange={(event) => pick(event.currentTarget)} />
      <Button icon="disk" onClick={() => picker.current?.click()} {...button} />
    </>
  );
}
