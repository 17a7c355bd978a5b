import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A finding in a public repository, and whether it is right. */
export interface Judged {
  /** File and line. */
  readonly place: string;
  readonly check: string;
  readonly severity: string;
  readonly isTrue: boolean;
}

/** What stands in `checks-judged.md` above the table, and the findings of the table. */
export function judgedFindings(): { readonly intro: string; readonly findings: readonly Judged[] } {
  const text = readFileSync(join(import.meta.dirname, "checks-judged.md"), "utf8");
  const rows = text.matchAll(/^\| (`[^`]+`:\d+) \| ([\w/-]+) \| (error|warning|note) \| (true|false) \| .+ \|$/gm);
  const findings = [...rows].map(([, place = "", check = "", severity = "", verdict]) => ({
    ...{ place, check, severity, isTrue: verdict === "true" },
  }));
  return { intro: text.slice(0, text.indexOf("\n| ")), findings };
}
