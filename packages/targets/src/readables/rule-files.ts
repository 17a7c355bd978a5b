import { defineReadable, type ReadableSpec } from "../define/readable.ts";
import { dropped, kept, mapped, unrestricted } from "../features/features.ts";
import { flag, oneOf } from "../features/field-schema.ts";

// Rules of tools that we write no rules for. Each tool decides by its own words when a rule is loaded.

type Facts = Pick<ReadableSpec, "id" | "tool" | "checked" | "fields" | "reading"> & { readonly main: string };

function ruleFile({ main, ...facts }: Facts): ReturnType<typeof defineReadable> {
  return defineReadable({
    ...facts,
    files: { main },
    features: {
      description: mapped("a rule is loaded by the words of its own tool"),
      examples: dropped("rules have no description"),
      model: dropped("rules are read by whichever model runs"),
      tools: unrestricted,
      mcpServers: kept,
      color: dropped("rules have no colour"),
      paths: kept,
    },
  });
}

/** Cursor's rules in one file, which it reads beside its rules in a folder. */
export const cursorFile = ruleFile({
  id: "cursor-file",
  tool: "Cursor",
  checked: { date: "2026-10-07", version: "2026-10", source: "https://cursor.com/docs/context/rules" },
  main: ".cursorrules",
});

/** Kiro's steering files. */
export const kiroSteering = ruleFile({
  id: "kiro-steering",
  tool: "Kiro",
  checked: { date: "2026-10-09", version: "1.2", source: "https://kiro.dev/docs/steering/" },
  main: ".kiro/steering/<name>.md",
  fields: {
    inclusion: {
      schema: oneOf("always", "fileMatch", "manual", "auto"),
      does: "says when the file is loaded: always, with the files that it names, when you name it, or by its description",
    },
  },
  reading: {
    keys: { name: "id", description: "description", fileMatchPattern: "paths" },
    everywhere: { inclusion: "always" },
  },
});

const DEVIN: ReadableSpec["checked"] = { date: "2026-10-09", version: "3.9.19", source: "https://docs.devin.ai/" };

/** Rules of Devin Desktop, which was Windsurf: its older folder is read, too. */
export const devinRule = ruleFile({
  id: "devin-rule",
  tool: "Devin Desktop",
  checked: DEVIN,
  main: ".devin/rules/<name>.md",
  fields: {
    trigger: {
      schema: oneOf("always_on", "glob", "model_decision", "agent", "manual"),
      does: "says when the rule is loaded: always, with the files of its globs, by its description, or when you name it",
    },
  },
  reading: {
    paths: [".devin/rules/**/<name>.md", ".windsurf/rules/**/<name>.md"],
    keys: { description: "description", globs: "paths" },
    plain: ["globs"],
    everywhere: { trigger: "always_on" },
  },
});

/** The same in one file, from the time of Windsurf. */
export const windsurfFile = ruleFile({
  id: "windsurf-file",
  tool: "Devin Desktop",
  checked: DEVIN,
  main: ".windsurfrules",
});

const CLINE: ReadableSpec["checked"] = { date: "2026-09-19", version: "4.0.1", source: "https://docs.cline.bot/" };

/** Cline's rules. */
export const clineRule = ruleFile({
  id: "cline-rule",
  tool: "Cline",
  checked: CLINE,
  main: ".clinerules/<name>.md",
  fields: { alwaysApply: { schema: flag, does: "true loads the rule into every conversation" } },
  reading: { keys: { description: "description", paths: "paths" }, everywhere: { alwaysApply: true } },
});

/** The same in one file. */
export const clineFile = ruleFile({ id: "cline-file", tool: "Cline", checked: CLINE, main: ".clinerules" });
