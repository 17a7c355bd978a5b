import type { ToolDescription } from "./description.ts";
import type { ContextStart } from "./files.ts";
import { below, isWithin } from "./paths.ts";
import { decode } from "./text.ts";

/** Where a path of the user's home is: an absolute path where an environment variable moves it. */
export function movedPath({ moved }: ToolDescription, { variables }: ContextStart, path: string): string {
  if (moved === undefined || !isWithin(moved.folder, path)) return path;
  const folder = variables?.[moved.variable] ?? "";
  return folder.startsWith("/") ? `${folder.replace(/\/+$/, "")}${path.slice(moved.folder.length)}` : path;
}

/** A tool, with the folders of the user's home where environment variables say that they are. */
export function withMovedHome(tool: ToolDescription, start: ContextStart): ToolDescription {
  if (tool.moved === undefined || start.variables?.[tool.moved.variable] === undefined) return tool;
  const move = (path: string) => movedPath(tool, start, path);
  const memory = tool.memory.map((step) => {
    const entry = (each: (typeof step.sets)[number][number]) =>
      "rules" in each ? { ...each, rules: move(each.rules) } : { ...each, path: move(each.path) };
    return step.at === "home" ? { ...step, sets: step.sets.map((set) => set.map(entry)) } : step;
  });
  const withRoots = <Rules extends NonNullable<ToolDescription["skills"] | ToolDescription["agents"]>>(
    rules: Rules,
  ) => ({
    ...rules,
    roots: rules.roots.map((root) => (root.at === "home" ? { ...root, path: move(root.path) } : root)),
  });
  return {
    ...tool,
    memory,
    ...(tool.skills === undefined ? {} : { skills: withRoots(tool.skills) }),
    ...(tool.agents === undefined ? {} : { agents: withRoots(tool.agents) }),
  };
}

/** Whether the user's own files say that imports from outside are allowed. */
export function agreesToImports({ agreed, moved }: ToolDescription, start: ContextStart): boolean {
  const { home, files, variables, gitRoot, cwd } = start;
  if (agreed === undefined || home === undefined) return false;
  const folder = moved === undefined ? undefined : variables?.[moved.variable];
  const file = files.file(below(folder ?? home, agreed.file));
  if (file === undefined) return false;
  try {
    let value: unknown = JSON.parse(decode(file.bytes));
    for (const key of agreed.externalImports) {
      const name = key === "{root}" ? (gitRoot ?? cwd) : key;
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return false;
      value = (value as { readonly [name: string]: unknown })[name];
    }
    return value === true;
  } catch {
    return false;
  }
}
