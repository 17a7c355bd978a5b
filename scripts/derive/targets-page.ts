import { fieldsOf, ownFieldsOf, type Target } from "@personakit/targets";
import { targets } from "../../packages/targets/src/registry.ts";
import { page, tableOf } from "./markdown.ts";

/** Every target, with the fields that only its tool knows. */
export function targetsPage(): [path: string, text: string] {
  const text = page(
    "<!-- Written by `pnpm sync` from the files in packages/targets/src/targets. -->",
    "# Targets and their fields",
    [
      "What each target writes, when its facts were last compared with the tool, and which fields of the tool a persona can set with",
      '`fields: { "claude-agent": { maxTurns: 20 } }` ([how](using.md#fields-of-one-tool)). `personakit targets <id>` shows the same.',
    ].join("\n"),
    "Fields marked **limit** say what the agent may do: a wider value is a major change of a published persona.",
    ...targets.flatMap(sectionOf),
  );
  return ["docs/targets.md", text];
}

function sectionOf(target: Target): string[] {
  const { id, tool, path, checked } = target;
  const fields = fieldsOf(target);
  const own = ownFieldsOf(target);
  const names = Object.keys(own ?? {}).map((name) => `\`${name}\``);
  return [
    `## ${id}`,
    `${tool}: \`${path}\`. Checked on ${checked.date} against version ${checked.version}, <${checked.source}>.`,
    ...(own === undefined
      ? ["The format has no fields."]
      : [`From what a persona says for all targets: ${names.join(", ")}.`]),
    ...(fields.length === 0 ? [] : [tableFor(fields)]),
  ];
}

function tableFor(fields: ReturnType<typeof fieldsOf>): string {
  return tableOf(
    ["Field", "Type", "What it does"],
    fields.map(({ name, type, does, restricts }) => [
      `\`${name}\``,
      `\`${type}\``,
      `${does.replace(/^./, (letter) => letter.toUpperCase())}.${restricts ? " **limit**" : ""}`,
    ]),
  );
}
