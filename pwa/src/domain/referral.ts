// Bodies of a referral on its own and of what became of one.
import type { EventSource, ReferralEvent, ReferralRecord, ReferralStatus, ReferralWay } from "../generated/contract";
import type { CommonBody } from "./around";
import type { OpenSlip } from "./slips";

/** What was tapped of a referral. */
export interface ReferralDraft {
  service: string;
  slip: string;
  way: ReferralWay;
  provider: string | undefined;
}

/** Body of a referral on its own. */
export function toReferral({ service, slip, way, provider }: ReferralDraft, common: CommonBody): ReferralRecord {
  return { ...common, referral: { slip, service, ...(provider === undefined ? {} : { provider }), way, status: "issued" } };
}

/** Body of what became of a referral. */
export function toReferralEvent({ slip, service }: OpenSlip, status: ReferralStatus, source: EventSource, common: CommonBody): ReferralEvent {
  return { ...common, slip, service, status, source };
}
