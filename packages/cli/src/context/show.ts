import { homedir } from "node:os";
import { formatIssue, type Issue } from "@personakit/core";
import type { ContextTool } from "@personakit/targets/context";
import { type ExitCode, type Finding, failure } from "../issues/command-error.ts";
import { writeReport } from "../output/formats.ts";
import { count, shorten, writeJson, writeLine, writeWarning } from "../output/terminal.ts";
import { type Asked, type Assemblies, type Assembly, alwaysOn, assemble, sumOf } from "./assembly.ts";
import { compareAssemblies, linesOfChanges } from "./compare.ts";
import { documentOf, documentOfChange } from "./document.ts";
import { type Engine, loadEngine, toolsCalled, toolsNamed } from "./engine.ts";
import { keptByGit, revisionSource } from "./git-source.ts";
import { linesOfOne, linesOfText, type Page } from "./one-tool.ts";
import { isInside, shownPath, withSlashes } from "./paths.ts";
import { fileToRead, namesOfToolsIn, type Place, placeOf } from "./place.ts";
import { ScopedFiles } from "./scoped-files.ts";
import { linesOfMany } from "./side-by-side.ts";
import { DISK } from "./source.ts";
import { WIDTH, wrap } from "./table.ts";

/** What the command line asks for. */
export interface ShowOptions {
  readonly tool: readonly string[] | undefined;
  readonly cwd: string;
  readonly for: string | undefined;
  readonly agent: string | undefined;
  readonly skill: string | undefined;
  readonly base: string | undefined;
  readonly max: string | undefined;
  readonly full: boolean;
  readonly home: boolean;
  readonly markdown: boolean;
  readonly json: boolean;
}

/** Shows what tools put before their models in a folder. Returns 1 where it is too much, or a file could not be read. */
export async function showContext(options: ShowOptions): Promise<ExitCode> {
  const most = mostTokens(options.max);
  const place = placeOf(options);
  const asked = askedFrom(options, place);
  const engine = await loadEngine();
  const tools =
    options.tool === undefined ? toolsCalled(engine, namesOfToolsIn(place)) : toolsNamed(engine, options.tool);
  const page = options.markdown ? pageForOthers(place) : pageFor(place, options);
  return options.base === undefined
    ? show(engine, tools, place, asked, page, most, options)
    : showChange(engine, tools, place, page, most, { ...options, base: options.base });
}

function pageFor({ cwd }: Place, { for: reads, agent, skill }: ShowOptions): Page {
  const folder = shorten(cwd);
  const home = withSlashes(homedir());
  const shown = (path: string) => shownPath(path, home);
  return { cwd: folder === "." ? "this folder" : folder, shown, reads, agent, skill };
}

/** For readers who are elsewhere: paths start at the repository. */
function pageForOthers({ root, cwd }: Place): Page {
  const shown = (path: string) =>
    isInside(root, path) ? path.slice(root.length + 1) : shownPath(path, withSlashes(homedir()));
  return { cwd: shown(cwd) || "the repository", shown };
}

function show(
  engine: Engine,
  tools: readonly ContextTool[],
  place: Place,
  asked: Asked,
  page: Page,
  most: number | undefined,
  { full, json }: ShowOptions,
): ExitCode {
  const found = assemble(engine, tools, place, filesFor(place), asked);
  const findings = findingsIn(found, most);
  const { assemblies } = found;
  if (json) {
    const about = { root: place.root, cwd: place.cwd, gitRoot: place.gitRoot, home: place.home, ...asked };
    writeJson({
      ok: findings.length === 0,
      ...about,
      tools: assemblies.map(documentOf),
      outside: found.outside,
      findings,
      warnings: found.issues,
    });
  } else {
    for (const line of linesOf(assemblies, page, full)) writeLine(line);
    printEnd(found, place, page, findings);
  }
  return findings.length === 0 ? 0 : 1;
}

