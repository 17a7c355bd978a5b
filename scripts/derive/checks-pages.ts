import { type Check, GROUPS } from "@personakit/checks";
import { showHidden } from "@personakit/targets";
import { readables } from "@personakit/targets/read";
import { checks } from "../../packages/checks/src/registry.ts";
import { page, tableOf } from "./markdown.ts";

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

function pageOf({ id, what, why, severity, formats, observed = [], examples }: Check): [path: string, text: string] {
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
    ...(observed.length === 0 ? [] : ["## What tools do", toolsTable(observed)]),
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

function toolsTable(observed: NonNullable<Check["observed"]>): string {
  return tableOf(
    ["Tool", "What it does", "Known"],
    observed.map(({ tool, version, known, does }) => [`${tool} ${version}`, does, known]),
  );
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
