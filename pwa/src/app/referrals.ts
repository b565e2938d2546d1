// What the referral screens do: make a referral on its own, and say what became of one.
import type { EventSource, ReferralStatus } from "../generated/contract";
import { toReferral, toReferralEvent, type ReferralDraft } from "../domain/referral";
import { settles, type OpenSlip } from "../domain/slips";
import { commonNow, saveRecord } from "./records";
import * as state from "./state";

/** Saves a referral on its own; its slip is listed from then on. */
export async function saveReferral(draft: ReferralDraft): Promise<void> {
  const common = commonNow();
  if (common !== undefined) await saveRecord({ kind: "referral", body: toReferral(draft, common) });
}

/** Saves what became of a referral. A slip that is settled by it leaves the list. */
export async function saveOutcome(open: OpenSlip, status: ReferralStatus, source: EventSource): Promise<void> {
  const common = commonNow();
  if (common === undefined) return;
  const before = state.slipStatus.value;
  await saveRecord(
    { kind: "referral_event", body: toReferralEvent(open, status, source, common) },
    () => (state.slipStatus.value = { ...before, [open.slip]: status }),
    {
      ...(settles(status) ? { settled: [open] } : {}),
      undone: () => (state.slipStatus.value = before),
    },
  );
}
