// Vite plugin: a translation file (`.po`) is a module of messages. What it lacks stands in English, so that work on the app goes on while
// translators are behind; a build for release (`CI` is set) refuses that instead.
import { basename, dirname } from "node:path";
import type { Plugin } from "vite";
import type { Message } from "../../src/i18n/message.ts";
import { untranslated } from "./check.ts";
import { isFuzzy, messageOf, read, source, type Part } from "./files.ts";

/** The messages of a language as the app has them. */
export function messages(tag: string, part: Part): { messages: Record<string, Message>; files: readonly string[] } {
  const { entries, files } = source(part);
  const found = read(tag, part);
  const all = entries.map((entry) => {
    const translation = found.get(entry.key);
    const usable = translation !== undefined && !isFuzzy(entry, translation);
    return [entry.key, (usable ? messageOf(tag, translation) : undefined) ?? entry.message] as const;
  });
  return { messages: Object.fromEntries(all), files };
}

/** The plugin. */
export function texts(): Plugin {
  return {
    name: "rounds-texts",
    buildStart() {
      const wrong = process.env["CI"] === undefined ? [] : untranslated();
      if (wrong.length > 0) this.error(["Translations are not complete:", ...wrong].join("\n"));
    },
    load(id) {
      if (!id.endsWith(".po")) return undefined;
      const made = messages(basename(dirname(id)), basename(id, ".po") as Part);
      for (const file of made.files) this.addWatchFile(file);
      return { code: `export default ${JSON.stringify(made.messages)};`, map: null };
    },
  };
}
