// Short Markdown as a tree that a screen draws as elements: headings, paragraphs, lists, bold, emphasis and links to call a number.
// Everything else stays the text that it is. Each character is looked at a bounded number of times, whatever the text.

/** A piece of a line. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "strong" | "em"; inner: readonly Inline[] }
  /** A number to call. */
  | { kind: "tel"; text: string; number: string };

/** A block of a page. */
export type Block =
  | { kind: "heading"; level: 2 | 3; inner: readonly Inline[] }
  | { kind: "paragraph"; inner: readonly Inline[] }
  | { kind: "list"; ordered: boolean; start: number; items: readonly (readonly Inline[])[] };

// The lengths are bounded, so that a search that fails ends soon and a page of brackets is read in one go.
const TEL = /\[([^[\]\n]{1,80})\]\(tel:(\+?[\d .-]{2,30})\)/uy;
const HEADING = /^(#{1,6}) +(\S.*)$/u;
const BULLET = /^ *[-*] +(\S.*)$/u;
const NUMBERED = /^ *(\d{1,3})[.)] +(\S.*)$/u;

interface Open {
  kind: "strong" | "em";
  mark: string;
  inner: Inline[];
}

/** Pieces of one line under way: what is open can be closed or, at the end, was no mark at all. */
class Pieces {
  readonly #open: Open[] = [];
  readonly #done: Inline[] = [];

  get #here(): Inline[] {
    return this.#open.at(-1)?.inner ?? this.#done;
  }

  add(piece: Inline): void {
    this.#here.push(piece);
  }

  text(text: string): void {
    if (text === "") return;
    const last = this.#here.at(-1);
    if (last?.kind === "text") last.text += text;
    else this.add({ kind: "text", text });
  }

  /** How deep in a kind is open, from 1; 0 when it is not. */
  depth(kind: Open["kind"]): number {
    return this.#open.findIndex((one) => one.kind === kind) + 1;
  }

  open(kind: Open["kind"], mark: string): void {
    this.#open.push({ kind, mark, inner: [] });
  }

  /** Closes the innermost of a kind; what was opened in it and never closed was text. Nothing is open twice, so nothing is moved often. */
  close(kind: Open["kind"]): void {
    while (this.#open.at(-1)?.kind !== kind) this.#flatten();
    const inner = this.#open.pop()?.inner ?? [];
    this.add({ kind, inner });
  }

  #flatten(): void {
    const last = this.#open.pop();
    if (last === undefined) return;
    this.text(last.mark);
    for (const piece of last.inner) {
      if (piece.kind === "text") this.text(piece.text);
      else this.add(piece);
    }
  }

  end(): readonly Inline[] {
    while (this.#open.length > 0) this.#flatten();
    return this.#done;
  }
}

const KINDS = [
  ["strong", "**"],
  ["em", "*"],
] as const;

/** A run of stars: it closes what it can, else opens where a word follows, else is text. */
function stars(pieces: Pieces, run: string, before: string, after: string): void {
  const closes = before !== "" && before !== " ";
  const opens = after !== "" && after !== " ";
  const marks = KINDS.filter(([, mark]) => run.length === 3 || mark === run);
  if (marks.length === 0) pieces.text(run);
  // Three are both, and the inner one closes first.
  for (const [kind, mark] of marks.sort(([a], [b]) => pieces.depth(b) - pieces.depth(a))) {
    if (closes && pieces.depth(kind) > 0) pieces.close(kind);
    else if (opens && pieces.depth(kind) === 0) pieces.open(kind, mark);
    else pieces.text(mark);
  }
}

/** Reads one line, or a paragraph's lines joined. */
export function inline(line: string): readonly Inline[] {
  const pieces = new Pieces();
  let [from, at] = [0, 0];
  const upTo = (end: number): void => pieces.text(line.slice(from, end));
  while (at < line.length) {
    const character = line[at];
    if (character === "*") {
      let end = at;
      while (line[end] === "*") end += 1;
      upTo(at);
      stars(pieces, line.slice(at, end), line[at - 1] ?? "", line[end] ?? "");
      from = at = end;
      continue;
    }
    TEL.lastIndex = at;
    const link = character === "[" ? TEL.exec(line) : null;
    if (link === null) {
      at += 1;
      continue;
    }
    upTo(at);
    const [whole, text = "", number = ""] = link;
    pieces.add({ kind: "tel", text, number: number.replace(/[^\d+]/gu, "") });
    from = at += whole.length;
  }
  upTo(line.length);
  return pieces.end();
}

type Lines =
  | { kind: "heading"; level: 2 | 3; lines: string[] }
  | { kind: "paragraph"; lines: string[] }
  | { kind: "list"; ordered: boolean; start: number; items: string[][] };

function listLine(line: string): { ordered: boolean; start: number; text: string } | undefined {
  const [, bullet] = BULLET.exec(line) ?? [];
  if (bullet !== undefined) return { ordered: false, start: 1, text: bullet };
  const [, start, text] = NUMBERED.exec(line) ?? [];
  return text === undefined ? undefined : { ordered: true, start: Number(start), text };
}

/** The blocks with their lines still unread. */
function split(source: string): Lines[] {
  const blocks: Lines[] = [];
  let blank = true;
  for (const raw of source.split(/\r\n|\r|\n/u)) {
    const line = raw.trimEnd();
    const last = blocks.at(-1);
    const [, marks, heading] = HEADING.exec(line) ?? [];
    const item = listLine(line);
    if (line === "") blank = true;
    else if (heading !== undefined) blocks.push({ kind: "heading", level: (marks ?? "").length > 2 ? 3 : 2, lines: [heading] });
    else if (item !== undefined && last?.kind === "list" && last.ordered === item.ordered) last.items.push([item.text]);
    else if (item !== undefined) blocks.push({ kind: "list", ordered: item.ordered, start: item.start, items: [[item.text]] });
    else if (!blank && last?.kind === "paragraph") last.lines.push(line.trimStart());
    else if (!blank && last?.kind === "list") last.items.at(-1)?.push(line.trimStart());
    else blocks.push({ kind: "paragraph", lines: [line.trimStart()] });
    if (line !== "") blank = false;
  }
  return blocks;
}

/** Reads a page. */
export function markdown(source: string): readonly Block[] {
  return split(source).map((block): Block => {
    if (block.kind === "list") {
      const { kind, ordered, start, items } = block;
      return { kind, ordered, start, items: items.map((lines) => inline(lines.join(" "))) };
    }
    const inner = inline(block.lines.join(" "));
    return block.kind === "heading" ? { kind: block.kind, level: block.level, inner } : { kind: block.kind, inner };
  });
}
