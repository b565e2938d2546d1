// Texts of the console. Keys and English are in `en/console.ts`; translators work on `po/<language>/console.po`.
import { catalogue } from "./catalogue";
import type en from "./en/console";

export const { t, load } = catalogue<typeof en>(() => import("./en/console"), {
  sw: () => import("./po/sw/console.po"),
  fr: () => import("./po/fr/console.po"),
  pt: () => import("./po/pt/console.po"),
  ar: () => import("./po/ar/console.po"),
});
