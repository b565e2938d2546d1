// Builds the page, then the service worker with the list of what it must hold, then compressed siblings.
import { defineConfig } from "vite";
import { serviceWorker } from "./scripts/service-worker.ts";
import { compressed } from "./scripts/compressed.ts";
import { TARGET } from "./scripts/target.ts";
import { texts } from "./scripts/texts/plugin.ts";

/** A language's texts are told apart by their names: the service worker holds only the languages in use. */
function chunkName({ facadeModuleId }: { facadeModuleId?: string | null }): string {
  const [, tag, part] = /\/i18n\/(?:po\/)?([a-z]+)\/(phone|console)\.(?:ts|po)$/u.exec(facadeModuleId ?? "") ?? [];
  return tag === undefined ? "assets/[name]-[hash].js" : `assets/text-${part}-${tag}-[hash].js`;
}

export default defineConfig({
  build: {
    target: TARGET,
    modulePreload: false,
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: chunkName,
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
  plugins: [texts(), serviceWorker(), compressed()],
});
