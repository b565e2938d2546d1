// A number typed on the page's own keys, with a point where it may have decimals. It stays text while it is typed.

/** What can be tapped. */
export type Key = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "." | "erase";

/** The text after a tap; a key that would make no number, or one above `max`, does nothing. */
export function typeKey(text: string, key: Key, decimals: number, max: number): string {
  if (key === "erase") return text.slice(0, -1);
  const [, fraction] = text.split(".");
  if (key === ".") return fraction !== undefined || decimals === 0 ? text : `${text === "" ? "0" : text}.`;
  if (fraction !== undefined && fraction.length >= decimals) return text;
  const typed = text === "0" ? key : text + key;
  return Number(typed) > max ? text : typed;
}

/** The number that the text says in whole parts of 10 to the power of −`decimals`: 12.5 with two decimals is 1250. */
export function inParts(text: string, decimals: number): number {
  const [whole = "", fraction = ""] = text.split(".");
  return Number(`${whole === "" ? "0" : whole}${fraction.slice(0, decimals).padEnd(decimals, "0")}`);
}
