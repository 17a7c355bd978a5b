import type { Facts } from "../model/facts.ts";
import type { InstructionFile } from "../model/file.ts";
import { relativeTo } from "./paths.ts";

/** Files that a tool sends at the start, all of them together. */
export interface Together {
  /** The names of the tools that do. */
  readonly tools: readonly string[];
  /** The folder that they are started in, relative to the root; the first, where there are several. */
  readonly folder: string;
  /** In the order in which they are sent. */
  readonly files: readonly InstructionFile[];
}

const known = new WeakMap<Facts, readonly Together[]>();

/** The instruction files that load together, whatever you ask: once for each set of them. */
export function loadedTogether(facts: Facts): readonly Together[] {
  let sets = known.get(facts);
  if (sets === undefined) {
    sets = setsIn(facts);
    known.set(facts, sets);
  }
  return sets;
}

function setsIn(facts: Facts): readonly Together[] {
  const { root } = facts.repository;
  const sets = new Map<string, { tools: string[]; folder: string; files: InstructionFile[] }>();
  for (const { tool, folder, parts } of facts.contexts()) {
    const paths = parts.flatMap(({ kind, when, sources, imports = [] }) =>
      when === "start" && (kind === "memory" || kind === "rule" || kind === "import")
        ? [...sources, ...imports.map(({ source }) => source)]
        : [],
    );
    // Of a file and a link to it, the file.
    const found = paths.flatMap((path) => facts.file(relativeTo(root, path)) ?? []);
    const files = [...new Set(found.map((file) => facts.file(file.realPath) ?? file))];
    const key = files
      .map(({ path }) => path)
      .sort()
      .join("\n");
    if (key === "") continue;
    const set = sets.get(key);
    if (set === undefined) sets.set(key, { tools: [tool.name], folder, files });
    else if (!set.tools.includes(tool.name)) set.tools.push(tool.name);
  }
  return [...sets.values()];
}
