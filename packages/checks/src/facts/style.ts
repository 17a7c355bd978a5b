import { isRecord } from "@personakit/core/internal";
import { parse } from "jsonc-parser";
import type { Facts } from "../model/facts.ts";
import { statementsIn } from "./statements.ts";
import { loadedTogether } from "./together.ts";

/** What a linter or a formatter of the repository holds everyone to. */
interface Enforced {
  /** By topic: the value, and the file that says so. */
  readonly [topic: string]: { readonly value: string; readonly by: string };
}

const known = new WeakMap<Facts, Enforced>();

/** The rules of style at the root of a repository that are certain: those of files that are data, and no program. */
function enforcedIn(facts: Facts): Enforced {
  let enforced = known.get(facts);
  if (enforced === undefined) {
    enforced = Object.fromEntries([
      ...editorConfig(facts),
      ...prettier(facts),
      ...biome(facts),
      ...eslint(facts),
      ...tsconfig(facts),
    ]);
    known.set(facts, enforced);
  }
  return enforced;
}

/** Where files that load say something that the linter has a rule for, and what that rule is. */
export function* statementsOnStyle(facts: Facts) {
  const enforced = enforcedIn(facts);
  if (Object.keys(enforced).length === 0) return;
  const files = new Set(loadedTogether(facts).flatMap((each) => each.files));
  for (const file of files) {
    for (const { text, at } of statementsIn(file)) {
      for (const { topic, value } of sayingsOf(text)) {
        const rule = enforced[topic];
        if (rule !== undefined) yield { file, at, topic, value, rule };
      }
    }
  }
}

type Rule = readonly [topic: string, { readonly value: string; readonly by: string }];

function json(facts: Facts, path: string): Record<string, unknown> | undefined {
  const text = facts.textOf(path);
  const value: unknown = text === undefined ? undefined : parse(text);
  return isRecord(value) ? value : undefined;
}

function below(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((at, key) => (isRecord(at) ? at[key] : undefined), value);
}

function* prettier(facts: Facts): Generator<Rule> {
  const inManifest = below(json(facts, "package.json"), "prettier");
  const [by, config] =
    [".prettierrc", ".prettierrc.json"]
      .map((path) => [path, json(facts, path)] as const)
      .find(([, each]) => each !== undefined) ??
    (["package.json", isRecord(inManifest) ? inManifest : undefined] as const);
  if (config === undefined) return;
  const { singleQuote, semi, useTabs, tabWidth } = config;
  if (typeof singleQuote === "boolean") yield ["quotes", { value: singleQuote ? "single" : "double", by }];
  if (typeof semi === "boolean") yield ["semicolons", { value: semi ? "always" : "never", by }];
  if (useTabs === true) yield ["indent", { value: "tabs", by }];
  else if (typeof tabWidth === "number") yield ["indent", { value: `${tabWidth} spaces`, by }];
}

/** The rules of Biome that say what people write into instructions. */
const BIOME: readonly (readonly [group: string, rule: string, topic: string])[] = [
  ["suspicious", "noExplicitAny", "no-any"],
  ["suspicious", "noConsole", "no-console"],
  ["suspicious", "noDebugger", "no-debugger"],
  ["suspicious", "noVar", "no-var"],
  ["style", "noDefaultExport", "no-default-export"],
  ["style", "useConst", "prefer-const"],
  ["suspicious", "noDoubleEquals", "eqeqeq"],
];

function* biome(facts: Facts): Generator<Rule> {
  for (const by of ["biome.json", "biome.jsonc"]) {
    const config = json(facts, by);
    if (config === undefined) continue;
    for (const [group, rule, topic] of BIOME) {
      const value = below(config, "linter", "rules", group, rule);
      const level = isRecord(value) ? value.level : value;
      if (level === "error" || level === "warn") yield [topic, { value: "on", by }];
    }
    if (below(config, "formatter", "enabled") === false) continue;
    const quotes = below(config, "javascript", "formatter", "quoteStyle");
    const semicolons = below(config, "javascript", "formatter", "semicolons");
    const indent = below(config, "javascript", "formatter", "indentStyle") ?? below(config, "formatter", "indentStyle");
    const width = below(config, "javascript", "formatter", "indentWidth") ?? below(config, "formatter", "indentWidth");
    if (quotes === "single" || quotes === "double") yield ["quotes", { value: quotes, by }];
    if (semicolons === "always") yield ["semicolons", { value: "always", by }];
    if (indent === "tab") yield ["indent", { value: "tabs", by }];
    if (indent === "space") yield ["indent", { value: `${typeof width === "number" ? width : 2} spaces`, by }];
  }
}

const ESLINT: readonly (readonly [rule: string, topic: string])[] = [
  ["no-console", "no-console"],
  ["no-debugger", "no-debugger"],
  ["no-var", "no-var"],
  ["prefer-const", "prefer-const"],
  ["eqeqeq", "eqeqeq"],
  ["@typescript-eslint/no-explicit-any", "no-any"],
  ["import/no-default-export", "no-default-export"],
];

