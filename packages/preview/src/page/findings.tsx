import type { CheckView, FindingView } from "../view/repository.ts";
import { FileLink } from "./link.tsx";
import { counted } from "./words.ts";

/** How bad a finding is, as a shape: nothing is said by colour alone. */
const MARKS = { error: "■", warning: "○", note: "–" } as const;

type Severity = FindingView["severity"];

/** The severities, the worst first. */
export const SEVERITIES = Object.keys(MARKS) as Severity[];

/** How bad a finding is. */
export function Mark({ severity }: { readonly severity: Severity }) {
  return (
    <span class={`mark is-${severity}`} aria-hidden="true">
      {MARKS[severity]}
    </span>
  );
}

/** "2 errors, 1 note"; empty where there is nothing. */
export function countsOf(findings: readonly FindingView[]): string {
  return SEVERITIES.flatMap((severity) => {
    const count = findings.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  }).join(", ");
}

interface FindingsProps {
  readonly findings: readonly FindingView[];
  readonly checks: { readonly [id: string]: CheckView };
  /** Whether all of them are in the file that is shown. */
  readonly isHere?: boolean;
}

/** What the doctor has found, with the way out of each, and why its check is there. */
export function Findings({ findings, checks, isHere = false }: FindingsProps) {
  return (
    <ul class="findings">
      {findings.map((finding) => (
        <li key={JSON.stringify(finding)}>
          <Finding finding={finding} check={checks[finding.check]} isHere={isHere} />
        </li>
      ))}
    </ul>
  );
}

interface FindingProps {
  readonly finding: FindingView;
  readonly check: CheckView | undefined;
  readonly isHere: boolean;
}

function Finding({ finding, check, isHere }: FindingProps) {
  const { severity, path, line, tools, problem, hint, isFixable } = finding;
  // All findings of a tool stand under its name.
  const whom = isHere ? tools.filter((name) => !problem.includes(name)) : [];
  return (
    <>
      <p>
        <Mark severity={severity} /> <strong>{severity}</strong>{" "}
        {isHere ? `line ${line}` : <FileLink path={path} first={line} />}: {problem}
        {whom.length === 0 ? "." : ` (${whom.join(", ")}).`}
      </p>
      {hint !== undefined && <p class="way-out">→ {hint}</p>}
      {isFixable && (
        <p class="way-out">
          → <code>personakit doctor --fix</code> mends it.
        </p>
      )}
      <details>
        <summary>{finding.check}</summary>
        {check !== undefined && (
          <>
            <p>{check.what}</p>
            <p>{check.why}</p>
            <ul>
              {check.observed.map((each) => (
                <li key={each}>{each}.</li>
              ))}
            </ul>
          </>
        )}
      </details>
    </>
  );
}
