import { useState } from "preact/hooks";
import type { DoctorView, FindingView } from "../view/repository.ts";
import { useAnswer } from "./data.ts";
import { countsOf, Findings } from "./findings.tsx";
import { counted, withCommas } from "./words.ts";

/** How many findings of a tool are shown before someone asks for all. */
const MOST = 50;

/** What is wrong with the instruction files, by tool, the worst first. */
export function DoctorPage({ revision }: { readonly revision: number | undefined }) {
  const { value: doctor, problem } = useAnswer("doctor", "", revision);
  if (doctor === undefined) return <h1 class="empty">{problem ?? "Looking at your instruction files."}</h1>;
  const { findings, checks, unread } = doctor;
  return (
    <>
      <div class="title">
        <h1>Doctor</h1>
        <Summary doctor={doctor} />
      </div>
      <div class="page">
        <Tools doctor={doctor} />
        {byTool(findings).map(([tool, all]) => (
          <ToolFindings key={tool} tool={tool} findings={all} checks={checks} />
        ))}
        {unread.length > 0 && <h2>Could not be read</h2>}
        <ul>
          {unread.map(({ path, why }) => (
            <li key={path}>
              <code>{path}</code>: {why}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function Summary({ doctor: { files, dropped, findings } }: { readonly doctor: DoctorView }) {
  const fixable = findings.filter(({ isFixable }) => isFixable).length;
  const counts = countsOf(findings);
  return (
    <p class="description">
      {counted(files, "instruction file")},{" "}
      {dropped.length === 0 ? "all of them load" : `${dropped.length} of them not loaded by a tool that should`}.{" "}
      {counts === "" ? "Nothing is wrong with them." : `${counts}.`}
      {fixable > 0 && (
        <>
          {" "}
          <code>personakit doctor --fix</code> mends {fixable} without changing what they say.
        </>
      )}
    </p>
  );
}

function Tools({ doctor: { tools } }: { readonly doctor: DoctorView }) {
  if (tools.length === 0) return null;
  return (
    <table>
      <thead>
        <tr>
          {["Tool", "Files it reads at the start", "Tokens, always on"].map((heading) => (
            <th scope="col" class="heading" key={heading}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tools.map(({ name, files, tokens }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="figure">{files}</td>
            <td class="figure">{withCommas(tokens)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ToolFindingsProps extends Pick<DoctorView, "findings" | "checks"> {
  readonly tool: string;
}

function ToolFindings({ tool, findings, checks }: ToolFindingsProps) {
  const [isWhole, setWhole] = useState(false);
  return (
    <section>
      <h2>
        {tool} <small>{countsOf(findings)}</small>
      </h2>
      <Findings findings={isWhole ? findings : findings.slice(0, MOST)} checks={checks} />
      {!isWhole && findings.length > MOST && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {findings.length}
        </button>
      )}
    </section>
  );
}

function byTool(findings: readonly FindingView[]): readonly (readonly [string, readonly FindingView[]])[] {
  const groups = new Map<string, FindingView[]>();
  for (const finding of findings) {
    const tool = finding.tools.join(", ") || "Every tool";
    groups.set(tool, [...(groups.get(tool) ?? []), finding]);
  }
  return [...groups];
}
