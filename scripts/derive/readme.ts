import { type Evidence, type PlacedEntry, type RuleNotes, snapshotOfFragment } from "@personakit/core";
import { entriesOf, fragmentsIn, kindOf, standingInWords } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import { datedRules } from "../../packages/cli/src/plan/dated-rules.ts";
import type { FragmentUnit, PersonaUnit, Units } from "../units.ts";
import { artifactsOf } from "./compiled.ts";
import { page, quoteMarkdown, tableOf } from "./markdown.ts";
import { extendParams, type Parameter, parametersOf, parametersOfPersona, withSnippet } from "./parameters.ts";
import { SHOWCASES } from "./showcases.ts";

const NOTICE = "<!-- Written by `pnpm sync`. Change index.ts instead. -->";

/** A fragment's README: how to use it and what it can be set to, why its rules hold and who says so, its text, and who uses it. */
export function fragmentReadme(unit: FragmentUnit, { personas }: Units): string {
  const { fragment, exportName, text, package: own } = unit;
  const name = own.manifest.name;
  const users = personas.filter((persona) => fragmentsIn(persona.document).some(({ id }) => id === fragment.id));
  return page(
    NOTICE,
    `# ${name}`,
    fragment.summary,
    `${countTokens(text)} tokens with the default parameters (estimate).`,
    "## Use",
    `\`\`\`sh\nnpm install @personakit/core ${name}\n\`\`\``,
    `\`\`\`ts\nimport { definePersona } from "@personakit/core";\nimport { ${exportName} } from "${name}";\n\nexport const persona = definePersona({\n  /* ... */\n  use: [${withSnippet(unit)}],\n});\n\`\`\``,
    ...parameters(unit),
    ...decisions(unit),
    "## Rules, and why they hold",
    "A persona that uses the fragment replaces or drops a rule by its id.",
    ruleTable(unit),
    ...conditions(unit),
    ...dates(unit),
    ...farewells(unit),
    "## Text",
    "With the default parameters:",
    quoteMarkdown(text),
    "## Used by",
    users.length === 0
      ? "No persona of this repository yet."
      : users.map(({ package: { manifest } }) => `- \`${manifest.name}\``).join("\n"),
  );
}

function parameters({ fragment }: FragmentUnit): string[] {
  const rows = parametersOf(fragment).map(({ name, value, choices, meaning }) => [
    `\`${name}\``,
    `\`${JSON.stringify(value)}\``,
    choices,
    meaning,
  ]);
  return rows.length === 0 ? [] : ["## Parameters", tableOf(["Name", "Default", "Choices", "Meaning"], rows)];
}

function decisions({ document }: FragmentUnit): string[] {
  const rows = Object.entries(document.decisions).map(([topic, value]) => [
    `\`${topic}\``,
    `\`${JSON.stringify(value)}\``,
  ]);
  if (rows.length === 0) return [];
  const meaning = "Two fragments of one persona that answer one of these differently do not compile.";
  return ["## What it settles", meaning, tableOf(["Question", "Answer by default"], rows)];
}

function ruleTable({ document }: FragmentUnit): string {
  const rows = entriesOf(document).map((entry) => {
    const { why = "", enforcedBy = "", evidence = [] } = notesOf(entry);
    const sources = evidence.map(({ source, url }: Evidence) => `[${source}](${url})`).join("; ");
    return [`\`${entry.origin.rule}\``, kindOf(entry).label(entry), why, enforcedBy, sources];
  });
  return tableOf(["Id", "Kind", "Why", "Enforced by", "Sources"], rows);
}

/** The rules that do not stand with every value of the parameters, and when they do. */
function conditions({ fragment }: FragmentUnit): string[] {
  const { rules, standing = {} } = snapshotOfFragment(fragment);
  const rows = Object.entries(standing).map(([path, cases]) => [
    `\`${path.slice(path.indexOf("/") + 1)}\``,
    standingInWords(cases),
    rules[path] ?? "",
  ]);
  return rows.length === 0
    ? []
    : ["## Rules that depend on parameters", tableOf(["Id", "Stands", "Says, where it stands"], rows)];
}

/** The rules that will go, and old names that still work. */
function farewells({ fragment }: FragmentUnit): string[] {
  const { deprecated = {}, renamed = {} } = snapshotOfFragment(fragment);
  const named = (path: string) => `\`${path.slice(path.indexOf("/") + 1)}\``;
  const reasons = Object.entries(deprecated).map(([path, reason]) => [named(path), reason]);
  const names = Object.entries(renamed).map(([old, now]) => [named(old), named(now)]);
  return [
    ...(reasons.length === 0 ? [] : ["## Deprecated", tableOf(["Id", "Why, and what to use"], reasons)]),
    ...(names.length === 0 ? [] : ["## Old names", tableOf(["Old name", "Name now"], names)]),
  ];
}

/** The rules whose facts age: when someone last looked, and what ends when. */
function dates({ document }: FragmentUnit): string[] {
  const rows = datedRules(document).map(({ rule, reviewed = "", endOfLife }) => [
    `\`${rule.slice(rule.indexOf("/") + 1)}\``,
    reviewed,
    endOfLife === undefined ? "" : `${endOfLife.subject}, on ${endOfLife.date}`,
  ]);
  return rows.length === 0 ? [] : ["## Facts that age", tableOf(["Id", "Reviewed", "Support ends"], rows)];
}

/** Only rules have notes. */
function notesOf(entry: PlacedEntry): RuleNotes {
  return entry.kind === "rule" ? entry : {};
}

