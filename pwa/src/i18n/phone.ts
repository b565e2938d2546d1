// Texts of the phone. A new language is a file beside `en/phone.ts` and one line here.
import { catalogue } from "./catalogue";
import type en from "./en/phone";

export const { t, load, languages } = catalogue<typeof en>({ en: () => import("./en/phone") });
