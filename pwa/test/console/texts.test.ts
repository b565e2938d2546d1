// Every text that is picked by a code of the contract is there, and the parts of the catalogue don't overwrite each other.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import account from "../../src/i18n/en/console/account";
import catalogue from "../../src/i18n/en/console/catalogue";
import common from "../../src/i18n/en/console/common";
import definitions from "../../src/i18n/en/console/definitions";
import held from "../../src/i18n/en/console/held";
import icons from "../../src/i18n/en/console/icons";
import indicators from "../../src/i18n/en/console/indicators";
import kinds from "../../src/i18n/en/console/kinds";
import problems from "../../src/i18n/en/console/problems";
import setup from "../../src/i18n/en/console/setup";
import team from "../../src/i18n/en/console/team";
import work from "../../src/i18n/en/console/work";
import { keyOf } from "../../src/ui/indicators/words";

const PARTS = [account, common, problems, kinds, team, held, indicators, definitions, setup, work, catalogue, icons].map((part) => Object.keys(part));

it("no key stands in two parts", () => {
  const keys = PARTS.flat();
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

const SERVER = new URL("../../../server/src/", import.meta.url);

function sources(folder: string): string {
  return readdirSync(new URL(folder, SERVER), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".rs"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

/** Problems that only a phone, a script or a mistyped address meets. */
const NOT_HERE = ["device_revoked", "device_unknown", "malformed_push", "method_not_allowed", "phone_only", "pin_wait", "session_only", "share_gone", "signature", "token_refused", "wrong_pin"];

it("a problem that the console can meet has its words", () => {
  const calls = sources("").matchAll(/(?:ApiError|Self)::(?:new|bad_request|unauthorised|forbidden|conflict)\(\s*(?:StatusCode::\w+,\s*)?"([a-z_]+)"/gu);
  const codes = new Set([...calls].map((match) => match[1]!).filter((code) => !NOT_HERE.includes(code)));
  const keys = new Set(PARTS.flat());
  expect(codes.size).toBeGreaterThan(20);
  expect([...codes].filter((code) => !keys.has(`problem_${code}`))).toEqual([]);
});

it("an action of the audit has its words", () => {
  const actions = new Set([...sources("").matchAll(/Entry::(?:person|system|device)\(\s*(?:[\w.()]+,\s*)?"([a-z]+\.[a-z]+)"/gu)].map((match) => match[1]!.replace(".", "_")));
  const keys = new Set(PARTS.flat());
  expect(actions.size).toBeGreaterThan(10);
  expect([...actions].filter((action) => !keys.has(`did_${action}`))).toEqual([]);
});

it("a reason of quarantine has its words", () => {
  const source = sources("sync");
  const reasons = [...source.matchAll(/because\("([a-z_]+)"\)/gu)].map((match) => match[1]!);
  const keys = new Set(PARTS.flat());
  expect(reasons.length).toBeGreaterThan(3);
  expect(reasons.filter((reason) => !keys.has(`held_${reason}`))).toEqual([]);
});

it("a warning of the contract has its words", () => {
  const source = readFileSync(new URL("../../../shared/src/validation/mod.rs", import.meta.url), "utf8");
  const warnings = [...source.matchAll(/warnings\.push\("([a-z_]+)"\)/gu)].map((match) => match[1]!);
  const keys = new Set(PARTS.flat());
  expect(warnings.length).toBeGreaterThan(3);
  expect(warnings.filter((warning) => !keys.has(`warning_${warning}`))).toEqual([]);
});

it("a sentence of the published figures' definitions has its words", () => {
  const source = readFileSync(new URL("publication/definitions.rs", SERVER), "utf8");
  const entries = source.slice(source.indexOf("const COUNT"), source.indexOf("fn find("));
  const sentences = [...entries.matchAll(/"((?:[^"\\]|\\.)*)"/gu)].map((match) => match[1]!);
  // Ids and numbers are the same in every language, and so are names of standards alone.
  const worded = sentences.filter((one) => !/^[a-z_.]+$|^I\d+$|^(?:UNAIDS|KP_PREV)/u.test(one));
  const keys = new Set(PARTS.flat());
  expect(worded.length).toBeGreaterThan(50);
  expect(worded.filter((one) => !keys.has(`said_${keyOf(one)}`))).toEqual([]);
});
