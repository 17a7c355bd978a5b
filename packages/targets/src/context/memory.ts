import { type Assembly, leave, type Piece, type Rule } from "./assembly.ts";
import type { Entry, FileEntry, ReadStep, RulesEntry, Step, TextRules, Wrap } from "./description.ts";
import type { ContextFile } from "./files.ts";
import { appendedImports, insertedImports, replacedImports } from "./imports.ts";
import { below, foldersBetween, foldersOf, isWithin, parentOf, relativeTo } from "./paths.ts";
import { isFor, rulesIn } from "./rules.ts";
import { decode, escapeAs, fill, firstBytes, isBlank, normalise } from "./text.ts";

/** A file that is to be sent. */
interface Found {
  readonly path: string;
  readonly entry: FileEntry;
  readonly file: ContextFile;
}

/** How files are sent: where, in which wrap. */
type Way = Pick<Step, "spot" | "wrap" | "text">;

/** The files of the start: instructions, and the rules among them. */
export function memoryOf(assembly: Assembly): Piece[] {
  const pieces = assembly.tool.memory.flatMap((step, index) => stepOf(assembly, step, index));
  for (const folder of assembly.chain) {
    for (const name of assembly.tool.notRead) {
      const path = below(folder, name);
      if (assembly.start.files.file(path) === undefined) continue;
      leave(assembly, path, "not-read", `${assembly.tool.name} does not read files of this name.`);
    }
  }
  return [...pieces, ...indexOf(assembly)];
}

function stepOf(assembly: Assembly, step: Step, index: number): Piece[] {
  const folders = foldersOf(step.at, assembly.chain, assembly.start);
  const together = step.choose === "each folder" ? undefined : kindOf(assembly, step, folders);
  assembly.kinds.set(index, together?.kind ?? 0);
  let left = step.limit;
  const pieces: Piece[] = [];
  for (const folder of folders) {
    const { kind, by } = together ?? kindOf(assembly, step, [folder]);
    for (const entry of step.sets[kind] ?? []) {
      if ("rules" in entry) {
        pieces.push(...rulePieces(assembly, folder, entry, step));
        continue;
      }
      const isEnd = folder === assembly.chain[0] || folder === assembly.start.cwd;
      if (entry.between === true && isEnd) continue;
      const found = findIn(assembly, folder, entry);
      if (found === undefined) continue;
      const most = left;
      if (left !== undefined) left = Math.max(0, left - found.file.bytes.length);
      pieces.push(...piecesOf(assembly, found, step, most));
    }
    leaveOthers(assembly, folder, step, kind, by);
  }
  const [first, ...rest] = pieces;
  return first === undefined || step.after === undefined ? pieces : [{ ...first, after: step.after }, ...rest];
}

/** Says which files do not count because there are others. */
function leaveOthers(assembly: Assembly, folder: string, step: Step, kind: number, by: string | undefined): void {
  if (by === undefined) return;
  for (const entry of step.sets.filter((_, index) => index !== kind).flat()) {
    const found = "rules" in entry ? undefined : findIn(assembly, folder, entry);
    if (found === undefined || found.path === by) continue;
    const reason = `${assembly.tool.name} ignores it, because there is a file that it looks for first.`;
    leave(assembly, found.path, "switched-off", reason, by);
  }
}

/** Which kind of files counts: the first one of which there is a file, and that file. */
function kindOf(
  { start }: Assembly,
  { sets, counts }: Step,
  folders: readonly string[],
): { readonly kind: number; readonly by?: string } {
  for (const [kind, entries] of sets.entries()) {
    for (const folder of folders) {
      for (const entry of entries) {
        if ("rules" in entry) continue;
        const path = below(folder, entry.path);
        const file = start.files.file(path);
        if (file !== undefined && (counts !== "files with text" || decode(file.bytes).trim() !== ""))
          return { kind, by: path };
      }
    }
  }
  return { kind: sets.length - 1 };
}

function findIn({ start }: Assembly, folder: string, entry: FileEntry): Found | undefined {
  const path = below(folder, entry.path);
  const file = start.files.file(path);
  if (file !== undefined) return { path, entry, file };
  if (entry.anyCase !== true) return undefined;
  // Names in other letters: the folder knows how they are written.
  const place = parentOf(path);
  const wanted = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const name = start.files
    .folder(place)
    ?.entries.find((each) => !each.isFolder && each.name.toLowerCase() === wanted)?.name;
  const other = name === undefined ? undefined : start.files.file(below(place, name));
  return other === undefined || name === undefined ? undefined : { path: below(place, name), entry, file: other };
}