function* eslint(facts: Facts): Generator<Rule> {
  for (const by of [".eslintrc.json", ".eslintrc", "package.json"]) {
    const config = json(facts, by);
    const rules = below(by === "package.json" ? below(config, "eslintConfig") : config, "rules");
    for (const [rule, topic] of ESLINT) {
      const value = below(rules, rule);
      const level = Array.isArray(value) ? value[0] : value;
      if (level === "error" || level === 2) yield [topic, { value: "on", by }];
    }
  }
  // A program says what it says; a rule that it names once, as an error, is on.
  for (const by of ["eslint.config.js", "eslint.config.mjs", "eslint.config.ts", ".eslintrc.js", ".eslintrc.cjs"]) {
    const text = facts.textOf(by);
    if (text === undefined) continue;
    for (const [rule, topic] of ESLINT) {
      const said = [
        ...text.matchAll(new RegExp(String.raw`["']?(?<![\w/-])${rule}["']?\s*:\s*(?:\[\s*)?["']?(\w+)`, "g")),
      ];
      if (said.length > 0 && said.every(({ 1: level }) => level === "error" || level === "2"))
        yield [topic, { value: "on", by }];
    }
  }
}

function* tsconfig(facts: Facts): Generator<Rule> {
  for (const by of ["tsconfig.base.json", "tsconfig.json"]) {
    if (below(json(facts, by), "compilerOptions", "strict") === true) yield ["strict", { value: "on", by }];
  }
}

function* editorConfig(facts: Facts): Generator<Rule> {
  const text = facts.textOf(".editorconfig") ?? "";
  const by = ".editorconfig";
  const all = /^\[\*\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? "";
  const style = /^\s*indent_style\s*=\s*(tab|space)/m.exec(all)?.[1];
  const size = /^\s*indent_size\s*=\s*(\d)/m.exec(all)?.[1];
  if (style === "tab") yield ["indent", { value: "tabs", by }];
  if (style === "space" && size !== undefined) yield ["indent", { value: `${size} spaces`, by }];
}

/** What a statement says of a topic of style. */
const SAYINGS: readonly { readonly topic: string; readonly value: string; readonly says: RegExp }[] = [
  { topic: "quotes", value: "single", says: /^(?:always |prefer |use )+single[- ]quotes?\b/i },
  { topic: "quotes", value: "double", says: /^(?:always |prefer |use )+double[- ]quotes?\b/i },
  {
    topic: "semicolons",
    value: "always",
    says: /^(?:(?:always |use )+semicolons\b|semicolons:? (?:required|always)|end \w+ with (?:a )?semicolons?)/i,
  },
  { topic: "semicolons", value: "never", says: /^(?:no|omit|do not use|don[’']t use|never use) semicolons\b/i },
  { topic: "indent", value: "tabs", says: /^(?:always |prefer |use |indent with )+tabs\b(?!(?: component|s? bar))/i },
  {
    topic: "indent",
    value: "2 spaces",
    says: /^(?:always |prefer |use |indent with )*(?:2|two)[- ]spaces?\b(?! between| after| before)/i,
  },
  {
    topic: "indent",
    value: "4 spaces",
    says: /^(?:always |prefer |use |indent with )*(?:4|four)[- ]spaces?\b(?! between| after| before)/i,
  },
  {
    topic: "no-console",
    value: "on",
    says: /^(?:no|never(?: use| commit| leave)?|avoid|do not use|don[’']t use|remove) `?console\.log`?(?: statements?| calls?)?(?:[.,;)]|$| in (?:production|committed))/i,
  },
  { topic: "no-debugger", value: "on", says: /^(?:no|never use|do not use|don[’']t use|avoid) `?debugger`?\b/i },
  { topic: "no-var", value: "on", says: /^(?:never use|do not use|don[’']t use|avoid|no) `?var`?(?:[.,;)]|$| )/i },
  {
    topic: "prefer-const",
    value: "on",
    says: /^(?:prefer|use|always use) `?const`? (?:over|instead of|rather than) `?let`?(?:[.,;)]|$)/i,
  },
  { topic: "eqeqeq", value: "on", says: /^(?:always |use |prefer )+(?:`?===`?|strict equality)(?:[ .,;)]|$)/i },
  {
    topic: "no-any",
    value: "on",
    says: /^(?:never use|do not use|don[’']t use|avoid(?: using)?|no|never) (?:the )?`?any`?(?: types?)?(?:[.,;)]|$| \()/i,
  },
  {
    topic: "no-default-export",
    value: "on",
    says: /^(?:never use|do not use|don[’']t use|avoid|no) default exports?(?:[.,;)]|$)/i,
  },
  {
    topic: "strict",
    value: "on",
    says: /^(?:always |use |enable )+(?:typescript(?:'s)? )?strict(?:[ -]mode)?(?: typescript)?(?: mode)?(?:[.,;)]|$| enabled)/i,
  },
];

/** The topics of style that a statement says something of, and what. */
function sayingsOf(text: string): readonly { readonly topic: string; readonly value: string }[] {
  const plain = text.replace(/[*_]{2}/g, "");
  return SAYINGS.flatMap(({ topic, value, says }) => (says.test(plain) ? [{ topic, value }] : []));
}
