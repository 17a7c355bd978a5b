import { camelCase, pascalCase, sentenceCase } from "./case.ts";

/** What `pnpm new` makes. */
export type TemplateKind = "fragment" | "persona";

/** The first `index.ts` of a package, by kind. It passes every check as it stands. */
export const templates: { readonly [Kind in TemplateKind]: (name: string) => string } = {
  fragment: (name) => `import { defineFragment, must, type Named } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "${name}",
  version: manifest.version,
  title: "${sentenceCase(name)}",
  summary: "What the fragment covers, and when to choose it.",
  rules: {
    /** The first rule. */
    firstRule: must("Write one instruction that a reviewer can check."),
  },
});

/** What the fragment covers. */
export interface ${pascalCase(name)} extends Named<typeof fragment> {}
export const ${camelCase(name)}: ${pascalCase(name)} = fragment;
`,
  persona: (name) => `import { definePersona, must, section } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

/** What the persona does, in one sentence. */
export const ${camelCase(name)} = definePersona({
  id: "${name}",
  version: manifest.version,
  title: "${sentenceCase(name)}",
  description: {
    does: "Does one kind of work.",
    when: "Use it when that work is asked for.",
    notFor: "Not for anything else.",
  },
  role: "You do one kind of work.",
  use: [
    // What it does first.
    section({
      id: "approach",
      title: "Approach",
      list: "steps",
      rules: {
        /** The first step. */
        firstStep: must("Take the first step."),
      },
    }),
  ],
});
`,
};
