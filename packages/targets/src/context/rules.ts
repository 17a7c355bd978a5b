import { splitGlobs, wholeGlobs } from "../read/globs.ts";
import type { Assembly, Rule } from "./assembly.ts";
import type { RuleFormat, RulesEntry } from "./description.ts";
import { matchesGlob } from "./glob.ts";
import { type Head, headOf } from "./head.ts";
import { below, isWithin, mayImport, parentOf, relativeTo } from "./paths.ts";
import { decode } from "./text.ts";

/** A folder that leads to itself by a link ends here. */
const DEEPEST = 20;

/** The rules in a folder, in the order in which the tool has them. */
export function rulesIn(assembly: Assembly, folder: string, entry: RulesEntry): Rule[] {
  const format = assembly.tool.rules?.[entry.format];
  if (format === undefined) return [];
  const paths = filesIn(assembly, below(folder, entry.rules), format.isDeep ? DEEPEST : 1, {
    isWanted: (name) => (format.anyCase === true ? name.toLowerCase() : name).endsWith(format.ending),
    isLinkFollowed: format.folderLinks !== "skipped",
  });
  if (format.isSorted) paths.sort();
  return paths.flatMap((path) => ruleAt(assembly, path, folder, entry, format) ?? []);
}

/** The paths of files below a folder, so many folders deep. */
export function filesIn(
  { start }: Assembly,
  folder: string,
  depth: number,
  { isWanted, isLinkFollowed }: { isWanted(name: string): boolean; readonly isLinkFollowed: boolean },
): string[] {
  const paths: string[] = [];
  const add = (at: string, left: number, above: readonly string[]) => {
    const found = start.files.folder(at);
    if (found === undefined || above.includes(found.realPath)) return;
    const [outer] = above;
    if (!isLinkFollowed && outer !== undefined && parentOf(found.realPath) !== outer) return;
    for (const { name, isFolder } of found.entries) {
      if (isFolder && left > 1) add(below(at, name), left - 1, [found.realPath, ...above]);
      else if (!isFolder && isWanted(name)) paths.push(below(at, name));
    }
  };
  add(folder, depth, []);
  return paths;
}

function ruleAt(
  assembly: Assembly,
  path: string,
  folder: string,
  entry: RulesEntry,
  format: RuleFormat,
): Rule | undefined {
  const { start } = assembly;
  const file = start.files.file(path);
  if (file === undefined) return undefined;
  const head = headOf(decode(file.bytes));
  const isLink = format.isRealPath === true && file.realPath !== path;
  const { mode, globs } = scopeOf(head, format);
  const whole = head.isRefused(format.globs) ? undefined : wholeGlobs(head.value(format.globs) ?? null);
  return {
    path: isLink ? file.realPath : path,
    file,
    entry,
    format,
    mode: isLink && !mayImport(start, file.realPath) ? "outside" : mode,
    globs,
    written: whole?.join(", ") ?? head.text(format.globs) ?? "",
    base: format.relativeTo === "folder" ? folder : (start.gitRoot ?? start.cwd),
    description: head.text("description") ?? "",
  };
}

function scopeOf(head: Head, format: RuleFormat): Pick<Rule, "mode" | "globs"> {
  const isText = head.isRefused(format.globs) && format.unreadable === "as text";
  const value = isText ? head.text(format.globs) : head.value(format.globs);
  const globs = head.isRefused(format.globs) && !isText ? undefined : (splitGlobs(value ?? null) ?? []);
  if (format.mode !== undefined) {
    const said = head.value(format.mode.key);
    const mode = (said === undefined ? undefined : format.mode.values[String(said)]) ?? format.mode.absent;
    if (mode !== "globs") return { mode, globs: globs ?? [] };
    if (globs === undefined) return { mode: "bad", globs: [] };
    if (globs.length > 0) return { mode: "matching", globs };
    return { mode: head.text("description") === undefined ? "manual" : "on demand", globs };
  }
  if (globs === undefined) {
    const written = head.text(format.globs) ?? "";
    if (format.unreadable === "left out") return { mode: "bad", globs: [] };
    return format.unreadable === "always" ? { mode: "always", globs: [] } : { mode: "matching", globs: [written] };
  }
  const isEvery = globs.length === 0 || globs.some((glob) => format.every.includes(glob));
  return isEvery ? { mode: "always", globs } : { mode: "matching", globs };
}

/** Whether a rule is for a file. */
export function isFor(rule: Pick<Rule, "globs" | "base" | "format">, path: string): boolean {
  if (!isWithin(rule.base, path)) return false;
  const relative = relativeTo(rule.base, path);
  const isAnywhere = rule.format.isNameAnywhere === true;
  return rule.globs.some((glob) => matchesGlob(isAnywhere && !glob.includes("/") ? `**/${glob}` : glob, relative));
}