/** A persona's README: when to use it, what it changes, how to get and set it, what it expects, what it costs, and its text. */
export function personaReadme(unit: PersonaUnit): string {
  const { persona, document, exportName, package: own } = unit;
  const { does, when, triggers = [], notFor } = persona.description;
  const name = own.manifest.name;
  const compiled = artifactsOf(unit);
  const fragments = fragmentsIn(document).map(({ id, version }) => [`\`@personakit/${id}\``, version]);
  return page(
    NOTICE,
    `# ${name}`,
    does,
    "## When to use it",
    [when, triggers.length === 0 ? "" : `It answers to: ${triggers.join(", ")}.`]
      .filter((line) => line !== "")
      .join("\n\n"),
    "## When not to",
    notFor,
    ...beforeAndAfter(persona.id),
    "## Use",
    "Write its files into a repository, for the tools that are in use there. The text is the published one, with the defaults below; where a project differs, the project wins:",
    `\`\`\`sh\nnpx personakit add ${name}\n\`\`\``,
    "Or make it a dependency, listed in `personakit.config.ts` with the parameters that your repository answers, so that updates show what they change:",
    `\`\`\`sh\nnpm install --save-dev personakit @personakit/core ${name}\nnpx personakit init\n\`\`\``,
    "Fail a CI run when the files have drifted:",
    "```sh\nnpx personakit check --frozen\n```",
    "## Parameters",
    "Set them in code, under a name of your own:",
    `\`\`\`ts\nimport { ${exportName} } from "${name}";\n\nexport const mine = ${exportName}.extend({\n  id: "my-${persona.id}",\n  params: ${extendParams(unit)},\n});\n\`\`\``,
    personaParameters(unit),
    ...servers(unit),
    "## What it costs",
    "Tokens, estimated. What is always on is the name and the description, by which a tool chooses the persona; the body is read when the persona is called, and a reference only at its moment.",
    tableOf(["Target", "Always on", "Body", "Largest reference", "All references"], compiled.map(costOf)),
    "## References",
    tableOf(
      ["Document", "Read it when", "Tokens"],
      document.references.map((reference) => [
        reference.title,
        reference.when,
        String(countTokens(textOf(skillFiles(unit), reference.id))),
      ]),
    ),
    "## Made of",
    tableOf(["Fragment", "Version"], fragments),
    "## Text",
    `This package holds the whole of it: \`skills/${persona.id}/SKILL.md\` and the references beside it.`,
  );
}

/** A row for each parameter; fragments that share one, with the same value, share its row. */
function personaParameters({ persona }: PersonaUnit): string {
  const rows = new Map<string, Parameter[]>();
  for (const each of parametersOfPersona(persona)) {
    const key = `${each.name} ${JSON.stringify(each.value)}`;
    rows.set(key, [...(rows.get(key) ?? []), each]);
  }
  return tableOf(
    ["Parameter", "Here", "Choices", "Meaning", "Fragments"],
    [...rows.values()].flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const { name, value, choices, meaning } = first;
      const fragments = [first, ...others].map(({ fragment }) => `\`${fragment}\``).join(", ");
      return [[`\`${name}\``, `\`${JSON.stringify(value)}\``, choices, meaning, fragments]];
    }),
  );
}

function beforeAndAfter(id: string): string[] {
  const showcase = SHOWCASES[id];
  if (showcase === undefined) return [];
  const { request, language, before, after, changed } = showcase;
  return [
    "## Before and after",
    `"${request}" An example written by hand, to show what the rules ask for; not a measurement. Before:`,
    `\`\`\`${language}\n${before.trim()}\n\`\`\``,
    "After:",
    `\`\`\`${language}\n${after.trim()}\n\`\`\``,
    changed,
  ];
}

/** The servers that the text relies on, and its own words for what it does without them. */
function servers({ persona, document }: PersonaUnit): string[] {
  if (persona.mcpServers.length === 0) return [];
  const names = persona.mcpServers.map((server) => `\`${server}\``).join(", ");
  const without = entriesOf(document).flatMap((entry) => {
    if (entry.kind !== "rule") return [];
    const sentence = entry.text.split(/(?<=\.) /).find((each) => WITHOUT_SERVER.test(each));
    return sentence === undefined ? [] : [`- ${sentence}`];
  });
  if (without.length === 0) throw new Error(`${persona.id}: no rule says what to do without ${names}`);
  return [
    "## MCP servers",
    `It expects ${names} in the settings of your tool, by name; personakit sets up no server. Where one is missing, it goes on as its rules say:`,
    [...new Set(without)].join("\n"),
  ];
}

/** How a rule speaks of a server that is not there. */
const WITHOUT_SERVER = /\b(cannot be reached|is connected)\b/;

type CompiledTarget = ReturnType<typeof artifactsOf>[number];

/** A target's own figures: what it says of a persona differs, and so does what is always on. */
function costOf({ target, artifacts }: CompiledTarget): string[] {
  const [main, ...references] = artifacts;
  const [, front = ""] = /^---\n([\s\S]*?)\n---\n/.exec(main?.text ?? "") ?? [];
  const listed = front.split("\n").filter((line) => /^(name|description): /.test(line));
  const sizes = references.map(({ text }) => countTokens(text));
  const sum = sizes.reduce((total, size) => total + size, 0);
  const figures = [countTokens(listed.join("\n")), countTokens(main?.text ?? ""), Math.max(0, ...sizes), sum];
  return [target, ...figures.map(String)];
}

function skillFiles(unit: PersonaUnit): CompiledTarget["artifacts"] {
  return artifactsOf(unit).find(({ target }) => target === "agent-skill")?.artifacts ?? [];
}

function textOf(artifacts: CompiledTarget["artifacts"], reference: string): string {
  return artifacts.find(({ path }) => path.endsWith(`/references/${reference}.md`))?.text ?? "";
}
