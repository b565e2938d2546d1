// Lines of the table that the measurements fill, and how it is printed.

/** A line: what was measured, its figure, its budget, whether it is missed. One without a budget is told and nothing more. */
export function line(name, figure, budget = '', missed = false) {
  return { name, figure, budget, missed };
}

/** A line of milliseconds, with the least and the most of the runs. */
export function milliseconds(name, numbers, most) {
  const figure = `${Math.round(median(numbers)).toLocaleString('en')} ms (${Math.round(Math.min(...numbers))}–${Math.round(Math.max(...numbers))})`;
  return line(name, figure, most === undefined ? '' : `≤ ${most.toLocaleString('en')} ms`, most !== undefined && median(numbers) > most);
}

export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Prints the table as Markdown. */
export function print(lines) {
  const rows = [
    ['what', 'figure', 'budget', ''],
    ['---', '---', '---', '---'],
    ...lines.map(({ name, figure, budget, missed }) => [name, figure, budget, missed ? 'MISSED' : budget === '' ? '' : 'ok']),
  ];
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  for (const row of rows) console.log(`| ${row.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`);
}
