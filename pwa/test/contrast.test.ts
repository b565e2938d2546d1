// Every pair of colours that carries text holds 7:1 in every theme.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../src/ui/kit/tokens.css", import.meta.url), "utf8");

function theme(name: string): Record<string, string> {
  const block = new RegExp(`\\[data-theme="${name}"\\] \\{([^}]*)\\}`, "u").exec(css)?.[1] ?? "";
  return Object.fromEntries([...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/gu)].map((match) => [match[1]!, match[2]!]));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

const GROUNDS = ["bg", "surface", "key"];
const INKS = ["text", "muted", "accent-text", "danger", "warn", "info"];

describe.each(["dark", "light", "sun"])("theme %s", (name) => {
  const colours = theme(name);
  it.each(GROUNDS.flatMap((ground) => INKS.map((ink) => [ink, ground])))("%s on %s", (ink, ground) => {
    expect(contrast(colours[ink]!, colours[ground]!)).toBeGreaterThanOrEqual(7);
  });
  it("words on the accent", () => {
    expect(contrast(colours["on-accent"]!, colours["accent"]!)).toBeGreaterThanOrEqual(7);
  });
});
