import type { Artifact } from "../model/compiled.ts";
import { fill, ownFolder } from "../model/template.ts";
import type { Files } from "./files.ts";

/** What says which files a target makes. */
interface Maker {
  readonly files: Files;
  readonly combined?: { readonly path: string } | undefined;
}

/**
 * Whether a target makes a file, or a block of one, for a persona: in the project's folder or in one below it.
 *
 * @example
 * ```ts
 * import { isMadeBy, targets } from "@personakit/targets";
 *
 * export const makers = targets.filter((target) => isMadeBy(target, "dev", { path: ".claude/agents/dev.md" }));
 * ```
 */
export function isMadeBy(
  { files }: Maker,
  persona: string,
  { path, block }: Pick<Artifact, "path" | "block">,
): boolean {
  const { main, reference, also = [] } = files;
  if (block !== undefined) return files.block !== undefined && block === persona && isAt(path, main, persona);
  const templates = [...(files.block === undefined ? [main] : []), reference, ...also];
  return templates.some((template) => isAt(path, template, persona)) || isBeside(path, main, persona);
}

/** What a persona's own folder holds besides: the files beside a skill that was read. */
function isBeside(path: string, main: string, persona: string): boolean {
  const folder = ownFolder(main);
  if (folder === undefined) return false;
  const [, inside] = `/${path}`.split(`/${fill(folder, { name: persona })}/`, 2);
  return inside !== undefined && inside !== "" && !inside.split("/").includes("..");
}

/**
 * Whether a target makes a file for all personas together: in the project's folder or in one below it.
 *
 * @example
 * ```ts
 * import { isCombinedBy, targets } from "@personakit/targets";
 *
 * export const makers = targets.filter((target) => isCombinedBy(target, ".claude-plugin/marketplace.json"));
 * ```
 */
export function isCombinedBy({ combined }: Maker, path: string): boolean {
  return combined !== undefined && isAt(path, combined.path, "");
}

/** Any id of a reference, where a template has its place. */
const REFERENCE = "[a-z][a-z0-9-]*";

function isAt(path: string, template: string, name: string): boolean {
  const literal = template.replace(/<\w+>|[^<\w/-]/g, (part) => (part.length === 1 ? `\\${part}` : part));
  return new RegExp(`^(?:.*/)?${fill(literal, { name, reference: REFERENCE })}$`).test(path);
}
