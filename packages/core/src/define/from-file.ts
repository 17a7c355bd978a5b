import { MOST_BLANK } from "../entries/kind.ts";
import type { Markdown } from "../entries/markdown.ts";
import { entrySince, headingOf, latest, sectionSince } from "../model/document.ts";
import type { AnyFragment } from "../model/fragment.ts";
import type { PersonaData } from "../model/persona.ts";
import type { SourceFile } from "../model/source-file.ts";
import type { Directive } from "../read/directive.ts";
import { type Passage, passagesIn } from "../read/passages.ts";
import { type Block, split } from "../read/split.ts";
import { startsIn } from "../read/starts.ts";
import { makeFragment } from "./define-fragment.ts";
import { makePersona } from "./define-persona.ts";

/** A block of a file, as it stands there. */
export interface Piece {
  /** The heading that it stands under, as an id in kebab-case. */
  readonly section: string;
  /** In camelCase; no other piece of the section has it. */
  readonly id: string;
  readonly text: string;
  /** The blank lines above it. */
  readonly blank: number;
  /** In the text, counted from 1. */
  readonly line: number;
}

/** A text, part by part: blocks as they stand, and the lines that name fragments. */
export type Part =
  | { readonly kind: "text"; readonly pieces: readonly Piece[] }
  | { readonly kind: "use"; readonly directive: Directive; readonly blank: number };

/**
 * Takes a text of Markdown apart, at the lines of its directives. Rendered again with their blank lines, blocks without a directive
 * among them are the text, character for character: what could not be written so stays one piece with its neighbour.
 *
 * @param text With LF line ends only.
 */
export function partsOf(text: string, directives: readonly Directive[] = []): Part[] {
  const lines = text.split("\n");
  const ends = [...directives.map(({ line }) => line), lines.length + 1];
  const stretches = ends.map((end, index) => blocksBetween(lines, (ends[index - 1] ?? 0) + 1, end - 1));
  // The renderer asks the same of what stands right below other lines.
  const starts = directives.length > 0 || /\S\n[^\n]/.test(text) ? startsIn(text) : undefined;
  const passages = passagesIn({ text, blocks: stretches.flat(), hasBom: false, lineEnd: "\n" }, "whole");
  const parts: Part[] = [];
  let last = 0;
  for (const [index, blocks] of stretches.entries()) {
    const pieces = piecesOf(lines, passages.splice(0, blocks.length), starts, last);
    if (pieces.length > 0) parts.push({ kind: "text", pieces });
    last = blocks.at(-1)?.last ?? last;
    const directive = directives[index];
    if (directive === undefined) continue;
    parts.push({ kind: "use", directive, blank: Math.min(directive.line - last - 1, MOST_BLANK) });
    last = directive.line;
  }
  return parts;
}

/** The blocks of some lines, told by the lines and offsets of the whole text. */
function blocksBetween(lines: readonly string[], first: number, last: number): Block[] {
  const above = lines.slice(0, first - 1).reduce((length, line) => length + line.length + 1, 0);
  return split(lines.slice(first - 1, last).join("\n")).blocks.map((block) => ({
    ...block,
    first: block.first + first - 1,
    last: block.last + first - 1,
    start: block.start + above,
    end: block.end + above,
  }));
}

function piecesOf(
  lines: readonly string[],
  passages: readonly Passage[],
  starts: readonly unknown[] | undefined,
  above: number,
): Piece[] {
  const pieces: (Piece & { last: number })[] = [];
  for (const { section, id, first, last } of passages) {
    const piece = pieces.at(-1);
    const end = piece?.last ?? above;
    const blank = first - end - 1;
    if (piece !== undefined && !canPart(lines, piece.last, first, starts)) {
      const text = lines.slice(piece.line - 1, last).join("\n");
      pieces[pieces.length - 1] = { ...piece, text, last };
    } else {
      const text = lines.slice(first - 1, last).join("\n");
      pieces.push({ section, id, text, blank: Math.min(blank, MOST_BLANK), line: first, last });
    }
  }
  return pieces.map(({ last: _, ...piece }) => piece);
}

/** Whether two blocks can be written one by one: what stands between them is blank lines without space in them, and not too many. */
function canPart(
  lines: readonly string[],
  last: number,
  first: number,
  starts: readonly unknown[] | undefined,
): boolean {
  const between = lines.slice(last, first - 1);
  if (between.length > MOST_BLANK || between.some((line) => line !== "")) return false;
  if ((lines[last - 1] ?? "").trim() === "" || (lines[first - 1] ?? "").trim() === "") return false;
  return between.length > 0 || starts?.[first - 1] !== undefined;
}

/**
 * A fragment of Markdown as it stands in a file. Nothing is checked: the file is read as it is, and what a fence left open takes
 * along is its own end.
 */
export function fragmentOfText(id: string, summary: string, rules: { readonly [rule: string]: Markdown }): AnyFragment {
  const heading = { title: "", list: "asWritten" } as const;
  return makeFragment({
    kind: "fragment",
    schemaVersion: latest([sectionSince(heading), ...Object.values(rules).map(entrySince)]),
    id,
    ...heading,
    summary,
    params: {},
    values: {},
    rules: rules as never,
    decides: () => ({}),
  });
}

/** A fragment with its heading at this depth, below so many blank lines. What has no heading stays as it is. */
export function fragmentAt(fragment: AnyFragment, depth: number, blank: number): AnyFragment {
  if (fragment.title === "") return fragment;
  const { depth: _, blank: __, ...data } = fragment;
  const heading = headingOf({ depth, blank });
  const schemaVersion = latest([fragment.schemaVersion, sectionSince({ ...data, ...heading })]);
  return makeFragment({ ...data, ...heading, schemaVersion });
}

/** What a file says of a persona besides its text. */
export type FileSettings = Pick<
  PersonaData,
  "id" | "version" | "mcpServers" | "tools" | "exactTools" | "fields" | "model" | "color" | "paths"
> & { readonly description: string; readonly source: SourceFile };

/** A persona that a file says, in the words of the file. Throws as `definePersona` does for an id or a setting that cannot be one. */
export function personaOfFile(
  { description, ...settings }: FileSettings,
  use: readonly AnyFragment[],
  references: PersonaData["references"] = [],
): PersonaData {
  return makePersona({
    kind: "persona",
    schemaVersion: 2,
    ...settings,
    title: false,
    description: { does: description, when: "", notFor: "" },
    role: false,
    decides: {},
    use,
    references,
    edits: {},
    additions: [],
    dropped: [],
  });
}
