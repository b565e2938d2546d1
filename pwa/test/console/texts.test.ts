// Every text that is picked by a code of the contract is there, and the parts of the catalogue don't overwrite each other.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import common from "../../src/i18n/en/console/common";
import indicators from "../../src/i18n/en/console/indicators";
import problems from "../../src/i18n/en/console/problems";
import setup from "../../src/i18n/en/console/setup";
import team from "../../src/i18n/en/console/team";

const PARTS = [common, problems, team, indicators, setup].map((part) => Object.keys(part));

it("no key stands in two parts", () => {
  const keys = PARTS.flat();
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

it("a reason of quarantine has its words and its next step", () => {
  const source = readFileSync(new URL("../../../server/src/sync/read.rs", import.meta.url), "utf8");
  const reasons = [...source.matchAll(/because\("([a-z_]+)"\)/gu)].map((match) => match[1]!);
  const keys = new Set(PARTS.flat());
  expect(reasons.length).toBeGreaterThan(3);
  expect(reasons.filter((reason) => !keys.has(`held_${reason}`))).toEqual([]);
});

it("a warning of the contract has its words", () => {
  const source = readFileSync(new URL("../../../shared/src/validation.rs", import.meta.url), "utf8");
  const warnings = [...source.matchAll(/warnings\.push\("([a-z_]+)"\)/gu)].map((match) => match[1]!);
  const keys = new Set(PARTS.flat());
  expect(warnings.length).toBeGreaterThan(3);
  expect(warnings.filter((warning) => !keys.has(`warning_${warning}`))).toEqual([]);
});
