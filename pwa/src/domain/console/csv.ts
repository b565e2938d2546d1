// Tables as CSV that a spreadsheet opens without taking a word for a formula.

/**
 * A text that a spreadsheet would run is made one that it shows. Where a spreadsheet cuts at semicolons or tabs, as in many languages, quotes
 * around a cell that is not the first don't hold: there each part may be one.
 */
function harmless(text: string): string {
  const bare = text.replace(/(^|[;\t])([\s\p{Cc}"'\u{feff}\u{200b}]*[=+\-@|%＝＋－＠])/gu, "$1'$2");
  return /^[\t\r\n]/u.test(bare) ? `'${bare}` : bare;
}

/** A cell: a number stands as it is, with a point. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = harmless(value);
  return /[",;\t\r\n]/u.test(text) ? `"${text.replace(/"/gu, '""')}"` : text;
}

/** Rows as a file, with the mark by which spreadsheets know its letters. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}
