import { camelCase, pascalCase, sentenceCase } from "./case.ts";

/** What `new` makes. */
export type Kind = "persona" | "fragment" | "target";

/** How a module is written. */
export interface Form {
  readonly language: "TypeScript" | "JavaScript";
  /** Whether the module stands in a package of its own, whose version it has. */
  readonly isPackage: boolean;
}

/** The kinds, in the order of the help. */
export const KINDS: readonly Kind[] = ["persona", "fragment", "target"];

/** The first module of a persona, a fragment or a target. It passes every check as it stands. */
export function moduleText(kind: Kind, name: string, form: Form): string {
  return MODULES[kind](name, form);
}

/** The packages that a module of a kind imports. */
export const IMPORTED: { readonly [Each in Kind]: readonly string[] } = {
  persona: ["@personakit/core"],
  fragment: ["@personakit/core"],
  target: ["@personakit/targets", "zod"],
};

const MODULES: { readonly [Each in Kind]: (name: string, form: Form) => string } = {
  persona: (name, form) => `import { definePersona, must, section } from "@personakit/core";
${manifestImport(form)}
/** What the persona does, in one sentence. */
export const ${exportName("persona", name)} = definePersona({
  id: "${name}",
${versionLine(form)}  title: "${sentenceCase(name)}",
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
  fragment(name, form) {
    const head = `import { defineFragment, must${form.language === "TypeScript" ? ", type Named" : ""} } from "@personakit/core";
${manifestImport(form)}`;
    const definition = `defineFragment({
  id: "${name}",
${versionLine(form)}  title: "${sentenceCase(name)}",
  summary: "What the fragment covers, and when to choose it.",
  rules: {
    /** The first rule. */
    firstRule: must("Write one instruction that a reviewer can check."),
  },
});
`;
    const variable = exportName("fragment", name);
    if (form.language === "JavaScript") {
      return `${head}
/** What the fragment covers. */
export const ${variable} = ${definition}`;
    }
    // The one type that the module imports.
    const type = name === "named" ? "NamedFragment" : pascalCase(name);
    return `${head}
const fragment = ${definition}
/** What the fragment covers. */
export interface ${type} extends Named<typeof fragment> {}
export const ${variable}: ${type} = fragment;
`;
  },
  target: (
    name,
  ) => `import { allowed, defineTarget, dropped, exactOnly, joined, kept, named } from "@personakit/targets";
import { z } from "zod";

const text = z.string().min(1);

/** The files of a tool, as its documentation describes them. */
export const ${exportName("target", name)} = defineTarget({
  id: "${name}",
  tool: "${sentenceCase(name)}",
  readers: ["${sentenceCase(name)}"],
  // When you last compared all of this with the tool's documentation, for which version, and where it stands.
  checked: { date: "2026-01-01", version: "1.0.0", source: "https://example.com/docs/agents" },
  files: { main: ".${name}/agents/<name>.md", reference: ".${name}/references/<name>/<reference>.md" },
  // What becomes of each feature of a persona; \`dropped\` says why the tool cannot take it.
  features: {
    description: kept,
    examples: dropped("descriptions are one line"),
    model: exactOnly("the model is inherited unless you give an exact id"),
    tools: allowed({
      read: ["read"],
      search: ["search"],
      edit: ["edit"],
      shell: ["shell"],
      web: ["web"],
      spawn: [],
    }),
    mcpServers: named("mcp:<server>"),
    color: dropped("agents have no colour"),
    paths: dropped("agents are called by description, not by file"),
  },
  // What only this tool knows, as JSON Schema; a persona sets it with \`fields: { "${name}": { maxTurns: 20 } }\`.
  fields: { maxTurns: { schema: { type: "integer", minimum: 1 }, does: "stops the agent after this many turns" } },
  frontMatter: {
    schema: z.strictObject({
      name: text,
      description: text,
      tools: text.exactOptional(),
      model: text.exactOptional(),
    }),
    keys: { name: "id", description: "description", tools: joined("tools", ", "), model: "model" },
  },
});
`,
};

function manifestImport({ isPackage }: Form): string {
  return isPackage ? 'import manifest from "./package.json" with { type: "json" };\n' : "";
}

function versionLine({ isPackage }: Form): string {
  return isPackage ? "  version: manifest.version,\n" : "";
}

/** What no variable of these modules can be called: words of the language, and what the modules import or declare. */
const TAKEN = new Set(
  `await break case catch class const continue debugger default delete do else enum eval export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static super
  switch this throw true try typeof undefined var void while with yield arguments
  allowed defineFragment definePersona defineTarget dropped exactOnly fragment joined kept manifest must named section
  text z`.split(/\s+/),
);

/** The variable that a module exports. */
export function exportName(kind: Kind, name: string): string {
  const camel = camelCase(name);
  return TAKEN.has(camel) ? `${camel}${pascalCase(kind)}` : camel;
}
