// Unit tests run in Node: domain, store (on an in-memory IndexedDB), sync and styles. The time limit is for a slow machine with other work.
import { defineConfig } from "vitest/config";
import { texts } from "./scripts/texts/plugin.ts";

export default defineConfig({ plugins: [texts()], test: { include: ["test/**/*.test.ts"], environment: "node", testTimeout: 60_000 } });
