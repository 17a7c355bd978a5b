import { existsSync } from "node:fs";
import { targets as allTargets } from "@personakit/targets";
import catalogue from "../../catalogue.json" with { type: "json" };
import { type CatalogueEntry, type Proposal, propose } from "../detect/proposal.ts";
import { lookAt, type Repository } from "../detect/repository.ts";
import { type FoundTool, fewestTargets, findTools } from "../detect/tools.ts";
import { commit, type FileChange, type Held } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { LOCKFILE } from "../disk/lockfile.ts";
import { readText } from "../files/text.ts";
import { type ExitCode, failure } from "../issues/command-error.ts";
import { confirmed } from "../output/confirm.ts";
import { shorten, writeJson, writeLine, writeLines } from "../output/terminal.ts";
import { DEFAULT_TARGETS } from "../plan/choose-targets.ts";
import { findConfig } from "../sources/config.ts";
import { defineCommand } from "../usage/define-command.ts";
import { dryRun, yes } from "../usage/options.ts";

const INSTALL = { npm: "npm install --save-dev", pnpm: "pnpm add -D", yarn: "yarn add -D", bun: "bun add -d" };

/** Looks at the repository, proposes personas with parameters, and writes the configuration. */
export default defineCommand({
  name: "init",
  summary: "Look at this repository, propose personas, and write a configuration.",
  arguments: [],
  options: { ...yes, ...dryRun },
  run: (_, options) => (options.dryRun ? init(options) : exclusively(".", "init", (held) => init(options, held))),
});

interface InitOptions {
  readonly json: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

async function init({ json, yes, dryRun }: InitOptions, held?: Held): Promise<ExitCode> {
  const existing = findConfig(".");
  if (existing !== undefined) {
    throw failure("two-configurations", existing, "there is a configuration already", "Edit it.");
  }
  const repository = lookAt(".");
  const found = findTools(".", allTargets);
  const proposals = propose(repository, catalogue satisfies readonly CatalogueEntry[]);
  const detected = fewestTargets(found).map(({ id }) => id);
  const targets = detected.length > 0 ? detected : DEFAULT_TARGETS;
  // Only an ES module imports the packages without ceremony; `.mts` is one in every project.
  const name = repository.isModule ? "personakit.config.ts" : "personakit.config.mts";
  const text = configText(proposals, targets);
  const attributes = markGenerated();
  if (!json) announce(repository, found, proposals, name, text);
  if (!json && attributes !== undefined) {
    writeLine(`${ATTRIBUTES} will get the line "${GENERATED}", so that GitHub folds the lockfile's diff`);
    writeLine("");
  }
  const what = attributes === undefined ? name : `${name}, and the line in ${ATTRIBUTES}`;
  const go = !dryRun && (json || (await confirmed(`Write ${what}?`, { yes })));
  const configuration = { path: name, before: undefined, after: text };
  if (go && held !== undefined) commit(held, attributes === undefined ? [configuration] : [configuration, attributes]);
  const packages = ["personakit", "@personakit/core", ...proposals.map(({ entry }) => entry.package)];
  const install = `${INSTALL[repository.packageManager ?? "npm"]} ${packages.join(" ")}`;
  if (json) {
    const personas = proposals.map(({ entry, because, params }) => ({ package: entry.package, because, params }));
    const tools = found.map(({ target, sign }) => ({ tool: target.tool, sign }));
    const marked = attributes !== undefined;
    writeJson({
      ok: true,
      file: name,
      written: go,
      marked,
      uses: repository.uses,
      tools,
      personas,
      targets,
      text,
      install,
    });
  } else if (go) {
    writeLine("Written. Next:");
    writeLine(`  ${install}`);
    writeLine("  npx personakit build");
  } else writeLine("Nothing was written.");
  return 0;
}

const ATTRIBUTES = ".gitattributes";
const GENERATED = `${LOCKFILE} linguist-generated`;

/** What marks the lockfile as generated for git's hosts; undefined where git is not in use, or knows the lockfile already. */
function markGenerated(): FileChange | undefined {
  if (!existsSync(".git")) return undefined;
  const before = readText(ATTRIBUTES);
  if (before?.includes(LOCKFILE)) return undefined;
  const start = before === undefined || before === "" ? "" : before.replace(/\n?$/, "\n");
  return { path: ATTRIBUTES, before, after: `${start}${GENERATED}\n` };
}

function announce(
  { uses, packageManager }: Repository,
  tools: readonly FoundTool[],
  proposals: readonly Proposal[],
  name: string,
  text: string,
): void {
  const kinds = Object.entries(uses).map(([kind, names]) => `${kind} ${names.join(", ")}`);
  const found = [...(packageManager === undefined ? [] : [packageManager]), ...kinds];
  writeLine(`Found: ${found.join("; ") || "nothing that speaks for one persona"}`);
  if (tools.length > 0) writeLine(`Tools: ${tools.map(({ target, sign }) => `${target.tool} (${sign})`).join(", ")}`);
  for (const { entry, because } of proposals) {
    const reason = because.length === 0 ? "for any backend" : because.join(", ");
    writeLine(`Proposed: ${entry.package} (${reason})`);
  }
  writeLine("");
  writeLine(`${shorten(name)}:`);
  writeLine("");
  writeLines(text);
}

/** The configuration's text: what a person would have written. */
function configText(proposals: readonly Proposal[], targets: readonly string[]): string {
  const imports = proposals.map(({ entry }) => `import { ${entry.export} } from "${entry.package}";`);
  const personas = proposals.flatMap(({ entry, because, params }) => [
    ...(because.length === 0 ? [] : [`    // Because of ${because.join(", ")}.`]),
    ...personaLines(entry.export, entry.id, params),
  ]);
  return [
    ...imports,
    'import { defineConfig } from "personakit";',
    "",
    "export default defineConfig({",
    "  personas: [",
    ...personas,
    "  ],",
    `  targets: [${targets.map((id) => JSON.stringify(id)).join(", ")}],`,
    "});",
    "",
  ].join("\n");
}

function personaLines(name: string, id: string, params: Proposal["params"]): string[] {
  const fragments = Object.entries(params);
  if (fragments.length === 0) return [`    ${name},`];
  return [
    `    ${name}.extend({`,
    `      id: "${id}",`,
    "      params: {",
    ...fragments.map(([fragment, values]) => {
      const pairs = Object.entries(values).map(
        ([param, value]) => `${param}: ${JSON.stringify(value).replaceAll('","', '", "')}`,
      );
      return `        ${JSON.stringify(fragment)}: { ${pairs.join(", ")} },`;
    }),
    "      },",
    "    }),",
  ];
}
