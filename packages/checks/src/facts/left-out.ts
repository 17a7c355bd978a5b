import type { LeftOutCode } from "@personakit/targets/context";
import type { Facts } from "../model/facts.ts";
import type { InstructionFile } from "../model/file.ts";

/** A file that tools do not send, and which tools. */
export interface LeftOutFile {
  readonly file: InstructionFile;
  /** The names of the tools. */
  readonly tools: readonly string[];
  /** The first folder in which a tool is started and leaves it out. */
  readonly folder: string;
  /** The file because of which they do, relative to the root. */
  readonly by?: string;
}

/** The instruction files that tools leave out for one of these reasons, in the order of their paths. */
export function leftOutFiles(facts: Facts, codes: readonly LeftOutCode[]): LeftOutFile[] {
  return facts.files.flatMap((file) => {
    if (isMeant(file, facts)) return [];
    const all = facts.leftOut(file.path).filter(({ code }) => codes.includes(code));
    return [...new Set(all.map(({ by }) => by))].map((by) => {
      const same = all.filter((each) => each.by === by);
      const tools = [...new Set(same.map(({ tool }) => tool.name))];
      return { file, tools, folder: same[0]?.folder ?? "", ...(by === undefined ? {} : { by }) };
    });
  });
}

/** Whether a file is there for something else: to be copied and filled in, or because Codex's configuration names it. */
function isMeant({ path, name, kind, folder }: InstructionFile, facts: Facts): boolean {
  if (isTemplate(path)) return true;
  const config =
    kind === "codex-agent" ? facts.textOf(`${folder === "" ? "" : `${folder}/`}.codex/config.toml`) : undefined;
  return config?.includes(`agents/${name}.toml`) === true;
}

/** Whether a path calls its file a template. */
export function isTemplate(path: string): boolean {
  return /(?:^|[/._-])template(?:[/._-]|$)/i.test(path);
}

/** Names in a row: "Codex, OpenCode and pi". */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** "Codex leaves" or "Codex and pi leave". */
export function whoDo(names: readonly string[], one: string, many: string): string {
  return `${listed(names)} ${names.length === 1 ? one : many}`;
}