function showChange(
  engine: Engine,
  tools: readonly ContextTool[],
  place: Place,
  page: Page,
  most: number | undefined,
  { base, json, markdown }: ShowOptions & { readonly base: string },
): ExitCode {
  const { root } = place;
  const isOpen = place.home !== undefined;
  if (place.gitRoot !== root) {
    throw failure("no-revision", undefined, "this is no git repository, so that there is no revision to compare with");
  }
  // What git ignores is in no revision: it would count as new for ever.
  const now = new ScopedFiles({ root, isOpen, only: keptByGit(root) }, DISK);
  const after = assemble(engine, tools, place, now);
  const earlier = new ScopedFiles({ root, isOpen }, revisionSource(root, base, now.found), DISK);
  const before = assemble(engine, tools, place, earlier);
  const changes = compareAssemblies(before.assemblies, after.assemblies, page);
  const findings = findingsIn(after, most);
  if (json)
    writeJson({
      ok: findings.length === 0,
      base,
      root,
      cwd: place.cwd,
      tools: changes.map(documentOfChange),
      findings,
    });
  else {
    for (const line of linesOfChanges(changes, base, page, markdown)) writeLine(line);
    writeLine("");
    writeReport("text", { kind: "findings", issues: findings });
  }
  return findings.length === 0 ? 0 : 1;
}

function linesOf(assemblies: readonly Assembly[], page: Page, full: boolean): string[] {
  if (full) return assemblies.flatMap((each) => linesOfText(each, page));
  return assemblies.length === 1 ? assemblies.flatMap((each) => linesOfOne(each, page)) : linesOfMany(assemblies, page);
}

function filesFor({ root, home }: Place): ScopedFiles {
  return new ScopedFiles({ root, isOpen: home !== undefined }, DISK);
}

function askedFrom({ for: reads, agent, skill }: ShowOptions, place: Place): Asked {
  return { reads: reads === undefined ? undefined : fileToRead(reads, place), agent, skill };
}

function mostTokens(max: string | undefined): number | undefined {
  if (max === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(max)) return Number(max);
  throw failure("usage", `--max ${max}`, "is not a number of tokens", "Expected a whole number, such as 8000.");
}

/** What should fail in CI: too much that is always on, and files that are there and were not read. */
function findingsIn({ assemblies, unread }: Assemblies, most: number | undefined): Finding[] {
  const tooMuch = most === undefined ? [] : assemblies.flatMap((each) => overBudget(each, most) ?? []);
  return [...tooMuch, ...unread.map(({ path, why }) => asFinding("unread", path, `is left out, because ${why}`))];
}

function overBudget(assembly: Assembly, most: number): Finding | undefined {
  const parts = alwaysOn(assembly);
  const { tokens } = sumOf(parts);
  if (tokens <= most) return undefined;
  const largest = parts.filter(({ sources }) => sources.length > 0).sort((a, b) => b.tokens - a.tokens);
  const names = [...new Set(largest.map(({ sources: [source = ""] }) => shorten(source)))].slice(0, 3).join(", ");
  const problem = `${assembly.tool.name} always has ${tokens} tokens before its model, more than ${most}`;
  return {
    ...asFinding("over-budget", largest[0]?.sources[0] ?? "", problem),
    place: assembly.tool.id,
    hint: `Largest: ${names}.`,
  };
}

function asFinding(code: string, path: string, problem: string): Finding {
  return { code, place: shorten(path), problem, file: path, line: 1, diff: "" };
}

function printEnd(
  { outside, issues }: Assemblies,
  { home }: Place,
  { shown }: Page,
  findings: readonly Finding[],
): void {
  if (home === undefined) {
    const asked =
      outside.length === 0
        ? ""
        : ` Something here asks for ${count(outside.length, "file")} there: ${outside.slice(0, 3).map(shown).join(", ")}${outside.length > 3 ? " and others" : ""}.`;
    const text = `Your home folder and everything above the repository are left out; --home reads them too.${asked}`;
    for (const line of wrap(text, WIDTH)) writeLine(line);
  }
  writeLine("Token counts are estimates.");
  for (const each of issues as readonly Issue[]) writeWarning(formatIssue(each), "stdout");
  writeReport("text", { kind: "findings", issues: findings });
}
