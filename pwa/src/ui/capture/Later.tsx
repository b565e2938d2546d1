// A part of the phone that no contact needs: its code is fetched when somebody asks for it.
import { useEffect, useState } from "preact/hooks";
import type { FunctionComponent, JSX } from "preact";
import { t } from "../../i18n/phone";
import { Sheet } from "../kit/Sheet";

interface Closing {
  onClose: () => void;
}

interface LaterProps extends Closing {
  /** Heading of the sheet that says that the part can't be had. */
  title: string;
  load: () => Promise<FunctionComponent<Closing>>;
}

/** The part once it is here; nothing for the moment before, and a sentence when it can't be had. */
export function Later({ title, load, onClose }: LaterProps): JSX.Element | null {
  const [part, setPart] = useState<{ Part?: FunctionComponent<Closing> } | undefined>(undefined);
  useEffect(() => {
    load().then(
      (Part) => setPart({ Part }),
      () => setPart({}),
    );
  }, []);
  if (part === undefined) return null;
  if (part.Part !== undefined) return <part.Part onClose={onClose} />;
  return (
    <Sheet title={title} done={t("done")} onClose={onClose}>
      <p>{t("later_failed")}</p>
    </Sheet>
  );
}
