import { type Check, GROUPS } from "@personakit/checks";
import { showHidden } from "@personakit/targets";
import { readables } from "@personakit/targets/read";
import { checks } from "../../packages/checks/src/registry.ts";
import { readRecord } from "../real-clients/record.ts";
import { type Claim, claims, shownOn } from "../real-clients/shown/claims.ts";
import { page, tableOf } from "./markdown.ts";

const record = readRecord();

const SEVERITIES = { error: "Error", warning: "Warning", note: "Note" } as const;

/** A page for each check, and one that lists them. */
export function checksPages(): [path: string, text: string][] {
  return [indexPage(), ...checks.map(pageOf)];
}

function indexPage(): [path: string, text: string] {
  const groups = Object.entries(GROUPS).flatMap(([group, title]) => {
    const rows = checks.filter((check) => check.group === group);
    if (rows.length === 0) return [];
    return [
      `## ${group}: ${title}`,
      tableOf(
        ["Check", "What it finds", "Severity", "Fix"],
        rows.map(({ id, what, severity, examples: { bad } }) => [
          `[\`${id}\`](${fileOf(id)})`,
          what,
          severity,
          bad.some(({ fixed }) => fixed !== undefined) ? "yes" : "",
        ]),
      ),
    ];
  });
  const text = page(
    "<!-- Written by `pnpm sync` from the files in packages/checks/src/checks. -->",
    "# Checks",
    "`npx personakit doctor` looks at the instruction files of a repository, as they are, and says what your tools drop, cut or ignore of them ([how](../using.md#look-for-what-your-tools-drop)). An error is something that a real tool demonstrably drops or cuts. A warning is something that it does otherwise than you meant. A note is a question.",
    ...groups,
  );
  return ["docs/checks/README.md", text];
}

function pageOf(check: Check): [path: string, text: string] {
  const { id, what, why, severity, formats, examples } = check;
  const rows = toolRows(check);
  const kinds = formats?.map((format) => {
    const found = readables.find((each) => each.id === format);
    return `\`${found?.path ?? format}\``;
  });
  const [bad] = examples.bad;
  const [good = {}] = examples.good;
  const text = page(
    "<!-- Written by `pnpm sync` from the check's file in packages/checks/src/checks. -->",
    `# ${id}`,
    what,
    `${SEVERITIES[severity]}. ${kinds === undefined ? "It looks at every instruction file." : `It looks at ${kinds.join(", ")}.`}`,
    "## Why",
    why.text,
    why.sources
      .map(({ source, date }) => `- ${source.startsWith("https://") ? `<${source}>` : source}, ${date}`)
      .join("\n"),
    ...(rows.length === 0 ? [] : ["## What tools do", tableOf(["Tool", "What it does", "Known"], rows), KNOWN]),
    "## It finds something",
    ...(bad === undefined ? [] : filesOf(bad.files)),
    ...(bad?.fixed === undefined ? [] : ["`personakit doctor --fix` makes this of it:", ...filesOf(bad.fixed)]),
    "## It finds nothing",
    ...filesOf(good),
    "## Switch it off",
    `In the file: \`<!-- personakit-disable ${id}: the reason -->\`. Without a reason it switches nothing off.`,
  );
  return [`docs/checks/${fileOf(id)}`, text];
}

const KNOWN =
  "What is observed was shown by a run of the tool, in examples of this check and in the same ones without the mistake ([real clients](../real-clients.md)). What is documented was only read.";

/** What tools do with the check's bad examples: what they do with several is said once. */
function toolRows(check: Check): string[][] {
  const seen = claims.filter((claim) => claim.check === check);
  const rows = [
    ...seen.map((claim) => [`${claim.tool} ${claim.known.version}`, claim.does, knownOf(claim)]),
    ...check.examples.bad.flatMap(({ tools = [] }) =>
      tools.flatMap((each) =>
        "documented" in each
          ? [[each.tool, each.does, `documented: <${each.documented.source}>, ${each.documented.date}`]]
          : [],
      ),
    ),
  ];
  return [...new Map(rows.map((row) => [row.join(), row])).values()];
}

function knownOf(claim: Claim): string {
  const date = shownOn(claim, record);
  return date === undefined ? "not run" : `observed, ${date}`;
}

/** At most so many lines of a file are shown. */
const MOST_LINES = 16;

function filesOf(files: { readonly [path: string]: string }): string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    text === "" ? [] : [`\`${path}\`:`, fenced(showHidden(text))],
  );
}

function fenced(text: string): string {
  const lines = text.trimEnd().split("\n");
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "..."] : lines;
  return ["`````", ...shown, "`````"].join("\n");
}

function fileOf(id: string): string {
  return `${id.replace("/", "-")}.md`;
}
