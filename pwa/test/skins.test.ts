// Neutral skins: each is whole, says nothing of what the app is for, and no text of the phone names the app by itself.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import en from "../src/i18n/en/phone";
import { LANGUAGES } from "../src/i18n/languages";
import { textsIn } from "../src/i18n/phone";

const SKINS = new URL("../public/skins/", import.meta.url).pathname;
const ICONS = { "icon-192.png": 192, "icon-512.png": 512, "icon-maskable-512.png": 512, "apple-touch-icon.png": 180 } as const;
const TELLING = /rounds|health|drug|syringe|naloxone|needle|harm|outreach/iu;

describe.each(readdirSync(SKINS))("skin %s", (name) => {
  const read = (file: string): Buffer => readFileSync(`${SKINS}${name}/${file}`);

  it("says nothing of what the app is for", () => {
    expect(name + read("icon.svg").toString()).not.toMatch(TELLING);
  });

  it.each(Object.entries(ICONS))("has %s of %i px", (file, size) => {
    // Width and height stand in a PNG's first chunk.
    const png = read(file);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  });
});

describe.each(Object.keys(LANGUAGES))("texts of the phone in %s", (tag) => {
  it("never name the app: its name is the deployment's", async () => {
    const t = await textsIn(tag);
    const keys = Object.keys(en) as (keyof typeof en)[];
    expect(keys.filter((key) => /\brounds\b/iu.test(t(key)))).toEqual([]);
  });
});
