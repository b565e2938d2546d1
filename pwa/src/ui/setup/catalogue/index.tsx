// Entry of the catalogue editor, a chunk of its own: few people open it, and they open it seldom.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import { t } from "../../../i18n/console";
import { Trouble } from "../../console/problem";
import type { Editor as EditorPage } from "./Editor";

type Fetched = { kind: "wait" } | { kind: "here"; Editor: typeof EditorPage } | { kind: "failed"; error: unknown };

/** The page, once its chunk is here. */
export function CataloguePage(): JSX.Element {
  const [state, setState] = useState<Fetched>({ kind: "wait" });
  const fetchIt = (): void => {
    setState({ kind: "wait" });
    import("./Editor").then(
      ({ Editor }) => setState({ kind: "here", Editor }),
      (error: unknown) => setState({ kind: "failed", error }),
    );
  };
  useEffect(fetchIt, []);
  if (state.kind === "here") return <state.Editor />;
  if (state.kind === "failed") return <Trouble error={state.error} again={fetchIt} />;
  return (
    <p class="waiting" role="status">
      {t("loading")}
    </p>
  );
}
