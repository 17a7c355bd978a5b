import { hintFor } from "@personakit/core/internal";
import { fieldsOf, ownFieldsOf, type Target, targets } from "@personakit/targets";
import { failure } from "../issues/command-error.ts";
import { columns, writeJson, writeLine } from "../output/terminal.ts";
import { DEFAULT_TARGETS } from "../plan/choose-targets.ts";
import { defineCommand } from "../usage/define-command.ts";

/** Shows every target: its tool, its file, and when its facts were checked; or one, with the fields that only its tool knows. */
export default defineCommand({
  name: "targets",
  group: "authors",
  summary: "List the tools and files that personas compile to",
  arguments: [["[target]", "show this one, with the fields that only its tool knows"]],
  options: {},
  async run([id], { json }) {
    const shown = id === undefined ? targets : [targetOf(id)];
    if (json) writeJson({ ok: true, targets: shown.map(asJson) });
    else if (id === undefined) printAll();
    else shown.forEach(printOne);
    return 0;
  },
});

function targetOf(id: string): Target {
  const target = targets.find((each) => each.id === id);
  if (target !== undefined) return target;
  const known = targets.map((each) => each.id);
  throw failure("unknown-target", id, "there is no such target", { hint: hintFor(id, known), subject: id });
}

function asJson(target: Target) {
  const { id, tool, path, readers, checked } = target;
  return { id, tool, path, readers, checked, fields: fieldsOf(target) };
}

function printAll(): void {
  const rows = targets.map(({ id, tool, path, checked }) => [
    DEFAULT_TARGETS.includes(id) ? `${id} *` : id,
    tool,
    path,
    `${checked.date}, ${checked.version}`,
    checked.source,
  ]);
  for (const line of columns([["TARGET", "TOOL", "FILE", "CHECKED", "SOURCE"], ...rows])) writeLine(line);
  writeLine("");
  writeLine("* built when no target is named");
}

function printOne(target: Target): void {
  const { id, tool, path, readers, checked } = target;
  writeLine(`${id}: ${tool}`);
  const facts = [
    ["  file", path],
    ["  read by", readers.join(", ")],
    ["  checked", `${checked.date}, ${checked.version}, ${checked.source}`],
  ];
  for (const line of columns(facts)) writeLine(line);
  const fields = fieldsOf(target);
  if (fields.length > 0) {
    writeLine("");
    const rows = fields.map(({ name, type, does, restricts }) => [`  ${name}`, type, restricts ? `${does} *` : does]);
    for (const line of columns([["  FIELD", "TYPE", "WHAT IT DOES"], ...rows])) writeLine(line);
    if (fields.some(({ restricts }) => restricts)) writeLine("\n* says what the agent may do");
  }
  const own = Object.entries(ownFieldsOf(target) ?? {});
  if (own.length === 0) return;
  writeLine("");
  for (const line of columns([
    ["  WRITTEN BY PERSONAKIT", "INSTEAD"],
    ...own.map(([name, instead]) => [`  ${name}`, instead]),
  ]))
    writeLine(line);
}
