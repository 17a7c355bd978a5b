import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { formatIssue } from "@personakit/core";
import { targets as allTargets } from "@personakit/targets";
import { loadCatalogue } from "../catalogue/catalogue.ts";
import { type NewFile, noticesFor, readersOf } from "../context/notices.ts";
import { addCommand } from "../detect/package-manager.ts";
import { type CatalogueEntry, type Proposal, proposable, propose } from "../detect/proposal.ts";
import { lookAt, type Repository } from "../detect/repository.ts";
import { type FoundTool, fewestTargets, findTools } from "../detect/tools.ts";
import { commit, type FileChange, type Held } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { LOCKFILE } from "../disk/lockfile.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { summaryHere } from "../doctor/examine.ts";
import { readText } from "../files/text.ts";
import { instructionFiles } from "../import/find-files.ts";
import { whyKnownFrom } from "../import/prove.ts";
import { type CommandError, type ExitCode, failure } from "../issues/command-error.ts";
import { confirmed } from "../output/confirm.ts";
import { count, shorten, writeJson, writeLine, writeLines, writeWarning } from "../output/terminal.ts";
import { DEFAULT_TARGETS } from "../plan/choose-targets.ts";
import { findConfig } from "../sources/config.ts";
import { defineCommand } from "../usage/define-command.ts";
import { dryRun, yes } from "../usage/options.ts";

