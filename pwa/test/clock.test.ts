// The service date and what ends a chosen one.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seen, tick } from "../src/app/clock";
import { chosenDay, device, serviceDay, today } from "../src/app/state";

const at = (instant: string): void => void vi.setSystemTime(new Date(instant));

beforeEach(() => {
  vi.useFakeTimers();
  at("2026-06-09T20:00:00Z");
  device.value = { programme: "p", device: "d", author: "a", tz: "Europe/Athens", rootKey: "r", key: {} as CryptoKey };
  today.value = "";
  tick();
  seen(true);
});
afterEach(() => vi.useRealTimers());

describe("the service date", () => {
  it("is today in the programme's zone and turns at its midnight", () => {
    expect(serviceDay.value).toBe("2026-06-09");
    at("2026-06-09T20:59:59Z");
    expect(tick()).toBe(false);
    at("2026-06-09T21:00:00Z");
    expect([tick(), serviceDay.value]).toEqual([true, "2026-06-10"]);
  });
  it("that was chosen ends at midnight", () => {
    chosenDay.value = "2026-06-07";
    expect(serviceDay.value).toBe("2026-06-07");
    at("2026-06-09T21:00:00Z");
    tick();
    expect(serviceDay.value).toBe("2026-06-10");
  });
  it("that was chosen ends when the app was hidden for 30 minutes, and not sooner", () => {
    chosenDay.value = "2026-06-07";
    seen(false);
    at("2026-06-09T20:29:59Z");
    seen(true);
    expect(serviceDay.value).toBe("2026-06-07");
    seen(false);
    at("2026-06-09T20:59:59Z");
    seen(true);
    expect(serviceDay.value).toBe("2026-06-09");
  });
});
