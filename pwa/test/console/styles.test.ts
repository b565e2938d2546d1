// The phone's styles are on every page, so the console may name no class that the phone's screens define.
import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";

function classes(folder: string): Set<string> {
  const root = new URL(`../../src/ui/${folder}/`, import.meta.url);
  const css = readdirSync(root)
    .filter((name) => name.endsWith(".css"))
    .map((name) => readFileSync(new URL(name, root), "utf8"))
    .join("\n");
  return new Set([...css.matchAll(/\.([a-z][a-z-]*)/gu)].map((match) => match[1]!));
}

it("share none but the kit's", () => {
  const [phone, kit] = [classes("capture"), classes("kit")];
  const own = ["console", "team", "indicators", "setup"].flatMap((folder) => [...classes(folder)]);
  expect(own.length).toBeGreaterThan(50);
  expect(own.filter((name) => phone.has(name) && !kit.has(name))).toEqual([]);
});
