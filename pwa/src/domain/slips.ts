// Open referral slips: how long the phone lists one, and which outcomes settle it.
import type { ReferralStatus } from "../generated/contract";
import { addDays } from "./dates";

/** An open slip: slip and service, with the day from which its 30 days count. */
export interface OpenSlip {
  slip: string;
  service: string;
  day: string;
}

/** Days for which a slip is listed. */
export const SLIP_DAYS = 30;

/** Whether a slip is still listed on a day. */
export function isListed({ day }: OpenSlip, today: string): boolean {
  return day >= addDays(today, -SLIP_DAYS);
}

/** Outcomes after which there is nothing more to ask. All others may still go further, so the slip stays. */
const FINAL: readonly ReferralStatus[] = ["completed", "attended_not_served"];

/** Whether an outcome settles a slip for good; the server goes by the same. */
export function settles(status: ReferralStatus): boolean {
  return FINAL.includes(status);
}