/** Looks at the repository, proposes personas with parameters, and writes the configuration. */
export default defineCommand({
  name: "init",
  group: "start",
  summary: "Look at this repository and write a configuration",
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
  const detected = fewestTargets(found).map(({ id }) => id);
  const targets = detected.length > 0 ? detected : DEFAULT_TARGETS;
  const published = proposable(await loadCatalogue());
  const own = await instructionFiles(".", whyKnownFrom(readLockfile(".")));
  const proposed = propose(repository, published);
  if (proposed.length === 0) throw nothingFits(repository, published, own);
  const proposals = proposed.map((each) => withFreeId(each, targets));
  // Only an ES module imports the packages without ceremony; `.mts` is one in every project.
  const name = repository.isModule ? "personakit.config.ts" : "personakit.config.mts";
  const text = configText(proposals, targets);
  const attributes = markGenerated();
  const warnings = await noticesFor(".", filesToCome(proposals, targets));
  if (!json && own.length > 0) {
    const findings = await summaryHere();
    if (findings !== undefined) writeLine(findings);
    writeLine(sayOwn(own));
  }
  if (!json) announce(repository, found, proposals, name, text);
  for (const warning of json ? [] : warnings) writeWarning(formatIssue(warning), "stdout");
  if (!json && attributes !== undefined) {
    writeLine(`${ATTRIBUTES} will get the line "${GENERATED}", so that GitHub folds the lockfile's diff`);
    writeLine("");
  }
  const what = attributes === undefined ? name : `${name}, and the line in ${ATTRIBUTES}`;
  const go = !dryRun && (json || (await confirmed(`Write ${what}?`, { yes })));
  const configuration = { path: name, before: undefined, after: text };
  if (go && held !== undefined) commit(held, attributes === undefined ? [configuration] : [configuration, attributes]);
  const packages = ["personakit", "@personakit/core", ...proposals.map(({ entry }) => entry.package)];
  const install = addCommand(repository.packageManager, packages);
  if (json) {
    const personas = proposals.map(({ entry, id, because, params }) => ({
      package: entry.package,
      id,
      because,
      params,
    }));
    const tools = found.map(({ target, sign }) => ({ tool: target.tool, sign }));
    const marked = attributes !== undefined;
    writeJson({
      ok: true,
      file: name,
      written: go,
      marked,
      uses: repository.uses,
      ownFiles: own,
      tools,
      personas,
      targets,
      text,
      install,
      warnings,
    });
  } else if (go) {
    writeLine("Written. Next:");
    writeLine(`  ${install}`);
    writeLine("  npx personakit build");
  } else writeLine("Nothing was written.");
  return 0;
}

/** A persona that does not fit would send an agent the wrong way. */
function nothingFits({ uses }: Repository, published: readonly CatalogueEntry[], own: readonly string[]): CommandError {
  const found = (uses["front end"] ?? []).join(", ");
  const packages = published.map((entry) => entry.package).join(", ");
  const ways = `All of them are for back ends: ${packages}. To write one anyway: personakit add <package>`;
  const hint = own.length === 0 ? ways : `${sayOwn(own)} ${ways}`;
  return failure("nothing-fits", undefined, `no published persona fits a project with ${found}`, hint);
}

/** Says that files of the user's own can be brought in. */
function sayOwn([first = "", ...more]: readonly string[]): string {
  const files = more.length === 0 ? first : `${first} and ${count(more.length, "more file")}`;
  return `Found: ${files} of your own. To build from ${more.length === 0 ? "it" : "them"}, unchanged, run personakit import.`;
}

/** A proposal, and the id that its persona gets here. */
type NamedProposal = Proposal & {
  readonly id: string;
  /** The user's own file, for whose sake the id is not the published one. */
  readonly own?: string;
};

/** A persona under another id where a file of the user's has the place of one of its files. */
function withFreeId(proposal: Proposal, targets: readonly string[]): NamedProposal {
  const { id } = proposal.entry;
  const own = allTargets.flatMap(({ id: target, files: { main, block } }) => {
    const path = main.replaceAll("<name>", id);
    return targets.includes(target) && block === undefined && existsSync(path) ? [path] : [];
  })[0];
  return own === undefined ? { ...proposal, id } : { ...proposal, id: `personakit-${id}`, own };
}

/** The files that the first build will write, as far as tools look at them before they load one. */
function filesToCome(proposals: readonly NamedProposal[], ids: readonly string[]): NewFile[] {
  const chosen = allTargets.filter(({ id }) => ids.includes(id));
  return proposals.flatMap(({ id: persona }) =>
    chosen.map(({ id, files: { main } }) => {
      const path = main.replaceAll("<name>", persona);
      const head = [`name: ${persona}`, "description: Does it."];
      const text = path.endsWith(".toml")
        ? head.map((line) => line.replace(/: (.*)/, ' = "$1"'))
        : ["---", ...head, "---"];
      return { path: resolve(path), text: [...text, "Do it.", ""].join("\n"), ...readersOf([id]) };
    }),
  );
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
  proposals: readonly NamedProposal[],
  name: string,
  text: string,
): void {
  const kinds = Object.entries(uses).map(([kind, names]) => `${kind} ${names.join(", ")}`);
  const found = [...(packageManager === undefined ? [] : [packageManager]), ...kinds];
  writeLine(`Found: ${found.join("; ") || "nothing that points to a particular persona"}`);
  if (tools.length > 0) writeLine(`Tools: ${tools.map(({ target, sign }) => `${target.tool} (${sign})`).join(", ")}`);
  for (const { entry, because, id, own } of proposals) {
    const reason = because.length === 0 ? "for any backend" : because.join(", ");
    writeLine(`Proposed: ${entry.package} (${reason})`);
    if (own !== undefined) writeLine(`  ${own} is your own file, so this persona gets the id ${id}.`);
  }
  writeLine("");
  writeLine(`${shorten(name)}:`);
  writeLine("");
  writeLines(text);
}

/** The configuration's text: what a person would have written. */
function configText(proposals: readonly NamedProposal[], targets: readonly string[]): string {
  const imports = proposals.map(({ entry }) => `import { ${entry.export} } from "${entry.package}";`);
  const personas = proposals.flatMap((proposal) => [
    ...(proposal.because.length === 0 ? [] : [`    // Because of ${proposal.because.join(", ")}.`]),
    ...(proposal.own === undefined ? [] : [`    // Under another id: ${proposal.own} is your own file.`]),
    ...personaLines(proposal),
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

function personaLines({ entry: { export: name }, id, own, params }: NamedProposal): string[] {
  const fragments = Object.entries(params);
  if (fragments.length === 0) return [own === undefined ? `    ${name},` : `    ${name}.extend({ id: "${id}" }),`];
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
