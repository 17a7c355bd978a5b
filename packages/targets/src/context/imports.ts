import { type Assembly, leave, type Piece } from "./assembly.ts";
import type { AppendedImports, InsertedImports, ReplacedImports, TextRules } from "./description.ts";
import { type Mention, mentionsIn, mentionsInText } from "./mentions.ts";
import { isWithin, mayImport, parentOf, resolveFrom } from "./paths.ts";
import { bytesOf, fill, normalise } from "./text.ts";

/** A file that another one imports, and its text. */
export interface Imported {
  readonly path: string;
  readonly by: string;
  readonly text: string;
}

/** So many imports are resolved for one file: files that import each other many times would otherwise fill any memory. */
const MOST_IMPORTS = 2_000;

/** A row of imports is followed so far, where the tool has no limit of its own. */
const MOST_DEPTH = 200;

/** The files that a text imports, each behind the one that imports it. A file that was sent already is not sent again. */
export function appendedImports(
  assembly: Assembly,
  rules: AppendedImports,
  from: { readonly path: string; readonly text: string; readonly isTrusted: boolean },
  textRules: TextRules,
  depth = 1,
): Imported[] {
  const { start, sent, tool } = assembly;
  const imported: Imported[] = [];
  // Relative to the file itself, where the one that is read is a link to it.
  const place = parentOf(start.files.file(from.path)?.realPath ?? from.path);
  for (const { path: written } of mentionsInText(from.text)) {
    const inHome = written.startsWith("~/");
    if (inHome && start.home === undefined) continue;
    const path = resolveFrom(inHome ? (start.home ?? "") : place, inHome ? written.slice(2) : written);
    if (rules.notText.some((ending) => path.toLowerCase().endsWith(ending))) continue;
    const file = start.files.file(path);
    if (file === undefined) continue;
    const isAllowed = from.isTrusted || mayImport(start, file.realPath);
    if (!isAllowed) {
      const reason = `${tool.name} imports nothing from outside of the folder that it is started in, unless you have agreed to it.`;
      leave(assembly, path, "outside", reason, from.path);
      continue;
    }
    if (sent.has(file.realPath)) continue;
    if (depth > rules.depth) {
      leave(assembly, path, "too-deep", `${tool.name} follows imports ${rules.depth} files deep.`, from.path);
      continue;
    }
    sent.set(file.realPath, path);
    const text = normalise(textRules, file.bytes);
    if (text.trim() === "") continue;
    imported.push({ path, by: from.path, text });
    imported.push(...appendedImports(assembly, rules, { path, text, isTrusted: from.isTrusted }, textRules, depth + 1));
  }
  return imported;
}

/** A text with the texts of other files in it. */
export interface WithImports {
  readonly text: string;
  readonly imports: NonNullable<Piece["imports"]>;
}

/** Puts the texts of the files that a text imports in the place of their mentions. */
export function replacedImports(assembly: Assembly, rules: ReplacedImports, path: string, whole: string): WithImports {
  const { files, gitRoot, cwd } = assembly.start;
  const root = gitRoot ?? cwd;
  const imports: { source: string; bytes: number }[] = [];
  let count = 0;
  const resolve = (text: string, from: string, above: readonly string[]): string => {
    if (above.length > rules.depth) {
      for (const { path: written } of mentionsIn(text, rules.mentions)) {
        const deeper = resolveFrom(parentOf(from), written);
        if (files.file(deeper) === undefined) continue;
        const reason = `${assembly.tool.name} follows imports ${rules.depth} files deep.`;
        leave(assembly, deeper, "too-deep", reason, from);
      }
      return text;
    }
    return replaceMentions(text, mentionsIn(text, rules.mentions), ({ path: written }) => {
      const target = resolveFrom(parentOf(from), written);
      const say = (template: string | undefined) =>
        template === undefined ? undefined : fill(template, { written, path: target });
      if (!isWithin(root, target) && !isWithin(parentOf(path), target)) {
        leave(assembly, target, "outside", "It lies outside of the project.", from);
        return say(rules.outside);
      }
      const file = files.file(target);
      if (file === undefined) return files.folder(target) === undefined ? say(rules.missing) : say(rules.folder);
      if (above.includes(file.realPath)) return say(rules.circular);
      if (++count > MOST_IMPORTS) return undefined;
      const inner = normalise({ ...assembly.tool.text, trim: "none", bom: "kept" }, file.bytes);
      imports.push({ source: target, bytes: bytesOf(inner) });
      return `${say(rules.before)}${resolve(inner, target, [...above, file.realPath])}${say(rules.after)}`;
    });
  };
  const text = resolve(whole, path, [files.file(path)?.realPath ?? path]);
  return { text, imports };
}

/** Puts the texts of the files that a text imports behind their mentions, each once. */
export function insertedImports(assembly: Assembly, rules: InsertedImports, path: string, whole: string): WithImports {
  const { files, gitRoot, cwd } = assembly.start;
  const root = gitRoot ?? cwd;
  const imports: { source: string; bytes: number }[] = [];
  const loaded = new Set<string>([files.file(path)?.realPath ?? path]);
  const resolve = (text: string, from: string, depth: number): string =>
    replaceMentions(text, mentionsIn(text, rules.mentions), (mention) => {
      const target = resolveFrom(parentOf(from), mention.path);
      const file = files.file(target);
      if (file === undefined || depth > MOST_DEPTH) return undefined;
      if (!isWithin(root, target)) {
        leave(assembly, target, "outside", "It lies outside of the project.", from);
        return undefined;
      }
      const say = (template: string) => `@${mention.path}${fill(template, { path: target })}`;
      if (loaded.has(file.realPath) || loaded.size > MOST_IMPORTS) return say(rules.again);
      loaded.add(file.realPath);
      const inner = normalise(assembly.tool.text, file.bytes).replaceAll("\r\n", "\n");
      imports.push({ source: target, bytes: bytesOf(inner) });
      const ended = inner === "" || inner.endsWith("\n") ? inner : `${inner}\n`;
      return `${say(rules.before)}${resolve(ended, target, depth + 1)}${rules.after}`;
    });
  const text = resolve(whole, path, 1);
  return { text, imports };
}

/** Replaces mentions; those for which there is nothing stay. */
function replaceMentions(
  text: string,
  mentions: readonly Mention[],
  by: (mention: Mention) => string | undefined,
): string {
  const parts: string[] = [];
  let at = 0;
  for (const mention of mentions) {
    const other = by(mention);
    if (other === undefined) continue;
    parts.push(text.slice(at, mention.start), other);
    at = mention.end;
  }
  return at === 0 ? text : parts.join("") + text.slice(at);
}
