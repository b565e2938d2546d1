// The Markdown of the guide: what it draws, and that nothing else gets through, however it is written.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inline, markdown, type Inline } from "../src/domain/markdown";

/** The text that a tree shows, marks and all gone. */
function shown(pieces: readonly Inline[]): string {
  return pieces.map((piece) => ("inner" in piece ? shown(piece.inner) : piece.text)).join("");
}

function depth(pieces: readonly Inline[]): number {
  return Math.max(0, ...pieces.map((piece) => ("inner" in piece ? 1 + depth(piece.inner) : 0)));
}

const text = (value: string): Inline => ({ kind: "text", text: value });
const strong = (...inner: Inline[]): Inline => ({ kind: "strong", inner });
const em = (...inner: Inline[]): Inline => ({ kind: "em", inner });

describe("blocks", () => {
  it("reads headings, paragraphs and lists", () => {
    expect(markdown("# One\n## Two\ntext\nmore\n\n### Three\n- a\n- b\n  goes on\n\n1. first\n\n2. second")).toEqual([
      { kind: "heading", level: 2, inner: [text("One")] },
      { kind: "heading", level: 2, inner: [text("Two")] },
      { kind: "paragraph", inner: [text("text more")] },
      { kind: "heading", level: 3, inner: [text("Three")] },
      { kind: "list", ordered: false, start: 1, items: [[text("a")], [text("b goes on")]] },
      { kind: "list", ordered: true, start: 1, items: [[text("first")], [text("second")]] },
    ]);
  });

  it("goes on counting after a paragraph between", () => {
    expect(markdown("1. a\n\nbetween\n\n2) b").at(-1)).toMatchObject({ ordered: true, start: 2 });
  });

  it("takes any line ending, and nothing for nothing", () => {
    expect(markdown("a\r\n\r\nb\rc")).toHaveLength(2);
    expect(markdown(" \n\n\t\n")).toEqual([]);
  });
});

describe("pieces of a line", () => {
  it("reads bold and emphasis, one in the other", () => {
    expect(inline("a **b** *c* d")).toEqual([text("a "), strong(text("b")), text(" "), em(text("c")), text(" d")]);
    expect(inline("***a***")).toEqual([strong(em(text("a")))]);
    expect(inline("**a *b***")).toEqual([strong(text("a "), em(text("b")))]);
    expect(inline("*a **b***")).toEqual([em(text("a "), strong(text("b")))]);
  });

  it("leaves stars that mark nothing", () => {
    for (const line of ["2 * 3 * 4", "**", "*", "a**", "*a", "**a *b", "a ** b", "****a****"]) expect(inline(line)).toEqual([text(line)]);
    expect(shown(inline("**a *b** c"))).toBe("a *b c");
  });

  it("links a number to call, and nothing else", () => {
    expect(inline("Call [the line](tel:+254 20-123.45) now")).toEqual([
      text("Call "),
      { kind: "tel", text: "the line", number: "+2542012345" },
      text(" now"),
    ]);
    for (const line of [
      "[x](javascript:alert(1))",
      "[x](JaVaScRiPt:alert(1))",
      "[x](tel:javascript:alert(1))",
      "[x](tel:+1;ext=<script>)",
      "[x](https://example.org)",
      "[x](data:text/html;base64,PHNjcmlwdD4=)",
      "![x](tel:x)",
      "<https://example.org>",
    ]) {
      expect(inline(line)).toEqual([text(line)]);
    }
  });
});

describe("hostile pages", () => {
  it("keeps tags as the text that they are", () => {
    const tag = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    expect(markdown(tag)).toEqual([{ kind: "paragraph", inner: [text(tag)] }]);
    expect(markdown(`- ${tag}`)).toEqual([{ kind: "list", ordered: false, start: 1, items: [[text(tag)]] }]);
  });

  it("nests no deeper than bold in emphasis", () => {
    for (const line of ["*a **b ".repeat(10_000), "**".repeat(10_000), `${"*".repeat(10_000)}a${"*".repeat(10_000)}`, "*a".repeat(10_000)]) {
      expect(depth(inline(line))).toBeLessThanOrEqual(2);
    }
    expect(inline("*".repeat(10_000))).toEqual([text("*".repeat(10_000))]);
  });

  it("loses no letter", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", " ", "*", "**", "***", "[", "]", "[c](tel:12)", "(", "\\")), (parts) => {
        const line = parts.join("");
        const letters = (text: string): string => text.replaceAll("[c](tel:12)", "c").replace(/\*/gu, "");
        expect(letters(shown(inline(line)))).toBe(letters(line));
      }),
    );
  });

  it("ends on pages far longer than any may be", { timeout: 60_000 }, () => {
    const hostile = (n: number): string[] => [
      "*a ".repeat(n),
      "**a *b ".repeat(n),
      "*a **b** c ".repeat(n),
      "[".repeat(n),
      "[a](tel:".repeat(n),
      "[a](tel:1 ".repeat(n),
      "[" + "a".repeat(n),
      " ".repeat(n) + "a",
      "#".repeat(n),
      "- a\n".repeat(n),
      "-" + " ".repeat(n),
      "1. *a\n".repeat(n),
    ];
    // A reader that looks back over what it has read takes minutes for this.
    for (const source of hostile(50_000)) expect(markdown(source).length).toBeGreaterThan(0);
  });
});
