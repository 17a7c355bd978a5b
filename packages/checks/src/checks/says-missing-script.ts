import { nearest } from "@personakit/core/internal";
import { nameOf } from "../facts/paths.ts";
import { isWarning, lineAt } from "../facts/warnings.ts";
import { defineCheck } from "../model/define-check.ts";
import type { Facts } from "../model/facts.ts";

/** A script that is run by name. A name behind `pnpm` or `yarn` alone may be a program; one with a colon is none. */
const RUNS =
  /(?<![\w/.-])(?:(npm|pnpm|yarn|bun)\s+run\s+|(?:pnpm|yarn)\s+(?=[\w.-]+:[\w:.-]+(?:[\s`"')]|$)))((?!-)[\w:.@/-]*[\w])(?![\w*<{$[=/-])/gm;

/** Folders whose files are for another repository. */
const ELSEWHERE = /(?:^|\/)(?:templates?|examples?|fixtures?|samples?|__tests__|tests?)\//i;

const scripts = new WeakMap<Facts, ReadonlySet<string>>();

export const saysMissingScript = defineCheck({
  id: "says/missing-script",
  severity: "warning",
  what: "A command that runs a script that no package.json has.",
  why: {
    text: "The command fails, and a model then guesses at another one or goes on without the check. Build and test commands are what most instruction files are for: 62 % name them.",
    sources: [{ source: "https://arxiv.org/abs/2511.12884", date: "2026-11-21" }],
  },
  // Skills and agents are made for any project, and speak of its scripts, not of those here.
  formats: [
    "agents-md",
    "claude-md",
    "claude-rule",
    "copilot-instructions",
    "copilot-md",
    "cursor-rule",
    "gemini-md",
    "qwen-md",
  ],
  examples: {
    bad: [
      {
        files: {
          "AGENTS.md": "Before a commit:\n\n```sh\nnpm run tests\n```\n",
          "package.json": '{ "scripts": { "test": "vitest" } }',
        },
        finds: [["AGENTS.md", 4]],
      },
      {
        files: { "CLAUDE.md": "Run `pnpm lint:fix`.\n", "package.json": '{ "scripts": { "lint": "eslint" } }' },
        finds: [["CLAUDE.md", 1]],
      },
    ],
    good: [
      {
        "AGENTS.md":
          "Run `npm run test`, `npm run build -w packages/api`, `npm run dev:<name>` or `npm run test:*`, and never `npm run oops`.\nThen `pnpm vitest`, `pnpm -r build`, `yarn workspace api start`.\n",
        "package.json": '{ "scripts": { "test": "vitest" } }',
        "packages/api/package.json": '{ "scripts": { "build": "tsup" } }',
      },
      { "AGENTS.md": "Run `npm run build`.\n" },
      { "AGENTS.md": "Run `npm run build`.\n", "package.json": "{ broken" },
    ],
  },
  *inFile({ path, text, folder, isLoaded }, facts) {
    // A folder without a package is one of examples, or of templates.
    if (!isLoaded || (folder !== "" && !facts.has(`${folder}/package.json`)) || ELSEWHERE.test(path)) return;
    const all = allScripts(facts);
    if (all.size === 0) return;
    for (const { 0: found, 2: name = "", index } of text.matchAll(RUNS)) {
      // Bun and Yarn also run files.
      if (all.has(name) || /[./]/.test(name)) continue;
      const line = lineAt(text, index);
      const isElsewhere = /(?:^|\s)(?:--prefix|--cwd|-C|--dir|--filter|-F|--workspace|-w)[\s=]|\bcd\s/.test(line);
      if (isElsewhere || isWarning(text, index)) continue;
      const near = nearest(name, [...all]);
      yield {
        path,
        at: { start: index, end: index + found.length },
        problem: `no package.json has a script "${name}"`,
        hint: near === undefined ? "Name a script that there is." : `Did you mean "${near}"?`,
      };
    }
  },
});

/** The scripts of every package of the repository: a text rarely says in which folder it wants them run. */
function allScripts(facts: Facts): ReadonlySet<string> {
  let known = scripts.get(facts);
  if (known === undefined) {
    const manifests = facts.repository.paths.filter(
      (path) => nameOf(path) === "package.json" && !path.includes("node_modules/"),
    );
    known = new Set(
      manifests.flatMap((path) =>
        Object.keys(facts.scriptsIn(path.slice(0, Math.max(0, path.lastIndexOf("/")))) ?? {}),
      ),
    );
    scripts.set(facts, known);
  }
  return known;
}
