// A person's break, leaving and coming back. What leaving means is said before it is done.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { WorkerStatus, WorkerView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { useSend } from "../console/load";
import { Confirm } from "../console/Page";
import { Trouble } from "../console/problem";
import { Button } from "../kit/Button";

interface StatusProps {
  worker: WorkerView;
  onDone: () => void;
}

/** The buttons that change somebody's status. */
export function Status({ worker, onDone }: StatusProps): JSX.Element {
  const sending = useSend();
  const [leaving, setLeaving] = useState(false);
  const { handle } = worker;
  const change = async (status: WorkerStatus): Promise<void> => {
    if (!(await sending.send(() => api.changeStatus(worker.id, { status })))) return;
    setLeaving(false);
    onDone();
  };
  return (
    <>
      {sending.error !== undefined && <Trouble error={sending.error} />}
      {worker.status === "active" ? (
        <Button onClick={() => void change("break")} disabled={sending.busy} label={t("break_whose", { handle })}>
          {t("break")}
        </Button>
      ) : (
        <Button onClick={() => void change("active")} disabled={sending.busy} label={t("is_back_who", { handle })}>
          {t("is_back")}
        </Button>
      )}
      {worker.status !== "left" && (
        <Button look="danger" onClick={() => setLeaving(true)} label={t("leave_who", { handle })}>
          {t("leave")}
        </Button>
      )}
      {leaving && (
        <Confirm title={t("leave_title", { handle })} yes={t("leave_yes")} busy={sending.busy} onYes={() => void change("left")} onNo={() => setLeaving(false)}>
          <ul class="points">
            <li>{worker.role === "peer" ? t("leave_peer") : t("leave_staff")}</li>
            <li>{t("leave_stays")}</li>
            <li>{t("leave_back")}</li>
          </ul>
        </Confirm>
      )}
    </>
  );
}
