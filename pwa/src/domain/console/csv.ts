// Tables as CSV that a spreadsheet opens without taking a word for a formula.

/** A text that a spreadsheet would run is made one that it shows. */
function harmless(text: string): string {
  return /^(?:[\t\r\n]|[\s\p{Cc}"'\u{feff}\u{200b}]*[=+\-@|%＝＋－＠])/u.test(text) ? `'${text}` : text;
}

/** A cell: a number stands as it is, with a point. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = harmless(value);
  // Also what other separators would cut: some spreadsheets split at those of their language.
  return /[",;\t\r\n]/u.test(text) ? `"${text.replace(/"/gu, '""')}"` : text;
}

/** Rows as a file, with the mark by which spreadsheets know its letters. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}
