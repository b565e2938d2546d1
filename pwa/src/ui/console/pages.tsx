// Which pages there are, and for whom. The server decides what anybody may do; this decides what is offered.
import type { JSX } from "preact";
import type { Role } from "../../generated/contract";
import { Indicator } from "../indicators/Indicator";
import { Overview } from "../indicators/Overview";
import { Account } from "../setup/Account";
import { Audit } from "../setup/Audit";
import { CataloguePage } from "../setup/catalogue";
import { Devices } from "../setup/Devices";
import { People } from "../setup/People";
import { Board } from "../team/Board";
import { Counts } from "../team/Counts";
import { DaySheet } from "../team/DaySheet";
import { Person } from "../team/Person";
import { Quarantine } from "../team/Quarantine";
import { Records } from "../team/Records";
import { Reports } from "../team/Reports";
import { Shifts } from "../team/Shifts";

/** A page: its path below `/console/`, its icon, who may open it, whether the navigation lists it, and how it is drawn. */
export interface PageEntry {
  name: "today" | "records" | "shifts" | "people" | "person" | "counts" | "quarantine" | "reports" | "import" | "indicators" | "indicator" | "catalogue" | "devices" | "audit" | "account";
  icon: string;
  roles: readonly Role[];
  listed: boolean;
  draw: () => JSX.Element;
}

const TEAM: readonly Role[] = ["supervisor", "administrator"];
const STAFF: readonly Role[] = ["supervisor", "evaluator", "administrator"];
const READERS: readonly Role[] = ["evaluator", "administrator"];

/** Every page, in the order of the navigation. */
export const PAGES: readonly PageEntry[] = [
  { name: "today", icon: "today", roles: TEAM, listed: true, draw: () => <Board /> },
  { name: "records", icon: "leaflet", roles: TEAM, listed: true, draw: () => <Records /> },
  { name: "shifts", icon: "wait", roles: TEAM, listed: true, draw: () => <Shifts /> },
  { name: "people", icon: "person", roles: TEAM, listed: true, draw: () => <People /> },
  { name: "person", icon: "person", roles: TEAM, listed: false, draw: () => <Person /> },
  { name: "quarantine", icon: "alert", roles: TEAM, listed: true, draw: () => <Quarantine /> },
  { name: "indicators", icon: "pulse", roles: READERS, listed: true, draw: () => <Overview /> },
  { name: "indicator", icon: "pulse", roles: READERS, listed: false, draw: () => <Indicator /> },
  { name: "reports", icon: "pulse", roles: TEAM, listed: true, draw: () => <Reports /> },
  { name: "counts", icon: "scales", roles: TEAM, listed: true, draw: () => <Counts /> },
  { name: "import", icon: "disk", roles: TEAM, listed: true, draw: () => <DaySheet /> },
  { name: "catalogue", icon: "place", roles: ["administrator"], listed: true, draw: () => <CataloguePage /> },
  { name: "devices", icon: "lock", roles: TEAM, listed: true, draw: () => <Devices /> },
  { name: "audit", icon: "shield", roles: ["administrator"], listed: true, draw: () => <Audit /> },
  { name: "account", icon: "lock", roles: STAFF, listed: false, draw: () => <Account /> },
];

/** The pages of a role. */
export function pagesOf(role: Role): PageEntry[] {
  return PAGES.filter((page) => page.roles.includes(role));
}
