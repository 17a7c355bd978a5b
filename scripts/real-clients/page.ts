import { contextTools } from "@personakit/targets/context";
import { page, tableOf } from "../derive/markdown.ts";
import { clients, targetsOf } from "./clients.ts";
import type { ClientRecord } from "./record.ts";
import { MORE } from "./sent/scenarios.ts";
import { senders } from "./sent/senders.ts";

const NOTICE = "<!-- Written by `pnpm real-clients`. -->";

const SENT = `The same tools are started again, in repositories full of marker words, against a stub in the place of their model that keeps
what it is sent. Each request is compared, part by part and byte for byte, with what \`personakit context\` says of that
repository. Lists are compared line by line, because a tool puts its own skills and agents between yours; Claude Code's
rules are compared as a set, because their order is that of the file system. The repositories are those of the engine's
own test, two with more skills than a list has room for, and ${Object.keys(MORE).length} more, which are started at the root, in a sub folder, and
with a file that is read: ${Object.keys(MORE).join("; ")}.`;

const SHOWN = `The checks of [\`personakit doctor\`](checks/README.md) have small repositories as examples, and say what tools do with the bad
ones: that an agent is not listed, that the end of a text does not arrive, that the tool does not start. Each is laid out and the
tool is started in it, and then in the same repository without the mistake, where it must do otherwise.`;

const KNOWN = `What is **observed** was seen in such a request at the version in the table. What is **documented** was only read in the
tool's documentation; no request was compared with it. \`-\`: nothing is known. [What each tool loads](what-each-tool-loads.md)
has the facts.`;

const INTRODUCTION = `What command-line tools themselves load of the personas of this repository. For each tool, its own targets are built into
a fresh git repository, and the tool is started there: offline, without keys, in an empty home. The agents and skills that
it then shows are compared with those that were built.`;

const COMMAND = `\`\`\`sh
pnpm real-clients               # every tool; writes this page
pnpm real-clients claude codex  # these tools only; the others keep their last result
pnpm real-clients --part checks # load, sent or checks: one section of this page; the others keep theirs
\`\`\``;

const LIMITS = `It is no part of the tests: the first run installs the tools from npm, at the pinned versions and below \`.build/\`, which
takes more than a gigabyte. It needs git and npm, and was run on Linux. Exit codes: 0 all as expected, 1 not, 2 bad usage.`;

const LEGEND = `Agents and skills are counted by name, loaded of built; \`-\` where none are built for the tool. Plugins, output styles,
instructions and \`AGENTS.md\` are neither: what is not loaded of them is among the problems, as is every error and warning.
\`AGENTS.md\` is built for one persona, because not all fit into what Codex reads of it.`;

/** The page with the last result of every client. A result for another version than the one that is pinned is none. */
export function realClientsPage({ load, sent, shown }: ClientRecord): string {
  const rows = clients.map((client) => {
    const last = load[client.id];
    const { agents = "-", skills = "-", problems, date } = last?.version === client.version ? last : NOT_RUN;
    return [
      client.tool,
      client.version,
      [...targetsOf(client), ...(client.reads.single === undefined ? [] : [client.reads.single])]
        .map((id) => `\`${id}\``)
        .join(", "),
      agents,
      skills,
      problems === undefined ? "not run" : problems.length === 0 ? "none" : String(problems.length),
      date,
    ];
  });
  return page(
    NOTICE,
    "# Real clients",
    INTRODUCTION,
    COMMAND,
    LIMITS,
    tableOf(["Client", "Version", "Targets", "Agents loaded", "Skills loaded", "Problems", "Date"], rows),
    LEGEND,
    ...problemsOf(
      "## Problems",
      clients.map(({ id, tool }) => ({ name: tool, problems: load[id]?.problems ?? [] })),
    ),
    "## What they send to a model",
    SENT,
    sentTable(sent),
    KNOWN,
    ...problemsOf(
      "## Differences",
      contextTools.map(({ id, name }) => ({ name, problems: lastOf(sent, id)?.problems ?? [] })),
    ),
    "## What they do with mistakes",
    SHOWN,
    shownTable(shown),
    ...problemsOf(
      "## Not as checks say",
      contextTools.map(({ id, name }) => ({ name, problems: lastOf(shown, id)?.problems ?? [] })),
    ),
  );
}

/** Every tool that the engine knows: those that were captured, and those that are only documented. */
function sentTable(sent: ClientRecord["sent"]): string {
  const rows = contextTools.map((tool) => {
    const { known, name, version, documented } = tool;
    const result = lastOf(sent, tool.id);
    const topics = (["memory", "rules", "skills", "agents"] as const).map((topic) => known[topic] ?? "-");
    if (tool.observed === undefined) return [name, version, ...topics, "-", `documentation of ${documented.date}`];
    if (result?.version !== version) return [name, version, ...topics, "not run", tool.observed];
    const { captures, alike, skipped, date } = result;
    return [name, version, ...topics, skipped === undefined ? `${alike} of ${captures}` : `skipped: ${skipped}`, date];
  });
  return tableOf(
    ["Tool", "Version", "Instruction files", "Rules", "Skills", "Agents", "Captures as expected", "Date"],
    rows,
  );
}

function shownTable(shown: ClientRecord["shown"]): string {
  const rows = contextTools.flatMap(({ id, name, version }) => {
    const last = lastOf(shown, id);
    if (last === undefined) return [];
    const { agreed, claims, date } = last;
    return [[name, version, last.version === version ? `${Object.keys(agreed).length} of ${claims}` : "not run", date]];
  });
  return tableOf(["Tool", "Version", "As checks say", "Date"], rows);
}

const NOT_RUN = { agents: "-", skills: "-", problems: undefined, date: "-" };

/** The last result of the client that the engine knows as this tool. */
function lastOf<Last>(record: { readonly [id: string]: Last }, tool: string): Last | undefined {
  const sender = senders.find((each) => each.tool === tool);
  return sender === undefined ? undefined : record[sender.id];
}

function problemsOf(
  heading: string,
  results: readonly { readonly name: string; readonly problems: readonly string[] }[],
): string[] {
  const lines = results.flatMap(({ name, problems }) =>
    problems.map((problem) => `- ${name}: ${problem.replaceAll("<", "&lt;")}`),
  );
  return lines.length === 0 ? [] : [heading, lines.join("\n")];
}
