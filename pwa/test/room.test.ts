// What the browser's figures on storage mean.
import { expect, it } from "vitest";
import { judge } from "../src/app/room";

const MB = 1024 * 1024;

it.each([
  ["a phone with room", 2_000 * MB, 5 * MB, false, "enough"],
  ["a phone that is nearly full", 2_000 * MB, 1_990 * MB, false, "low"],
  ["a private window", 100 * MB, 1 * MB, false, "private"],
  ["a small phone that promises to keep it", 100 * MB, 1 * MB, true, "enough"],
  ["a browser that does not say", 0, 0, undefined, "enough"],
] as const)("%s", (_name, quota, usage, isPersisted, room) => expect(judge(quota, usage, isPersisted)).toBe(room));
