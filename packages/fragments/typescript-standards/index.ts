import { defineFragment, may, md, must, type Named, raw, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const MODULES = {
  nodenext: '`"type": "module"` and `engines.node` in `package.json`, `"module": "nodenext"`',
  bundler: '`engines.node` in `package.json`, `"module": "esnext"` and `"moduleResolution": "bundler"`',
};

/** The linter with its type-aware rules, the formatter, and what they run as. */
const LINTERS = {
  eslint: {
    rule: "Lint with the type-checked rules of `typescript-eslint`, `no-floating-promises` among them, and format with Prettier, both as scripts in `package.json` that CI runs.",
    source: { source: "typescript-eslint, Shared Configs", url: "https://typescript-eslint.io/users/configs" },
  },
  biome: {
    rule: "Lint and format with Biome (`biome check --error-on-warnings`), `noFloatingPromises` switched on, as a script in `package.json` that CI runs.",
    source: {
      source: "Biome, noFloatingPromises",
      url: "https://biomejs.dev/linter/rules/no-floating-promises/",
    },
  },
  oxlint: {
    rule: "Lint with `oxlint --type-aware --deny-warnings`, `no-floating-promises` among its rules, and format with Prettier, both as scripts in `package.json` that CI runs.",
    source: {
      source: "Oxc, Type-aware linting",
      url: "https://oxc.rs/docs/guide/usage/linter/type-aware.html",
    },
  },
};

const fragment = defineFragment({
  id: "typescript-standards",
  version: manifest.version,
  title: "TypeScript standards",
  summary:
    "Compiler settings, types and layers of a Node.js code base. Choose it for any service written in TypeScript.",
  params: {
    modules: z
      .enum(["nodenext", "bundler"])
      .default("nodenext")
      .describe("Who resolves imports: Node.js or a bundler."),
    linter: z.enum(["eslint", "biome", "oxlint"]).default("eslint").describe("The linter."),
  },
  rules: {
    /** Strict types. */
    strictTypes: must(
      "Never write `any` or relax `strict` for one file; take `unknown` and narrow it, or derive the type from a schema.",
      { enforcedBy: "tsc --noEmit; @typescript-eslint/no-explicit-any and the no-unsafe-* rules" },
    ),
    /** Thin handlers over a service layer. */
    thinHandlers: must(
      "Let a handler do four things: validate, authorise, call one service, respond. Business rules live in the service layer, which knows nothing of HTTP.",
      { why: "The same service then serves an HTTP route, a queue consumer and a test." },
    ),
    /** The language of new code. */
    newCode: should(
      "Start a project in TypeScript with `strict` and `noUncheckedIndexedAccess`; in one written in JavaScript, stay with it and put JSDoc types on what a module exports.",
      { why: "A second language in a repository is a decision of its team." },
    ),
    /** Node.js version and module system. */
    runtime: ({ modules }) =>
      should(
        md`Target a Node.js release line in long-term support, 24 or later (22 gets security fixes until April 2027), and TypeScript 5.x or later, as ES modules: ${raw(MODULES[modules])} in \`tsconfig.json\`.`,
        {
          evidence: [
            { source: "Node.js Release, Release schedule", url: "https://github.com/nodejs/Release#release-schedule" },
          ],
          reviewed: "2026-11",
          endOfLife: { subject: "Node.js 22", date: "2027-04-30" },
        },
      ),
    /** Repositories and dependency injection. */
    injection: should(
      "Use dependency injection by parameter: services take repositories, clients and the clock as interfaces, and domain code imports no driver, ORM or framework (SOLID, clean architecture).",
      {
        why: "A dependency that is passed in can be replaced without touching a business rule.",
      },
    ),
    /** Lint and format. */
    lintAndFormat: ({ linter }) => should(LINTERS[linter].rule, { evidence: [LINTERS[linter].source] }),
    /** Folders by feature. */
    featureFolders: should(
      "Group files by feature (`src/orders/` with service, repository and tests), and import another feature only through its `index.ts`.",
      { why: "A change to one feature then stays in one folder." },
    ),
    /** TypeScript 5 features. */
    languageFeatures: may(
      "Model states as discriminated unions with a `never` check in the last branch, check literals with `satisfies`, turn on `verbatimModuleSyntax`, and release resources with `await using`.",
      {
        evidence: [
          {
            source: "TypeScript 5.0 release notes, verbatimModuleSyntax",
            url: "https://www.typescriptlang.org/docs/handbook/release-notes/typescript-5-0.html",
          },
          {
            source: "TypeScript 5.2 release notes, using declarations",
            url: "https://www.typescriptlang.org/docs/handbook/release-notes/typescript-5-2.html",
          },
        ],
      },
    ),
    /** Comments on complex logic. */
    comments: may(
      "Document complex logic inline with its reason and source (a ticket, a regulation, a measurement), since the code already says what it does.",
    ),
    /** Domain patterns. */
    domainPatterns: may(
      "Use a DDD aggregate where one invariant spans several entities, CQRS where reads and writes need different models, event sourcing only where the history itself is a requirement.",
    ),
  },
  decides: ({ modules, linter }) => ({ "typescript.modules": modules, "lint.tool": linter }),
});

/** Compiler settings, types and layers of a Node.js code base. */
export interface TypescriptStandards extends Named<typeof fragment> {}
export const typescriptStandards: TypescriptStandards = fragment;
