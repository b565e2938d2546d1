// Texts of the console. A new language is a file beside `en/console.ts` and one line here.
import { catalogue } from "./catalogue";
import type en from "./en/console";

export const { t, load, languages } = catalogue<typeof en>({ en: () => import("./en/console") });
