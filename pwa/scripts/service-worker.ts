// Vite plugin: after the page is written, bundles src/sw/ to /sw.js with the precache list built in.
// The capture path is precached, and after it what the phone loads later, which must be there without a network too. Texts have a list of
// their own: a phone holds the languages that are used on it. The console's chunks come from the network when somebody opens them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin, type Rolldown } from "vite";
import { TARGET } from "./target.ts";

/** Files of the capture path that the bundler does not hash. */
const PLAIN = ["index.html", "canary/index.html", "canary/canary.js", "manifest.webmanifest", "icon.svg", "icon-192.png"];

/** The phone's texts by language, as paths of the site. */
function phoneTexts(bundle: Rolldown.OutputBundle): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of Object.keys(bundle)) {
    const [, tag] = /^assets\/text-phone-([a-z]+)-/u.exec(name) ?? [];
    if (tag !== undefined) found[tag] = `/${name}`;
  }
  return found;
}

/** Chunks with what they import statically, and what comes with them. */
function withImports(bundle: Rolldown.OutputBundle, from: readonly string[]): Set<string> {
  const wanted = new Set<string>();
  const visit = (name: string): void => {
    const chunk = bundle[name];
    if (wanted.has(name) || chunk?.type !== "chunk") return;
    wanted.add(name);
    for (const css of chunk.viteMetadata?.importedCss ?? []) wanted.add(css);
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) wanted.add(asset);
    for (const other of chunk.imports) visit(other);
  };
  from.forEach(visit);
  return wanted;
}

/** The entry with its static imports is the capture path. */
function captureAssets(bundle: Rolldown.OutputBundle): string[] {
  const entries = Object.entries(bundle).filter(([, chunk]) => chunk.type === "chunk" && chunk.isEntry);
  return [...withImports(bundle, entries.map(([name]) => name))].sort();
}

/** What the phone loads later: chunks asked for by the capture path or by each other, but for texts and the console. */
function laterAssets(bundle: Rolldown.OutputBundle, capture: readonly string[]): string[] {
  const found = new Set(capture);
  for (const name of found) {
    const chunk = bundle[name];
    if (chunk?.type !== "chunk") continue;
    const asked = chunk.dynamicImports.filter((other) => {
      const target = bundle[other];
      return target?.type === "chunk" && !/\/(?:i18n|ui\/console)\//u.test(target.facadeModuleId ?? "");
    });
    for (const other of withImports(bundle, asked)) found.add(other);
  }
  return [...found].filter((name) => !capture.includes(name)).sort();
}

/** The plugin. */
export function serviceWorker(): Plugin {
  let assets: string[] = [];
  let later: string[] = [];
  let texts: Record<string, string> = {};
  let out = "dist";
  return {
    name: "rounds-service-worker",
    apply: "build",
    configResolved(config) {
      out = config.build.outDir;
    },
    generateBundle(_options, bundle) {
      assets = captureAssets(bundle);
      later = laterAssets(bundle, assets);
      texts = phoneTexts(bundle);
    },
    async closeBundle() {
      // It is called after a build that failed, too: a worker without a list would be worse than the old one.
      if (assets.length === 0) return;
      const files = [...assets, ...PLAIN];
      const hash = createHash("sha256");
      for (const file of [...files, ...later]) hash.update(file).update(readFileSync(join(out, file)));
      const version = hash.digest("hex").slice(0, 16);
      await build({
        configFile: false,
        logLevel: "warn",
        publicDir: false,
        define: {
          __PRECACHE__: JSON.stringify(files.map((file) => `/${file}`)),
          __LATER__: JSON.stringify(later),
          __TEXTS__: JSON.stringify(texts),
          __VERSION__: JSON.stringify(version),
        },
        build: {
          target: TARGET,
          outDir: out,
          emptyOutDir: false,
          copyPublicDir: false,
          rolldownOptions: { input: "src/sw/main.ts", output: { format: "iife", entryFileNames: "sw.js" } },
        },
      });
    },
  };
}
