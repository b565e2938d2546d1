// Which pages there are, and for whom. The server decides what anybody may do; this decides what is offered.
import type { JSX } from "preact";
import type { Role } from "../../generated/contract";
import { Indicator } from "../indicators/Indicator";
import { Overview } from "../indicators/Overview";
import { Audit } from "../setup/Audit";
import { Devices } from "../setup/Devices";
import { People } from "../setup/People";
import { Sites } from "../setup/Sites";
import { Board } from "../team/Board";
import { DaySheet } from "../team/DaySheet";
import { Quarantine } from "../team/Quarantine";
import { Records } from "../team/Records";
import { Reports } from "../team/Reports";

/** A page: its path below `/console/`, its icon, who may open it, whether the navigation lists it, and how it is drawn. */
export interface PageEntry {
  name: "today" | "records" | "people" | "quarantine" | "reports" | "import" | "indicators" | "indicator" | "sites" | "devices" | "audit";
  icon: string;
  roles: readonly Role[];
  listed: boolean;
  draw: () => JSX.Element;
}

const STAFF: readonly Role[] = ["supervisor", "administrator"];

/** Every page, in the order of the navigation. */
export const PAGES: readonly PageEntry[] = [
  { name: "today", icon: "today", roles: ["supervisor"], listed: true, draw: () => <Board /> },
  { name: "records", icon: "leaflet", roles: ["supervisor"], listed: true, draw: () => <Records /> },
  { name: "people", icon: "person", roles: STAFF, listed: true, draw: () => <People /> },
  { name: "quarantine", icon: "wait", roles: ["supervisor"], listed: true, draw: () => <Quarantine /> },
  { name: "sites", icon: "place", roles: ["administrator"], listed: true, draw: () => <Sites /> },
  { name: "devices", icon: "lock", roles: ["administrator"], listed: true, draw: () => <Devices /> },
  { name: "reports", icon: "pulse", roles: STAFF, listed: true, draw: () => <Reports /> },
  { name: "import", icon: "disk", roles: STAFF, listed: true, draw: () => <DaySheet /> },
  { name: "audit", icon: "shield", roles: ["administrator"], listed: true, draw: () => <Audit /> },
  { name: "indicators", icon: "pulse", roles: ["evaluator"], listed: true, draw: () => <Overview /> },
  { name: "indicator", icon: "pulse", roles: ["evaluator"], listed: false, draw: () => <Indicator /> },
];

/** The pages of a role. */
export function pagesOf(role: Role): PageEntry[] {
  return PAGES.filter((page) => page.roles.includes(role));
}
