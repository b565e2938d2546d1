// Which texts the app uses. The compiler knows: it has worked out for every expression which keys it can be, also for `mode_${mode}`.
import ts from "typescript";
import { PARTS, source, type Part } from "./files.ts";

/** A function that puts a code of the server behind a prefix; its keys are those that begin so. */
const BY_PREFIX = "wordsFor";

/** The strings that a type can be; undefined if it is not a choice of strings. */
function strings(type: ts.Type): string[] | undefined {
  const parts = type.isUnion() ? type.types : [type];
  const found = parts.map((part) => (part.isStringLiteral() ? part.value : undefined));
  return found.includes(undefined) ? undefined : (found as string[]);
}

/** Whether a type is "any key of this part": it says nothing about which. */
function isEveryKey(type: ts.Type, keys: ReadonlySet<string>): boolean {
  return type.isUnion() && (strings(type)?.filter((text) => keys.has(text)).length ?? 0) === keys.size;
}

class Finder {
  readonly used = new Set<string>();
  readonly prefixes = new Set<string>();

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly keys: ReadonlySet<string>,
  ) {}

  /** Notes the keys that an expression can be, where a key of this part is wanted. */
  readonly look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === BY_PREFIX) {
      const [prefix] = node.arguments;
      if (prefix !== undefined && ts.isStringLiteral(prefix)) this.prefixes.add(`${prefix.text}_`);
    }
    if (ts.isExpression(node)) {
      const wanted = this.checker.getContextualType(node);
      if (wanted !== undefined && isEveryKey(wanted, this.keys)) this.take(this.checker.getTypeAtLocation(node));
    }
    ts.forEachChild(node, this.look);
  };

  private take(type: ts.Type): void {
    if (isEveryKey(type, this.keys)) return;
    for (const text of strings(type) ?? []) this.used.add(text);
  }
}

function program(): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile("tsconfig.page.json", {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => {
    throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, "\n"));
  } });
  if (config === undefined) throw new Error("tsconfig.page.json can't be read");
  return ts.createProgram({ rootNames: config.fileNames, options: config.options });
}

/** Keys of a part that no file of the app uses. */
function unusedOf(part: Part, app: ts.Program): string[] {
  const keys = source(part).entries.map((entry) => entry.key);
  const finder = new Finder(app.getTypeChecker(), new Set(keys));
  const files = app.getSourceFiles().filter((file) => /\/src\/(?!i18n\/)/u.test(file.fileName) && !file.fileName.includes("/node_modules/"));
  for (const file of files) finder.look(file);
  const isUsed = (key: string): boolean => finder.used.has(key) || [...finder.prefixes].some((prefix) => key.startsWith(prefix));
  return keys.filter((key) => !isUsed(key)).map((key) => `src/i18n/en/${part}: ${key} is not used`);
}

/** English texts that the app does not use, a line each. */
export function unused(): string[] {
  const app = program();
  return PARTS.flatMap((part) => unusedOf(part, app));
}
