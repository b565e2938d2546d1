// Reads the English source texts: keys, texts, and the comments beside them, which are the translator's notes.
// It reads the syntax and runs nothing, because comments are gone from what runs.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { Message, Plural } from "../../src/i18n/message.ts";

/** A text of the source. */
export interface Entry {
  key: string;
  message: Message;
  /** Context for the translator, a line each. */
  notes: readonly string[];
}

/** The source of a part, with every file that it is made of. */
export interface Source {
  entries: readonly Entry[];
  files: readonly string[];
}

/** The words of a comment without its slashes, stars and line ends. */
function words(comment: string): string {
  return comment
    .replace(/^\/\*+|\*+\/$/gu, "")
    .split("\n")
    .map((line) => line.replace(/^\s*(?:\/\/+|\*+)?\s*/u, "").trim())
    .filter(Boolean)
    .join(" ");
}

function textOf(node: ts.Expression, file: string): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) return textOf(node.left, file) + textOf(node.right, file);
  throw new Error(`${file}: a text must be a plain string: ${node.getText()}`);
}

function messageOf(node: ts.Expression, file: string): Message {
  if (!ts.isObjectLiteralExpression(node)) return textOf(node, file);
  const forms: Partial<Record<string, string>> = {};
  for (const form of node.properties) {
    if (!ts.isPropertyAssignment(form)) throw new Error(`${file}: plural forms are plain: ${form.getText()}`);
    forms[form.name.getText()] = textOf(form.initializer, file);
  }
  if (forms["other"] === undefined) throw new Error(`${file}: a plural without "other": ${node.getText()}`);
  return forms as unknown as Plural;
}

/** The object that a file exports by default. */
function exported(tree: ts.SourceFile): ts.ObjectLiteralExpression {
  for (const statement of tree.statements) {
    if (!ts.isExportAssignment(statement)) continue;
    const value = ts.isSatisfiesExpression(statement.expression) || ts.isAsExpression(statement.expression) ? statement.expression.expression : statement.expression;
    if (ts.isObjectLiteralExpression(value)) return value;
  }
  throw new Error(`${tree.fileName}: no object of texts is exported by default`);
}

/** Files by the name under which they are imported. */
function imports(tree: ts.SourceFile): Map<string, string> {
  const found = new Map<string, string>();
  for (const statement of tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const name = statement.importClause?.name?.text;
    if (name !== undefined) found.set(name, join(dirname(tree.fileName), `${statement.moduleSpecifier.text}.ts`));
  }
  return found;
}

/**
 * Comments before a property. One after an empty line, or at the very top, heads a section and speaks for all of its keys; any other
 * belongs to the key alone.
 */
function before(text: string, position: number, first: boolean): { section: string | undefined; own: string[] } {
  const ranges = ts.getLeadingCommentRanges(text, position) ?? [];
  const lead = text.slice(position, ranges[0]?.pos ?? position + (/^\s*/u.exec(text.slice(position))?.[0].length ?? 0));
  const apart = first || /\n[ \t]*\n/u.test(lead);
  const all = ranges.map((range) => words(text.slice(range.pos, range.end)));
  return apart ? { section: all.join(" "), own: [] } : { section: undefined, own: all };
}

/** Reads a part's texts from its file and from those that it spreads. */
export function english(file: string): Source {
  const text = readFileSync(file, "utf8");
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const parts = imports(tree);
  // A part in several files says in the head of each what its texts are about.
  const [, about = ""] = /^English: (.*)$/u.exec(words((ts.getLeadingCommentRanges(text, 0) ?? []).map((range) => text.slice(range.pos, range.end)).join("\n"))) ?? [];
  const entries: Entry[] = [];
  const files = [file];
  let section = "";
  for (const [index, property] of exported(tree).properties.entries()) {
    const { section: begun, own } = before(text, property.pos, index === 0);
    section = begun ?? section;
    if (ts.isSpreadAssignment(property)) {
      const part = parts.get(property.expression.getText());
      if (part === undefined) throw new Error(`${file}: ${property.getText()} is not an imported file of texts`);
      const inner = english(part);
      entries.push(...inner.entries);
      files.push(...inner.files);
      continue;
    }
    if (!ts.isPropertyAssignment(property)) throw new Error(`${file}: only keys with texts: ${property.getText()}`);
    const comma = text[property.end] === "," ? 1 : 0;
    const after = (ts.getTrailingCommentRanges(text, property.end + comma) ?? []).map((range) => words(text.slice(range.pos, range.end)));
    const notes = [about, section, ...own, ...after].filter(Boolean);
    const key = ts.isStringLiteral(property.name) ? property.name.text : property.name.getText();
    entries.push({ key, message: messageOf(property.initializer, file), notes });
  }
  return { entries, files };
}
