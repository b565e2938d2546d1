// Lints that hold the house style: no `any`, no floating promises, small files and functions, and the import directions
// ui → app → sync → store → domain → generated.
import tseslint from "typescript-eslint";

/** What each layer may not import, as folder names. */
const FORBIDDEN = {
  domain: ["store", "sync", "app", "ui", "i18n", "sw"],
  store: ["sync", "app", "ui", "i18n", "sw"],
  sync: ["app", "ui", "i18n", "sw"],
  i18n: ["store", "sync", "app", "ui", "sw"],
  app: ["sw"],
  "ui/capture": ["store", "sync", "sw", "console", "team", "indicators", "setup"],
  "ui/kit": ["store", "sync", "app", "sw", "capture", "console", "team", "indicators", "setup"],
  "ui/console": ["store", "sw", "capture"],
  "ui/team": ["store", "sw", "capture"],
  "ui/indicators": ["store", "sw", "capture"],
  "ui/setup": ["store", "sw", "capture"],
  sw: ["store", "sync", "app", "ui", "i18n", "domain"],
};

/** Packages that belong to one layer. */
const PACKAGES = { idb: ["store"], "@hpke/core": ["sync"], preact: ["app", "ui"], "@preact/signals": ["app", "ui", "i18n"] };

const DOM = ["document", "window", "location", "history", "localStorage", "sessionStorage"];

/** @param {string} layer */
function imports(layer) {
  const folders = FORBIDDEN[/** @type {keyof typeof FORBIDDEN} */ (layer)];
  const packages = Object.entries(PACKAGES)
    .filter(([, layers]) => !layers.some((owner) => layer === owner || layer.startsWith(`${owner}/`)))
    .map(([name]) => name);
  const group = [...folders.flatMap((name) => [`../${name}/*`, `../../${name}/*`, `**/${name}/**`]), ...packages];
  return ["error", { patterns: [{ group, message: "Not in this direction: ui → app → sync → store → domain → generated." }] }];
}

/** @param {string[]} names @param {string} message */
const globals = (names, message) => names.map((name) => ({ name, message }));

const NO_FETCH = globals(["fetch", "XMLHttpRequest"], "Only sync/api.ts and sw/ speak to the network.");
const NO_IDB = globals(["indexedDB"], "Only store/ touches IndexedDB.");
const NO_DOM = globals(DOM, "Only ui/ and app/ touch the DOM.");

export default tseslint.config(
  { ignores: ["dist/**", "node_modules/**", "src/generated/**", "public/**"] },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: ["./tsconfig.page.json", "./tsconfig.sw.json", "./tsconfig.node.json"], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 80 }],
      "no-console": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      // Code points are what both languages count.
      "@typescript-eslint/no-misused-spread": "off",
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "no-restricted-globals": ["error", ...NO_FETCH, ...NO_IDB, ...NO_DOM],
    },
  },
  ...Object.keys(FORBIDDEN).map((layer) => ({
    files: [`src/${layer}/**/*.ts`, `src/${layer}/**/*.tsx`],
    rules: { "no-restricted-imports": /** @type {any} */ (imports(layer)) },
  })),
  { files: ["src/sync/api.ts"], rules: { "no-restricted-globals": ["error", ...NO_IDB, ...NO_DOM] } },
  { files: ["src/store/**"], rules: { "no-restricted-globals": ["error", ...NO_FETCH, ...NO_DOM] } },
  { files: ["src/ui/**", "src/app/**"], rules: { "no-restricted-globals": ["error", ...NO_FETCH, ...NO_IDB] } },
  { files: ["src/sw/**"], rules: { "no-restricted-globals": ["error", ...NO_IDB] } },
  { files: ["test/**"], rules: { "max-lines-per-function": "off", "@typescript-eslint/no-non-null-assertion": "off", "no-restricted-globals": "off" } },
);
