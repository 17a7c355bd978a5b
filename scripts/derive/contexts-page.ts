import type {
  Entry,
  ListRules,
  Search,
  Step,
  ToolDescription,
} from "../../packages/targets/src/context/description.ts";
import { DESCRIPTIONS } from "../../packages/targets/src/contexts.ts";
import { page, tableOf } from "./markdown.ts";

/** What each tool loads, in tables: from what the engine knows of the tools. */
export function contextsPage(): [path: string, text: string] {
  const table = (columns: readonly string[], rowOf: (tool: ToolDescription) => string[] | undefined) =>
    tableOf(
      ["Tool", ...columns],
      DESCRIPTIONS.flatMap((tool) => {
        const row = rowOf(tool);
        return row === undefined ? [] : [[tool.name, ...row]];
      }),
    );
  const text = page(
    "<!-- Written by `pnpm sync` from the files in packages/targets/src/contexts. -->",
    "# What each tool loads",
    [
      "Which files a tool puts before its model when you start it in a folder, and what becomes of them on the way. **Observed** means that the",
      "tool ran against a stub in the place of its model, and its requests were read; a test compares them with what stands here.",
      "**Documented** means that only the tool's documentation says so.",
    ].join("\n"),
    "## How it is known",
    table(["Version", "Instruction files", "Rules", "Skills", "Agents", "Observed on", "Documentation"], (tool) => [
      tool.version,
      ...(["memory", "rules", "skills", "agents"] as const).map((topic) => tool.known[topic] ?? "-"),
      tool.observed ?? "-",
      `<${tool.documented.source}>, ${tool.documented.date}`,
    ]),
    "## Instruction files",
    "In the order in which they are sent. Files in one cell with “or else” between them: only the first kind that there is counts.",
    table(["Your own", "The project's", "How far up", "Without git", "Sent as"], (tool) => [
      list(tool.memory.filter(({ at }) => at === "home").map((step) => filesIn(step, "~/"))),
      list(tool.memory.filter(({ at }) => at !== "home").map((step) => `${filesIn(step)} (${SEARCHED[step.at]})`)),
      tool.chain.up === "top" ? "the file system's root" : "the git root",
      tool.chain.withoutGit === "top" ? "every folder above" : "only the folder itself",
      list([...new Set(tool.memory.map(({ spot }) => `${tool.spots[spot]?.role}: ${tool.spots[spot]?.place}`))]),
    ]),
    "## What becomes of the text",
    table(["Front matter", "HTML comments", "Byte order mark", "Imports", "The same twice", "Limit"], (tool) => [
      tool.text.frontMatter === "cut" ? "removed" : "sent",
      tool.text.comments === "block" ? "removed where they begin a block" : "sent",
      tool.text.bom,
      importsOf(tool),
      tool.once === "file"
        ? "sent once, by its real path"
        : tool.once === "text"
          ? "sent once, by its text"
          : "sent again",
      tool.memory
        .flatMap(({ limit }) => (limit === undefined ? [] : [`${number(limit)} bytes of project files`]))
        .join("") || "none",
    ]),
    "## Rules",
    table(["Folder", "Files", "When", "Order", "Paths are relative to"], rulesOf),
    "## When a file is read",
    "What is added once the tool reads a file below the folder that it was started in.",
    table(["Added"], (tool) => [readOf(tool)]),
    "## Skills",
    table(
      ["Folders, in their order", "How deep", "Two with one name", "A long description", "Room for the list"],
      (tool) => {
        const { skills } = tool;
        if (skills === undefined) return undefined;
        return [
          list(skills.roots.filter(({ isOwn }) => isOwn !== true).map(({ at, path }) => rootOf(at, path))),
          skills.depth === 1 ? "one folder" : "folders in folders, too",
          sameOf(skills),
          longOf(skills.longest),
          budgetOf(tool),
        ];
      },
    ),
    "## Agents",
    table(["Folders, in their order", "Two with one name", "The agent also gets"], (tool) => {
      const { agents } = tool;
      if (agents === undefined) return undefined;
      return [
        list(
          agents.roots.map(
            ({ at, path, unlisted }) => rootOf(at, path) + (unlisted === undefined ? "" : ", not listed"),
          ),
        ),
        sameOf(agents),
        agents.called.keeps
          .map((section) => (section === "memory" ? "instructions" : `the list of ${section}`))
          .join(", "),
      ];
    }),
    "## Worth knowing",
    DESCRIPTIONS.flatMap(({ notes = [] }) => notes.map((note) => `- ${note}`)).join("\n"),
  );
  return ["docs/what-each-tool-loads.md", text];
}

