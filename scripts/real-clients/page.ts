import { page, tableOf } from "../derive/markdown.ts";
import type { Result } from "./check.ts";
import { targetsOf } from "./clients.ts";

const NOTICE = "<!-- Written by `pnpm real-clients`. -->";

const INTRODUCTION = `What command-line tools themselves load of the personas of this repository. For each tool, its own targets are built into
a fresh git repository, and the tool is started there: offline, without keys, in an empty home. The agents and skills that
it then shows are compared with those that were built.`;

const COMMAND = `\`\`\`sh
pnpm real-clients               # every tool; writes this page
pnpm real-clients claude codex  # these tools only; writes nothing
\`\`\``;

const LIMITS = `It is no part of the tests: the first run installs the tools from npm, at the pinned versions and below \`.build/\`, which
takes more than a gigabyte. It needs git and npm, and was run on Linux. Exit codes: 0 all as expected, 1 not, 2 bad usage.`;

const LEGEND = `Agents and skills are counted by name, loaded of built; \`-\` where none are built for the tool. Plugins, output styles,
instructions and \`AGENTS.md\` are neither: what is not loaded of them is among the problems, as is every error and warning.
\`AGENTS.md\` is built for one persona, because not all fit into what Codex reads of it.`;

/** The page with the results of every client. */
export function realClientsPage(results: readonly Result[], date: string): string {
  const rows = results.map(({ client, agents = "-", skills = "-", problems }) => [
    client.tool,
    client.version,
    [...targetsOf(client), ...(client.reads.single === undefined ? [] : [client.reads.single])]
      .map((id) => `\`${id}\``)
      .join(", "),
    agents,
    skills,
    problems.length === 0 ? "none" : String(problems.length),
    date,
  ]);
  return page(
    NOTICE,
    "# Real clients",
    INTRODUCTION,
    COMMAND,
    LIMITS,
    tableOf(["Client", "Version", "Targets", "Agents loaded", "Skills loaded", "Problems", "Date"], rows),
    LEGEND,
    ...problemsOf(results),
  );
}

function problemsOf(results: readonly Result[]): string[] {
  const lines = results.flatMap(({ client, problems }) =>
    problems.map((problem) => `- ${client.tool}: ${problem.replaceAll("<", "&lt;")}`),
  );
  return lines.length === 0 ? [] : ["## Problems", lines.join("\n")];
}
