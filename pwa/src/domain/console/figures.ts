// Reading published cells: which one answers a question, and whether a table says anything at all.
// Nothing here computes a new figure but the change between two published totals.
import type { IndicatorCell, IndicatorDefinition, IndicatorTable } from "../../generated/contract";

/** Whether an indicator is a part of another: a product, method, reason or service of it. */
export function isPart(definition: IndicatorDefinition): boolean {
  return definition.id.includes(".");
}

/** The parts of an indicator, in the table's order. */
export function partsOf(table: IndicatorTable, indicator: string): IndicatorDefinition[] {
  return table.indicators.filter((definition) => definition.id.startsWith(`${indicator}.`));
}

/** The total of an indicator in a table. */
export function totalOf(table: IndicatorTable, indicator: string): IndicatorCell | undefined {
  const cells = table.cells.filter((cell) => cell.indicator === indicator && (cell.group ?? null) === null);
  return table.by === "site" ? cells.find((cell) => (cell.site ?? null) === null) : cells[0];
}

/** The code that a cell stands for in a table cut by something. */
export function groupOf(cell: IndicatorCell, by: string): string | undefined {
  return (by === "site" ? cell.site : cell.group) ?? undefined;
}

/** The cells of an indicator by group. */
export function groupsOf(table: IndicatorTable, indicator: string): Map<string, IndicatorCell> {
  const groups = new Map<string, IndicatorCell>();
  if (table.by === null || table.by === undefined) return groups;
  for (const cell of table.cells) {
    const group = cell.indicator === indicator ? groupOf(cell, table.by) : undefined;
    if (group !== undefined) groups.set(group, cell);
  }
  return groups;
}

/** Below this, rounding alone moves a figure by more than a reader should take for change. */
const LEAST = 100;

/** Change against an earlier published figure as a share, or nothing where it would mislead. */
export function change(now: number | null | undefined, before: number | null | undefined): number | undefined {
  if (now === null || now === undefined || before === null || before === undefined) return undefined;
  return before >= LEAST && now >= LEAST ? (now - before) / before : undefined;
}

/** At least half of the groups that have anything are hidden: the breakdown is too fine for the programme. */
export function tooSmall(table: IndicatorTable): boolean {
  const cells = [...groupsOf(table, "contacts").values()].filter((cell) => cell.value !== 0);
  const hidden = cells.filter((cell) => (cell.flag ?? null) !== null).length;
  return cells.length > 0 && hidden * 2 >= cells.length;
}
