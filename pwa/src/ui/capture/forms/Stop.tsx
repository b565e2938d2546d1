// The closing page of a shift: its numbers, the debrief in three taps, the hand-over for who wants it, and one tap that ends it.
import { useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { RecordBody } from "../../../generated/contract";
import { sources } from "../../../app/clock";
import { commonNow } from "../../../app/records";
import { bagMoves, catalogue, ownFigures, shift } from "../../../app/state";
import { endShift } from "../../../app/stop";
import { bagNow, handOverLines, handOverMoves, NO_HANDOVER, type HandOverLine } from "../../../domain/bag";
import { debriefOf, lacksTalk, type DebriefDraft } from "../../../domain/debrief";
import { minutesOut } from "../../../domain/shift";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Sums } from "../Sums";
import { DebriefQuestions } from "./Debrief";
import { FormPage } from "./FormPage";
import { HandOverSheet } from "./HandOver";

/** Everything that the page says, as records in the order in which they are saved. */
function recordsOf(debrief: DebriefDraft, lines: readonly HandOverLine[], back: boolean): ReadonlyMap<string, RecordBody> {
  const records = new Map<string, RecordBody>();
  const common = commonNow();
  if (common === undefined) return records;
  const said = debriefOf(common, debrief);
  const moves = handOverMoves(common, lines, back);
  if (said !== undefined) records.set("debrief", { kind: "debrief", body: said });
  if (moves.lost !== undefined) records.set("lost", { kind: "stock_move", body: moves.lost });
  if (moves.back !== undefined) records.set("back", { kind: "stock_move", body: moves.back });
  return records;
}

function summary(lines: readonly HandOverLine[], back: boolean): string {
  const sum = (n: (line: HandOverLine) => number): number => lines.reduce((all, line) => all + n(line), 0);
  const [lost, left] = [sum((line) => line.lostNow), back ? sum((line) => line.left) : 0];
  const parts = [...(lost > 0 ? [t("handover_sum_lost", { n: lost })] : []), ...(left > 0 ? [t("handover_sum_back", { n: left })] : [])];
  return parts.length === 0 ? t("handover") : parts.join(", ");
}

/** The page. */
export function Stop(): JSX.Element | null {
  const [debrief, setDebrief] = useState<DebriefDraft>({});
  const [handOver, setHandOver] = useState(NO_HANDOVER);
  const [added, setAdded] = useState<readonly string[]>([]);
  const [counting, setCounting] = useState(false);
  const saved = useRef(new Set<string>());
  const [running, items] = [shift.value, catalogue.value];
  if (running === undefined || items === undefined) return null;
  const lines = handOverLines(bagNow(ownFigures.value?.bag ?? [], bagMoves.value), handOver, added);
  const minutes = minutesOut(running.since, sources.now());
  const lasted = t("shift_lasted", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return (
    <FormPage
      title={t("stop_title")}
      save={t("shift_end")}
      missing={lacksTalk(debrief) ? t("talk_missing") : undefined}
      onSave={() => void endShift(recordsOf(debrief, lines, handOver.back), saved.current)}
    >
      <Sums sums={running.sums} when={lasted} />
      <DebriefQuestions draft={debrief} onChange={setDebrief} />
      <Button icon="sack" onClick={() => setCounting(true)}>
        {summary(lines, handOver.back)}
      </Button>
      {counting && (
        <HandOverSheet
          catalogue={items}
          lines={lines}
          handOver={handOver}
          onChange={setHandOver}
          onAdd={(item) => setAdded([...added, item])}
          onClose={() => setCounting(false)}
        />
      )}
    </FormPage>
  );
}
