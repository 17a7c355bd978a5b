import { type Assembly, alwaysOn, type MeasuredPart, type Sum, sumOf } from "./assembly.ts";
import { table, WIDTH, wrap } from "./table.ts";
import { describeKnowledge, describeLeftOut, describeSources, KINDS, nameOfTool } from "./words.ts";

/** What the pages of all tools have in common. */
export interface Page {
  /** The folder that the tool is started in, as people read it. */
  readonly cwd: string;
  /** A path as people read it. */
  readonly shown: (path: string) => string;
  /** What was asked for, as it was given. */
  readonly reads?: string | undefined;
  readonly agent?: string | undefined;
  readonly skill?: string | undefined;
}

/** How many rows a list has at most: more than a screen, and not so many that nobody reads them. */
const MOST_ROWS = 60;

/** What one tool puts before its model, as lines. */
export function linesOfOne(assembly: Assembly, page: Page): string[] {
  const { tool, parts, leftOut, notes, agent = [] } = assembly;
  const { reads, skill, agent: called } = page;
  // That places outside of the repository are left out is said once, below.
  const said = notes.filter(({ code }) => code !== "not-asked");
  const at = (time: MeasuredPart["when"]) => parts.filter(({ when }) => when === time);
  return [
    `${nameOfTool(tool)} in ${page.cwd}, ${describeKnowledge(tool)}`,
    "",
    ...linesOfParts("At the start", alwaysOn(assembly), page),
    ...(reads === undefined ? [] : linesOfParts(`When it reads ${reads}`, at("read"), page)),
    ...(skill === undefined ? [] : linesOfParts(`When the skill ${skill} is called`, at("called"), page)),
    ...(called === undefined ? [] : linesOfParts(`When the agent ${called} is called, it gets`, agent, page)),
    ...linesOfLeftOut(leftOut, page),
    ...said.flatMap(({ text }) => wrap(`Note: ${text}`, WIDTH)),
    ...(said.length > 0 ? [""] : []),
  ];
}

function linesOfParts(title: string, parts: readonly MeasuredPart[], { shown }: Page): string[] {
  if (parts.length === 0) return [`${title}: nothing.`, ""];
  const total = sumOf(parts);
  const hasOurs = total.fromPersonas.tokens > 0;
  const row = (what: string, role: string, { tokens, bytes, fromPersonas }: Sum, from: string) => [
    ...[`  ${what}`, role, String(tokens), String(bytes)],
    ...(hasOurs ? [fromPersonas.tokens === 0 ? "" : String(fromPersonas.tokens)] : []),
    from,
  ];
  const frames = parts.filter(({ kind }) => kind === "frame");
  const others = parts.filter(({ kind }) => kind !== "frame");
  const [first, rest] = [others.slice(0, MOST_ROWS), others.slice(MOST_ROWS)];
  const rows = [
    ["  PART", "ROLE", "TOKENS", "BYTES", ...(hasOurs ? ["PERSONAS"] : []), "FROM"],
    ...first.map((part) => row(KINDS[part.kind], part.role, part, describeSources(part, shown))),
    ...(rest.length > 0 ? [row("more", "", sumOf(rest), `${rest.length} more parts, which --json lists`)] : []),
    ...(frames.length > 0 ? [row(KINDS.frame, "", sumOf(frames), "what the tool itself writes around them")] : []),
    row("total", "", total, ""),
  ];
  return [
    `${title}:`,
    ...table(rows, hasOurs ? [2, 3, 4] : [2, 3]),
    ...(hasOurs ? [`  PERSONAS: tokens that come from ${total.fromPersonas.personas.join(", ")}.`] : []),
    "",
  ];
}

function linesOfLeftOut(leftOut: Assembly["leftOut"], { shown }: Page): string[] {
  if (leftOut.length === 0) return [];
  const rows = leftOut.slice(0, MOST_ROWS).map((each) => [`  ${shown(each.path)}`, describeLeftOut(each, shown)]);
  const more = leftOut.length - MOST_ROWS;
  return ["Left out:", ...table(rows), ...(more > 0 ? [`  and ${more} more, which --json lists`] : []), ""];
}

/** The text itself, part by part. */
export function linesOfText({ tool, parts, agent = [] }: Assembly, { cwd, shown }: Page): string[] {
  const lines = [...parts, ...agent].flatMap((part) => {
    const from = part.kind === "frame" ? "" : `: ${describeSources(part, shown)}`;
    const title = `${KINDS[part.kind]}, ${part.role}, ${part.place}, ${part.tokens} tokens${from}`;
    return ["", `=== ${title} ===`, ...part.text.replace(/\r?\n$/, "").split("\n")];
  });
  return [`${nameOfTool(tool)} in ${cwd}, ${describeKnowledge(tool)}`, ...lines, ""];
}
