// Dates, ids, links, base64url and texts.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64url, toBase64url } from "../src/domain/base64url";
import { addDays, dayIn, mondayOf, wallClock } from "../src/domain/dates";
import { dayUuid } from "../src/domain/ids";
import { plainCode, readFragment } from "../src/domain/link";
import { isSlip, slipOf, slipText } from "../src/domain/slip";

describe("base64url", () => {
  it("reads what it writes, and Node agrees", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect([...fromBase64url(text)!]).toEqual([...bytes]);
      }),
    );
  });
  it.each(["a", "a=", "a+b/", "ab cd"])("refuses %s", (text) => expect(fromBase64url(text)).toBeUndefined());
});

describe("an id", () => {
  it("is a version 7 UUID that tells the UTC day and nothing finer", () => {
    const instants = fc.integer({ min: 0, max: 4e12 });
    fc.assert(
      fc.property(instants, fc.uint8Array({ minLength: 16, maxLength: 16 }), (now, random) => {
        const id = dayUuid(now, random);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
        const time = parseInt(id.replace(/-/gu, "").slice(0, 12), 16);
        expect(time).toBe(Math.floor(now / 86_400_000) * 86_400_000);
      }),
    );
  });
});

describe("dates", () => {
  it("are the programme's, whatever the phone's zone", () => {
    const evening = Date.parse("2026-06-09T22:30:00Z");
    expect([dayIn("Europe/Athens", evening), dayIn("UTC", evening), dayIn("America/Lima", evening)]).toEqual(["2026-06-10", "2026-06-09", "2026-06-09"]);
    expect(dayIn("No/Such_Zone", evening)).toBe("2026-06-09");
  });
  it("go over months and years", () => {
    expect([addDays("2026-12-31", 1), addDays("2026-03-01", -1)]).toEqual(["2027-01-01", "2026-02-28"]);
    expect(["2026-06-08", "2026-06-14", "2027-01-01"].map(mondayOf)).toEqual(["2026-06-08", "2026-06-08", "2026-12-28"]);
  });
  it("keep the wall clock with its offset", () => {
    expect(wallClock(Date.parse("2026-06-09T20:14:05Z"), 60)).toEqual({ local: "2026-06-09T21:14:05", offset_minutes: 60 });
  });
});

describe("a link", () => {
  it("gives code and pin; a typed code is forgiven its look-alikes", () => {
    expect(readFragment("0123456789AB.abcdefghijklmnopqrstuv")).toEqual({ code: "0123456789AB", pin: "abcdefghijklmnopqrstuv" });
    expect(plainCode(" o1il-2345 6789ab ")).toBeUndefined();
    expect(plainCode("oIlO-2345 6789")).toBe("011023456789");
    expect(readFragment("")).toEqual({});
  });
  it("with a broken pin trusts no key at all", () => expect(readFragment("0123456789AB.short").pin).toBe(""));
  it("carries what the canary page read", () => {
    const id = "0197a3c0-0000-7000-8000-000000000001";
    expect(readFragment(`canary=${id}.3&0123456789AB`)).toEqual({ canary: { device: id, unsent: 3 }, code: "0123456789AB" });
    expect(readFragment("canary=none&")).toEqual({ canary: "none" });
  });
});

describe("a slip", () => {
  it("has a right check character whatever the random bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (random) => {
        expect(isSlip(slipOf(random))).toBe(true);
      }),
    );
    expect(slipText("K742QS")).toBe("K74 2QS");
  });
});