/** What a file becomes: itself, with what it imports. Nothing where it was sent already, or where there is nothing in it. */
function piecesOf(assembly: Assembly, found: Found, way: Way, most?: number): Piece[] {
  const { path, file, entry } = found;
  const { tool, sent } = assembly;
  const rules = { ...tool.text, ...way.text };
  const text = normalise(rules, file.bytes);
  if (isBlank(rules, text) && (file.bytes.length === 0 ? rules.empty : rules.blank) === "skipped") {
    leave(assembly, path, "blank", "There is nothing in it.");
    return [];
  }
  if (most === 0) {
    leave(assembly, path, "over-limit", `The files before it take all the room that ${tool.name} has for them.`);
    return [];
  }
  if (tool.once === "file" && sent.has(file.realPath)) {
    leave(assembly, path, "same-file", "It is the same file as another one, which is sent.", sent.get(file.realPath));
    return [];
  }
  sent.set(file.realPath, path);
  const isCut = most !== undefined && most < file.bytes.length;
  const shown = isCut ? { text: firstBytes(file.bytes, most), imports: [] } : withImports(assembly, found, text);
  if (tool.once === "text") {
    // Within a folder, the same text is left out before imports are put into it.
    const here = `${parentOf(path)}\n${text}`;
    const same = sent.get(shown.text) ?? sent.get(here);
    if (same !== undefined) {
      leave(assembly, path, "same-text", "It says the same as another file, which is sent.", same);
      return [];
    }
    sent.set(shown.text, path);
    sent.set(here, path);
  }
  const piece: Piece = {
    kind: "memory",
    topic: "memory",
    spot: way.spot,
    sources: [path],
    text: wrapped(assembly, tool.wraps[way.wrap ?? "memory"], path, shown.text, entry.label),
    order: "defined",
    ...(shown.imports.length > 0 ? { imports: shown.imports } : {}),
    ...(isCut ? { cut: { kept: most, of: file.bytes.length, unit: "bytes" as const } } : {}),
  };
  return [piece, ...followers(assembly, { path, text, isTrusted: entry.isTrusted === true }, entry, way)];
}

/** A text with the imports that stand in it. */
function withImports(assembly: Assembly, { path, entry }: Found, text: string): ReturnType<typeof replacedImports> {
  const { imports } = assembly.tool;
  if (entry.imports !== true || imports === undefined) return { text, imports: [] };
  if (imports.kind === "replaced") return replacedImports(assembly, imports, path, text);
  return imports.kind === "inserted" ? insertedImports(assembly, imports, path, text) : { text, imports: [] };
}

/** The files that follow one because it imports them. */
function followers(
  assembly: Assembly,
  from: { readonly path: string; readonly text: string; readonly isTrusted: boolean },
  entry: { readonly imports?: boolean; readonly label?: string },
  way: Way,
): Piece[] {
  const { imports, wraps } = assembly.tool;
  if (imports?.kind !== "appended" || entry.imports !== true) return [];
  const wrap = wraps[way.wrap ?? "memory"];
  return appendedImports(assembly, imports, from, { ...assembly.tool.text, ...way.text }).map(({ path, by, text }) => ({
    kind: "import",
    topic: "memory",
    spot: way.spot,
    sources: [path],
    by,
    text: wrapped(assembly, wrap, path, text, entry.label),
    order: "defined",
  }));
}

/** The rules in a folder that are always sent; the others are remembered. */
function rulePieces(assembly: Assembly, folder: string, entry: RulesEntry, way: Way): Piece[] {
  const rules = rulesIn(assembly, folder, entry);
  assembly.rules.push(...rules);
  const always = rules.filter((rule) => rule.mode === "always");
  const isUnsorted = rules[0]?.format.isSorted === false && always.length > 1;
  if (isUnsorted) {
    const place = below(folder, entry.rules);
    const text = `${assembly.tool.name} sends the rules in ${place} in the order of the file system, which differs from machine to machine.`;
    assembly.notes.push({ code: "order", text });
  }
  for (const rule of rules) leaveRule(assembly, rule);
  return always.flatMap((rule) =>
    rulePiece(assembly, rule, { ...way, wrap: rule.format.wrap }, "rule").map((piece) => ({
      ...piece,
      order: isUnsorted ? ("undefined" as const) : piece.order,
    })),
  );
}

function leaveRule(assembly: Assembly, rule: Rule): void {
  const { name } = assembly.tool;
  const { mode, path, globs } = rule;
  if (mode === "always") return;
  if (mode === "bad")
    leave(assembly, path, "bad-front-matter", `${name} cannot read which files it is for, and never sends it.`);
  else if (mode === "outside")
    leave(assembly, path, "outside", "It lies outside of the folder that the tool is started in.");
  else if (mode === "manual") leave(assembly, path, "manual", "It is sent only when you ask for it.");
  else if (mode === "on demand") leave(assembly, path, "on-demand", "The model is told of it, and asks for it.");
  else if (assembly.start.reads === undefined || !isFor(rule, assembly.start.reads)) {
    leave(assembly, path, "other-files", `It is sent when a file is read that it is for: ${globs.join(", ")}.`);
  }
}

