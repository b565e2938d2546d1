// Texts of the phone. Keys and English are in `en/phone.ts`; translators work on `po/<language>/phone.po`.
import { catalogue } from "./catalogue";
import type en from "./en/phone";

export const { t, load, textsIn } = catalogue<typeof en>(() => import("./en/phone"), {
  sw: () => import("./po/sw/phone.po"),
  fr: () => import("./po/fr/phone.po"),
  pt: () => import("./po/pt/phone.po"),
  ar: () => import("./po/ar/phone.po"),
});