const SEARCHED: { readonly [S in Search]: string } = {
  home: "home",
  "outer first": "outermost folder first",
  "nearest first": "nearest folder first",
  ends: "git root, then the folder itself, then those between",
  "git root and cwd": "git root and the folder itself",
  "git root or cwd": "git root only",
  cwd: "the folder itself",
  "nearest, outermost, between": "the folder itself, then the git root, then those between",
};

const SAME = {
  first: "the first",
  last: "the last",
  "in place": "the last, in the first one's place",
  all: "all are listed",
} as const;

function sameOf({ same, sameVaries }: Pick<ListRules, "same" | "sameVaries">): string {
  return sameVaries === true ? "differs from run to run" : SAME[same];
}

const number = (value: number) => value.toLocaleString("en");
const code = (path: string) => `\`${path}\``;
const list = (items: readonly string[]) => (items.length === 0 ? "-" : items.join("; "));

function filesIn({ sets }: Step, before = ""): string {
  const pathOf = (entry: Entry) =>
    "rules" in entry ? `rules in ${code(`${before}${entry.rules}`)}` : code(`${before}${entry.path}`);
  return sets.map((entries) => entries.map(pathOf).join(", ")).join(", or else ");
}

function rootOf(at: Search, path: string): string {
  if (at === "home") return code(`~/${path}`);
  return `${code(path)}${at === "cwd" ? " of the folder itself" : ""}`;
}

function importsOf({ imports }: ToolDescription): string {
  if (imports === undefined) return "none";
  if (imports.kind === "appended")
    return `follow as files of their own, ${imports.depth} deep, from inside the folder itself`;
  return imports.kind === "replaced"
    ? `in the place of the mention, ${imports.depth} deep`
    : "behind the mention, each once";
}

function rulesOf({ memory, rules }: ToolDescription): string[] | undefined {
  if (rules === undefined) return undefined;
  const entries = memory.flatMap(({ at, sets }) =>
    sets.flat().flatMap((entry) => ("rules" in entry ? [{ ...entry, before: at === "home" ? "~/" : "" }] : [])),
  );
  const formats = [...new Set(entries.map(({ format }) => format))].flatMap((name) => rules[name] ?? []);
  return [
    [...new Set(entries.map(({ before, rules: folder }) => code(before + folder)))].join(", "),
    formats.map(({ ending, isDeep }) => `${code(`*${ending}`)}${isDeep ? ", in folders, too" : ""}`).join("; "),
    formats
      .map(({ globs, mode }) => (mode === undefined ? `by ${code(globs)}` : `by ${code(mode.key)} and ${code(globs)}`))
      .join("; "),
    formats.some(({ isSorted }) => !isSorted) ? "not defined: that of the file system" : "sorted by path",
    [
      ...new Set(
        formats.map(({ relativeTo }) => (relativeTo === "folder" ? "the folder that has them" : "the git root")),
      ),
    ].join(", "),
  ];
}

function readOf({ onRead, known }: ToolDescription): string {
  if (onRead === undefined) return known.memory === "observed" ? "nothing that is known" : "-";
  return list(
    onRead.map(({ at, entries }) => {
      if (at === "matching rules") return "rules that match the file";
      const names = entries?.map((entry) => code("rules" in entry ? entry.rules : entry.path)) ?? [
        "the same kind of file",
      ];
      return `${names.join(", ")} of each folder down to the file, ${SEARCHED[at]}`;
    }),
  );
}

function longOf(longest: NonNullable<ToolDescription["skills"]>["longest"]): string {
  if (longest === undefined) return "stands whole";
  return longest.mark === undefined
    ? `over ${number(longest.max)} characters, the skill is left out`
    : `cut to ${number(longest.max)} characters`;
}

function budgetOf({ skills }: ToolDescription): string {
  const budget = skills?.budget;
  if (budget === undefined) return "no limit";
  const room = `${number(budget.characters)} characters, with the tool's own`;
  if (budget.beyond === "shorter") return `${room}; beyond, all descriptions are cut to one length`;
  return `${room}; beyond, only names${budget.beyond === "names at the end" ? ", in one line" : ""}`;
}
