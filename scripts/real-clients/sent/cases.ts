import { readFileSync } from "node:fs";
import { manySkills, SCENARIOS } from "../../../packages/targets/src/contexts/scenarios.testing.ts";
import { MORE } from "./scenarios.ts";

/** Files as scenarios name them: `^/` above the repository, `~/` in the home, `->` a link. */
export type Files = (typeof SCENARIOS)[string];

/** A repository, and how a client is started in it. */
export interface Case {
  readonly scenario: string;
  readonly files: Files;
  /** In the repository; empty: its root. */
  readonly cwd: string;
  readonly isGit: boolean;
  readonly isTrusted: boolean;
  /** A file that the client is made to read. */
  readonly reads?: string | undefined;
  /** Whether a skill or an agent is called. */
  readonly calls?: "skill" | "agent" | undefined;
  /** The agent's name. Absent: `plain`. */
  readonly agent?: string | undefined;
}

/** What the engine's own test has of a capture: enough to do it again. */
interface Recorded {
  readonly scenario: string;
  readonly cwd?: string;
  readonly isTrusted?: boolean;
  readonly reads?: string;
  readonly skill?: readonly string[];
  readonly agent?: readonly string[];
}

const RECORD = new URL("../../../packages/targets/fixtures/contexts/observed.json", import.meta.url);

/** Lists of skills over every budget. */
const MANY = [
  [60, 800],
  [300, 100],
] as const;

/** Everything that a tool is captured in: what is on record, lists that are too long, and scenarios of our own. */
export function casesOf(tool: string): Case[] {
  const record = JSON.parse(readFileSync(RECORD, "utf8")) as { [tool: string]: { captures: readonly Recorded[] } };
  const skills = tool === "claude-code" ? ".claude/skills" : ".agents/skills";
  return [
    ...(record[tool]?.captures ?? []).map(
      ({ scenario, cwd = "", isTrusted = true, reads, skill, agent }): Case => ({
        scenario,
        files: SCENARIOS[scenario] ?? {},
        cwd,
        isGit: scenario !== "bothnogit",
        isTrusted,
        reads,
        calls: skill === undefined ? (agent === undefined ? undefined : "agent") : "skill",
      }),
    ),
    ...MANY.map(([count, length]) =>
      caseOf(`${count} skills of ${length} characters`, manySkills(skills, count, length)),
    ),
    ...Object.entries(MORE).flatMap(([scenario, files]) => [
      caseOf(scenario, files),
      { ...caseOf(scenario, files), cwd: "packages/api" },
      { ...caseOf(scenario, files), reads: "packages/api/src/x.ts" },
    ]),
  ];
}

function caseOf(scenario: string, files: Files): Case {
  return { scenario, files, cwd: "", isGit: true, isTrusted: true };
}

/** A case on one line. */
export function nameOf({ scenario, cwd, isTrusted, reads, calls }: Case): string {
  return [
    scenario,
    ...(cwd === "" ? [] : [`in ${cwd}`]),
    ...(isTrusted ? [] : ["not trusted"]),
    ...(reads === undefined ? [] : [`reads ${reads}`]),
    ...(calls === undefined ? [] : [`calls ${calls === "skill" ? "a skill" : "an agent"}`]),
  ].join(", ");
}
