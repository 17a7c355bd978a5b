import type { ListRules, Spot, ToolDescription } from "../context/description.ts";

// What is assumed of tools that are documented, and whose requests nobody has read.

/** How their texts are sent. */
export const DOCUMENTED = {
  observed: undefined,
  known: { memory: "documented", rules: "documented", skills: "documented", agents: "documented" },
  chain: { up: "git root", withoutGit: "cwd" },
  order: ["memory", "skills", "agents"],
  wraps: { memory: {} },
  text: {
    bom: "dropped",
    lineEnds: "kept",
    frontMatter: "kept",
    comments: "kept",
    trim: "both",
    empty: "skipped",
    blank: "skipped",
  },
  index: { spot: "index", modes: ["on demand"], before: "", line: "- {path}: {description}", after: "" },
} as const satisfies Partial<ToolDescription>;

/** How their lists of skills and agents are made. */
export const DOCUMENTED_LIST = {
  depth: 1,
  order: { letters: "characters", within: "name", list: "name" },
  same: "first",
  line: "- {name}: {description}",
  join: "\n",
  badYaml: "left out",
  space: "trimmed",
} as const satisfies Partial<ListRules>;

/** Where their texts stand. `memory` is the tool's own word for its instructions. */
export function documentedSpots(memory: string): { readonly [name: string]: Spot } {
  return {
    memory: { role: "system", place: memory, between: "\n\n" },
    index: { role: "system", place: `${memory} that the agent may ask for` },
    skills: { role: "system", place: "skills" },
    agents: { role: "system", place: "agents" },
    agent: { role: "system", place: "prompt of the agent", when: "called" },
    skill: { role: "user", place: "skill", when: "called" },
    read: { role: "user", place: `${memory} for the file`, when: "read", between: "\n\n" },
  };
}
