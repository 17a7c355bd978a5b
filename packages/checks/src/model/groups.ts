/** What can be wrong with an instruction file, in the order in which it matters. */
export const GROUPS = {
  load: "does not load",
  cut: "is cut",
  danger: "is dangerous",
  says: "is not what it says",
  conflict: "contradicts",
  cost: "costs too much",
  off: "is switched off",
} as const;

/** A group of checks. */
export type Group = keyof typeof GROUPS;

/** The id of a check: its group and its name, such as `load/front-matter`. */
export type CheckId = `${Group}/${string}`;

/** How bad a finding is. An error: a tool drops or cuts something. A warning: it does something else than you meant. A note: a question. */
export type Severity = "error" | "warning" | "note";

/** From the worst on. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

/** The group that a check's id names. */
export function groupOf(id: string): Group {
  return id.slice(0, id.indexOf("/")) as Group;
}