function rulePiece(assembly: Assembly, rule: Rule, way: Way, kind: "rule" | "scoped"): Piece[] {
  const { path, file, format, entry } = rule;
  const { tool, sent } = assembly;
  const rules: TextRules = { ...tool.text, ...format.text, ...way.text };
  const text = normalise(rules, file.bytes);
  if (text.trim() === "") return [];
  if (tool.once === "file" && sent.has(file.realPath)) return [];
  sent.set(file.realPath, path);
  if (tool.once === "text") {
    const same = sent.get(text);
    if (same !== undefined) {
      leave(assembly, path, "same-text", "It says the same as another file, which is sent.", same);
      return [];
    }
    sent.set(text, path);
  }
  const piece: Piece = {
    kind,
    topic: "rules",
    spot: way.spot,
    sources: [path],
    text: wrapped(assembly, tool.wraps[way.wrap ?? format.wrap], path, text, entry.label),
    order: "defined",
  };
  const from = { path, text, isTrusted: false };
  return [
    piece,
    ...followers(
      assembly,
      from,
      { imports: format.imports === true, ...(entry.label === undefined ? {} : { label: entry.label }) },
      way,
    ),
  ];
}

/** The list of rules that do not stand there with their text. */
function indexOf({ tool, rules }: Assembly): Piece[] {
  const { index } = tool;
  if (index === undefined) return [];
  const listed = rules.filter(({ mode }) => index.modes.some((each) => each === mode));
  if (listed.length === 0) return [];
  const lines = listed.map(({ written, path, entry, description }) =>
    // Below the folder that the rules are in, whichever that is.
    fill(index.line, { globs: written, path: path.slice(path.lastIndexOf(`/${entry.rules}/`) + 1), description }),
  );
  return [
    {
      kind: "scoped",
      topic: "rules",
      spot: index.spot,
      sources: listed.map(({ path }) => path),
      text: index.before + lines.join("\n") + index.after,
      items: listed.map(({ path }) => ({
        name: path.slice(path.lastIndexOf("/") + 1),
        source: path,
        // What such a list says of a rule is all that there is to say.
        shown: "whole" as const,
      })),
      order: "defined",
    },
  ];
}

/** What is sent when a file is read: rules that are for it, and instructions between `cwd` and the file. */
export function readOf(assembly: Assembly): Piece[] {
  const { reads, cwd } = assembly.start;
  if (reads === undefined) return [];
  if (!isWithin(cwd, reads)) {
    const text = `${reads} is not below ${cwd}. What the tool sends when it reads such a file is not known.`;
    assembly.notes.push({ code: "unknown", text });
  }
  const folders = foldersBetween(cwd, parentOf(reads)).slice(1);
  const nested = (entry: RulesEntry, folder: string) => {
    const rules = rulesIn(assembly, folder, entry);
    return rules.filter((rule) => rule.mode === "always" || (rule.mode === "matching" && isFor(rule, reads)));
  };
  return (assembly.tool.onRead ?? []).flatMap((step): Piece[] => {
    if (step.ifKind !== undefined && kindOnRead(assembly, folders) !== step.ifKind) return [];
    if (step.at === "matching rules") {
      const matching = assembly.rules.filter((rule) => rule.mode === "matching" && isFor(rule, reads));
      const isUnsorted = matching.length > 1 && matching.some(({ format }) => !format.isSorted);
      return matching.flatMap((rule) =>
        rulePiece(assembly, asShown(rule, step), step, "scoped").map((piece) =>
          isUnsorted ? { ...piece, order: "undefined" } : piece,
        ),
      );
    }
    const order = step.at === "outer first" ? folders : [...folders].reverse();
    return order.flatMap((folder) =>
      (step.entries ?? entriesOf(assembly)).flatMap((entry: Entry): Piece[] => {
        if ("rules" in entry)
          return nested(entry, folder).flatMap((rule) => rulePiece(assembly, asShown(rule, step), step, "scoped"));
        const found = findIn(assembly, folder, entry);
        return found === undefined ? [] : piecesOf(assembly, asShown(found, step), step);
      }),
    );
  });
}

/** What was found, under the path that the tool shows. */
function asShown<Item extends Pick<Found, "path" | "file">>(item: Item, { isRealPath }: ReadStep): Item {
  return isRealPath === true ? { ...item, path: item.file.realPath } : item;
}

/** Which kind counts in all folders down to the file. */
function kindOnRead(assembly: Assembly, folders: readonly string[]): number | undefined {
  const step = assembly.tool.memory[lastStep(assembly)];
  return step === undefined ? undefined : kindOf(assembly, step, [...assembly.chain, ...folders]).kind;
}

/** The step with the project's own files. */
function lastStep({ tool }: Assembly): number {
  return tool.memory.findIndex(({ at }) => at !== "home");
}

function entriesOf(assembly: Assembly): readonly Entry[] {
  const index = lastStep(assembly);
  return assembly.tool.memory[index]?.sets[assembly.kinds.get(index) ?? 0] ?? [];
}

/** A file's text with what the tool writes around it. */
export function wrapped({ start }: Assembly, wrap: Wrap = {}, path: string, text: string, label = ""): string {
  const from =
    wrap.path === "from cwd" ? start.cwd : wrap.path === "from git root" ? (start.gitRoot ?? start.cwd) : undefined;
  const shown = from === undefined ? path : relativeTo(from, path);
  const around = (each = "") => fill(each, { path: shown, label });
  return around(wrap.before) + escapeAs(wrap.escape, text) + around(wrap.after);
}
