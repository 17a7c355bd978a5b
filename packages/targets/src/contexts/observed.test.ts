import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ContextStart } from "../context/files.ts";
import { filesInMemory } from "../context/in-memory.ts";
import type { ContextPart, ToolContext } from "../context/parts.ts";
import { contextOf, contextTools } from "../contexts.ts";
import { filesOf, manySkills, PLACES, SCENARIOS } from "./scenarios.testing.ts";

// What real tools sent to a stub in the place of their model, started in the repositories of scenarios.testing.ts.

interface Capture {
  readonly scenario: string;
  /** Absent: the root of the repository. */
  readonly cwd?: string;
  readonly isTrusted?: boolean;
  readonly reads?: string;
  /** The markers of each text that had any: at the start, when a file was read, a skill called, an agent called. */
  readonly start: readonly string[];
  readonly read?: readonly string[];
  readonly skill?: readonly string[];
  readonly agent?: readonly string[];
}

interface Text extends Omit<Capture, "start"> {
  readonly tool: string;
  /** From the first marker of a text to its last. */
  readonly texts: readonly string[];
}

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/contexts/${name}.json`, import.meta.url), "utf8"));
}

const observed = fixture("observed") as { readonly [tool: string]: { version: string; captures: readonly Capture[] } };
const { captures: texts } = fixture("texts") as { readonly captures: readonly Text[] };

function contextIn(tool: string, capture: Omit<Capture, "start">, more: Partial<ContextStart> = {}): ToolContext {
  const { repo, home } = PLACES;
  const { scenario, cwd, reads, isTrusted } = capture;
  const context = contextOf(tool, {
    files: filesInMemory(filesOf(SCENARIOS[scenario] ?? {})),
    cwd: cwd === undefined ? repo : `${repo}/${cwd}`,
    gitRoot: scenario === "bothnogit" ? undefined : repo,
    home,
    reads: reads === undefined ? undefined : `${repo}/${reads}`,
    approvals: isTrusted === false ? [] : undefined,
    ...more,
  });
  if (context === undefined || SCENARIOS[scenario] === undefined) throw new Error(`${tool} ${scenario} is not known`);
  return context;
}

const markersIn = (text: string) => [...text.matchAll(/zq_(\w+)/g)].map(([, word = ""]) => word);

/** Markers in their order; those whose order no tool promises are sorted among themselves, where they stand. */
function inOrder(words: readonly string[], loose: ReadonlySet<string>): string {
  const sorted = words.filter((word) => loose.has(word)).sort();
  return words.map((word) => (loose.has(word) ? sorted.shift() : word)).join(" ");
}

/** Which of several skills or agents with one name these tools take is not stable from run to run. */
const UNSTABLE: { readonly [tool: string]: RegExp } = { opencode: /^a?same_/, kilo: /^same_/ };

function differences(tool: string, capture: Capture): string[] {
  const compare = (when: ContextPart["when"], context: ToolContext, theirs: readonly string[]) => {
    const parts = context.parts.filter((part) => part.when === when);
    const loose = new Set(parts.filter(({ order }) => order === "undefined").flatMap(({ text }) => markersIn(text)));
    const isStable = (word: string) => UNSTABLE[tool]?.test(word) !== true;
    const mine = inOrder(parts.flatMap(({ text }) => markersIn(text)).filter(isStable), loose);
    const other = inOrder(theirs.flatMap((text) => text.split(" ")).filter(isStable), loose);
    const { start: _, ...which } = capture;
    return mine === other ? [] : [`${JSON.stringify(which)} ${when}\n  engine   ${mine}\n  observed ${other}`];
  };
  const called = (more: Partial<ContextStart>, theirs: readonly string[] | undefined) =>
    theirs === undefined ? [] : compare("called", contextIn(tool, capture, more), theirs);
  const context = contextIn(tool, capture);
  return [
    ...compare("start", context, capture.start),
    ...(capture.read === undefined ? [] : compare("read", context, capture.read)),
    ...called({ skill: "plain" }, capture.skill),
    ...called({ agent: "plain" }, capture.agent),
  ];
}

describe.each(Object.entries(observed))("%s", (tool, { version, captures }) => {
  test("is described in the version that was captured", () => {
    const known = contextTools.find(({ id }) => id === tool);
    expect(known).toMatchObject({ version, observed: "2026-11-28" });
  });

  test("sends the markers of every capture in their order", () => {
    expect(captures.flatMap((capture) => differences(tool, capture))).toEqual([]);
  });
});

test.each(texts.map((text) => [`${text.tool}, ${text.scenario} in ${text.cwd ?? "the root"}`, text] as const))(
  "%s: sends the text that was captured, byte for byte",
  (_, { tool, texts: theirs, ...capture }) => {
    const { parts } = contextIn(tool, capture);
    const when = capture.reads === undefined ? "start" : "read";
    const places = new Map<string, string>();
    for (const part of parts) {
      if (part.when === when) places.set(part.place, (places.get(part.place) ?? "") + part.text);
    }
    // The order of Claude Code's rules is that of the file system.
    const sorted = (text: string) => text.split(/(?=\n\nContents of )/).sort();
    const shared = (text: string) => {
      const words = markersIn(text);
      const end = `zq_${words.at(-1)}`;
      return text.slice(text.indexOf(`zq_${words[0]}`), text.lastIndexOf(end) + end.length);
    };
    const mine = [...places.values()].filter((text) => text.includes("zq_")).map(shared);
    expect(mine.map(sorted)).toEqual(theirs.map(sorted));
  },
);

describe("a list of skills that is too long", () => {
  const listOf = (tool: string, root: string, count: number, length: number) => {
    const { repo, home } = PLACES;
    const files = filesInMemory(filesOf(manySkills(root, count, length)));
    const context = contextOf(tool, { files, cwd: repo, gitRoot: repo, home });
    const part = context?.parts.find(({ kind }) => kind === "skills");
    const shown = (how: string) => part?.items?.filter((item) => item.shown === how).length;
    const longest = Math.max(...[...(part?.text ?? "").matchAll(/zq_many_m\d+ y*Z?/g)].map(([each]) => each.length));
    return { whole: shown("whole"), shortened: shown("shortened"), named: shown("name"), longest, context };
  };

  // How many of the skills kept their description, and how long those were, in the requests that were captured.
  test.each([
    [60, 800, 29],
    [120, 300, 76],
    [300, 100, 213],
  ])("keeps the first descriptions in Claude Code: %i of %i characters", (count, length, whole) => {
    expect(listOf("claude-code", ".claude/skills", count, length)).toMatchObject({ whole, named: count - whole });
  });

  test.each([
    [60, 800, 16],
    [120, 300, 37],
    [300, 100, 75],
  ])("names the last skills only in GitHub Copilot: %i of %i characters", (count, length, whole) => {
    const { context, ...list } = listOf("copilot-cli", ".agents/skills", count, length);
    expect(list).toMatchObject({ whole, named: count - whole });
    expect(context?.notes.map(({ code }) => code)).toContain("budget");
  });

  test.each([
    [60, 800, 310],
    [120, 300, 142],
    [300, 100, 38],
  ])("cuts all descriptions in Codex: %i of %i characters", (count, length, longest) => {
    expect(listOf("codex", ".agents/skills", count, length)).toMatchObject({ shortened: count, longest });
  });
});
