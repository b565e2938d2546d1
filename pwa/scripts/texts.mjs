// Runs the commands of scripts/texts/, which are TypeScript.
import { runnerImport } from "vite";

await runnerImport("./scripts/texts/main.ts", { configFile: false, logLevel: "warn" });
