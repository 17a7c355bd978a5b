import type { Evidence, PlacedEntry, RuleNotes } from "@personakit/core";
import { entriesOf, fragmentsIn, kindOf } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import { datedRules } from "../../packages/cli/src/plan/dated-rules.ts";
import type { FragmentUnit, PersonaUnit, Units } from "../units.ts";
import { artifactsOf } from "./compiled.ts";
import { page, quoteMarkdown, tableOf } from "./markdown.ts";

const NOTICE = "<!-- Written by `pnpm sync`. Change index.ts instead. -->";

/** A fragment's README: how to use it, its parameters and rules, its text, and who uses it. */
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
    `\`\`\`sh\nnpm install ${name}\n\`\`\``,
    `\`\`\`ts\nimport { definePersona } from "@personakit/core";\nimport { ${exportName} } from "${name}";\n\nexport const persona = definePersona({ /* ... */ use: [${exportName}] });\n\`\`\``,
    ...parameters(unit),
    ...decisions(unit),
    "## Text",
    quoteMarkdown(text),
    "## Rules",
    ruleTable(unit),
    ...evidence(unit),
    ...dates(unit),
    "## Used by",
    users.length === 0
      ? "No persona of this repository yet."
      : users.map(({ package: { manifest } }) => `- \`${manifest.name}\``).join("\n"),
  );
}

function parameters({ fragment }: FragmentUnit): string[] {
  const rows = Object.entries(fragment.params).map(([name, schema]) => [
    `\`${name}\``,
    `\`${JSON.stringify((fragment.values as { [name: string]: unknown })[name])}\``,
    (schema as { description?: string }).description ?? "",
  ]);
  return rows.length === 0 ? [] : ["## Parameters", tableOf(["Name", "Default", "Meaning"], rows)];
}

function decisions({ document }: FragmentUnit): string[] {
  const rows = Object.entries(document.decisions).map(([topic, value]) => [
    `\`${topic}\``,
    `\`${JSON.stringify(value)}\``,
  ]);
  if (rows.length === 0) return [];
  const meaning =
    "Topics that this fragment settles. Two fragments of one persona that settle a topic differently do not compile.";
  return ["## Decisions", meaning, tableOf(["Topic", "With the defaults"], rows)];
}

function ruleTable({ document }: FragmentUnit): string {
  const rows = entriesOf(document).map((entry) => {
    const { why = "", enforcedBy = "" } = notesOf(entry);
    return [`\`${entry.origin.rule}\``, kindOf(entry).label(entry), why, enforcedBy];
  });
  return tableOf(["Id", "Kind", "Why", "Enforced by"], rows);
}

function evidence({ document }: FragmentUnit): string[] {
  const lines = entriesOf(document).flatMap((entry) =>
    (notesOf(entry).evidence ?? []).map(
      ({ source, url }: Evidence) => `- \`${entry.origin.rule}\`: [${source}](${url})`,
    ),
  );
  return lines.length === 0 ? [] : ["## Evidence", lines.join("\n")];
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

/** A persona's README: when to use it, how to get it, what it is made of, what it costs, and its text. */
export function personaReadme(unit: PersonaUnit): string {
  const { persona, document, exportName, package: own } = unit;
  const { does, when, triggers = [], notFor } = persona.description;
  const name = own.manifest.name;
  const compiled = artifactsOf(unit);
  const rows = compiled.flatMap(({ target, artifacts }) =>
    artifacts.map(({ path, text }) => [target, `\`${path}\``, String(countTokens(text))]),
  );
  const main = compiled[0]?.artifacts[0]?.text ?? "";
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
    "## Use",
    "Write its files into a repository, for the tools that are in use there:",
    `\`\`\`sh\nnpx personakit add ${name}\n\`\`\``,
    "Or make it a dependency, listed in `personakit.config.ts`, so that updates show what they change:",
    `\`\`\`sh\nnpm install --save-dev personakit @personakit/core ${name}\nnpx personakit init\n\`\`\``,
    "Change it in code, under a name of your own:",
    `\`\`\`ts\nimport { ${exportName} } from "${name}";\n\nexport const mine = ${exportName}.extend({ id: "my-${persona.id}" });\n\`\`\``,
    "Fail a CI run when the files have drifted:",
    "```sh\nnpx personakit check --frozen\n```",
    "## Files and tokens",
    `The description is always on: ${countTokens(document.description)} tokens. The rest is read when the persona is called, references only when they are needed. Counts are estimates.`,
    tableOf(["Target", "File", "Tokens"], rows),
    "## Made of",
    tableOf(["Fragment", "Version"], fragments),
    "## Text",
    `How it begins; the whole of it stands in \`skills/${persona.id}/SKILL.md\`.`,
    quoteMarkdown(openingOf(main)),
  );
}

/** Front matter, role and the first section. */
function openingOf(text: string): string {
  return text.split(/^(?=## )/m, 2).join("");
}
