// Icons of the lists that have only words in the catalogue: an entry's own icon, else that of its code where it is one of the defaults.
import type { Choice } from "../../generated/contract";

/** Lists of the catalogue with entries of this kind. */
export type ChoiceList = "incident_kinds" | "perpetrators" | "supports" | "expense_kinds" | "topics";

const BY_CODE: Readonly<Record<ChoiceList, Readonly<Record<string, string>>>> = {
  incident_kinds: {
    violence: "fist",
    theft: "theft",
    harassment: "loud",
    police: "police",
    discrimination: "unequal",
    threat: "threat",
    accident: "burst",
    other: "more",
  },
  perpetrators: {
    police: "police",
    partner: "couple",
    client: "person",
    dealer: "coins",
    family: "home",
    public: "people",
    staff: "clinic",
    unknown: "unknown",
    other: "more",
  },
  supports: {
    first_aid: "wound",
    medical: "clinic",
    legal: "scales",
    shelter: "bed",
    listened: "ear",
    accompanied: "together",
    none: "missing",
    other: "more",
  },
  expense_kinds: { transport: "bus", food: "food", childcare: "child", airtime: "mobile", other: "more" },
  topics: {
    safer_use: "syringe",
    overdose: "pulse",
    hiv: "ribbon",
    hepatitis: "liver",
    sexual_health: "heart",
    rights: "scales",
    wellbeing: "mind",
  },
};

/** The icon of an entry; none where the programme added it without one. */
export function choiceIcon(list: ChoiceList, { code, icon }: Choice): string | undefined {
  return icon ?? BY_CODE[list][code];
}
