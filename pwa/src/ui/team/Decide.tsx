// A decision with its reason for the audit, asked in a dialog.
import { useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { t } from "../../i18n/console";
import { ApiError } from "../../sync/console-api";
import { Reason, isSaid } from "../console/inputs";
import { useSend } from "../console/load";
import { Confirm } from "../console/Page";
import { Trouble } from "../console/problem";
import { Banner } from "../kit/Card";

interface Props {
  title: string;
  yes: string;
  look?: "primary" | "danger";
  /** What is said when somebody else was faster; then nothing can be decided here any more. */
  moved: string;
  onYes: (reason: string) => Promise<void>;
  onNo: () => void;
  /** What follows from it. */
  children: ComponentChildren;
}

/** The dialog. */
export function Decide({ title, yes, look, moved, onYes, onNo, children }: Props): JSX.Element {
  const [reason, setReason] = useState("");
  const sending = useSend();
  const late = sending.error instanceof ApiError && sending.error.status === 409;
  return (
    <Confirm
      title={title}
      yes={yes}
      look={look}
      busy={sending.busy}
      disabled={!isSaid(reason) || late}
      onYes={() => void sending.send(() => onYes(reason.trim()))}
      onNo={onNo}
    >
      {children}
      {late ? <Banner kind="warn">{moved}</Banner> : sending.error !== undefined && <Trouble error={sending.error} />}
      <Reason value={reason} onText={setReason} hint={t("reason_help")} />
    </Confirm>
  );
}
