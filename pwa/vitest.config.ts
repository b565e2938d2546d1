// Unit tests run in Node: domain, store (on an in-memory IndexedDB), sync and styles.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["test/**/*.test.ts"], environment: "node" } });
