// Builds the page, then the service worker with the list of what it must hold, then compressed siblings.
import { defineConfig } from "vite";
import { serviceWorker } from "./scripts/service-worker.ts";
import { compressed } from "./scripts/compressed.ts";
import { TARGET } from "./scripts/target.ts";

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
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
  plugins: [serviceWorker(), compressed()],
});
