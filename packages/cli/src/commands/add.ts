import { existsSync } from "node:fs";
import { type Change, type Document, formatIssue, type Issue, snapshot } from "@personakit/core";
import { nameWithVersion, oneLine } from "@personakit/core/internal";
import { targets as allTargets, type Target } from "@personakit/targets";
import { noticesFor, readersOf } from "../context/notices.ts";
import { type FoundTool, fewestTargets, findTools } from "../detect/tools.ts";
import { keyOf, nameOfKey, placeOf } from "../disk/artifact-key.ts";
import { beginOfBlock, withBlock } from "../disk/block.ts";
import { type ComparedFile, isChanged, type State } from "../disk/file-status.ts";
import type { Held } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { LOCKFILE, type Lockfile } from "../disk/lockfile.ts";
import { fileOf } from "../disk/paths.ts";
import { changesSinceRecord } from "../disk/published.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { readText } from "../files/text.ts";
import { type ExitCode, failure } from "../issues/command-error.ts";
import { confirmed } from "../output/confirm.ts";
import { columns, count, shorten, writeJson, writeLine } from "../output/terminal.ts";
import { chooseTargets, DEFAULT_TARGETS } from "../plan/choose-targets.ts";
import { makePlan, type Plan, type PlannedArtifact } from "../plan/make-plan.ts";
import { recordedSource, refuseOther, renamed } from "../project/added-personas.ts";
import { choosePackage } from "../project/choose-package.ts";
import { comparePlan, type DiskComparison } from "../project/compare-project.ts";
import { configurePersona, otherSettings } from "../project/configure-persona.ts";
import { findEarlierTexts } from "../project/earlier-texts.ts";
import { refuseToOverwrite, writeChanges } from "../project/write-changes.ts";
import { readPersonaPackage } from "../sources/persona-package.ts";
import { defineCommand } from "../usage/define-command.ts";
import { dryRun, flag, folder, force, repeated, strict, targets, text, timeout, yes } from "../usage/options.ts";
import { formatChanges } from "../versions/format-changes.ts";

/** Writes a persona of a package into a repository, without running the package's code. */
export default defineCommand({
  name: "add",
  group: "start",
  summary: "Add a persona package to this repository",
  details:
    "Needs no configuration, and never runs the package's code, unless you set parameters of an installed one. Without a package, shows what there is.",
  arguments: [
    [
      "[package...]",
      "the name of a persona package, with an optional version; a folder; a tarball; or words to search for",
    ],
  ],
  options: {
    ...timeout,
    ...targets,
    ...strict,
    ...yes,
    ...dryRun,
    ...folder,
    as: text("name", "add the persona under another name"),
    set: repeated(
      "fragment.parameter=value",
      "set a parameter: writes a configuration to build the persona from; may be repeated",
    ),
    allowGit: flag("also accept a git repository; npm runs git to fetch it"),
    ...force,
  },
  async run(args, options) {
    const chosen = await choosePackage(args, options);
    if ("exitCode" in chosen) return chosen.exitCode;
    const { out, dryRun, set } = options;
    const step = async (held?: Held): Promise<ExitCode> =>
      set === undefined ? add(chosen.spec, options, held) : configurePersona(chosen.spec, { ...options, set }, held);
    return dryRun ? step() : exclusively(out, "add", step);
  },
});

interface AddOptions {
  readonly out: string;
  readonly target: readonly string[] | undefined;
  readonly as: string | undefined;
  readonly json: boolean;
  readonly strict: boolean;
  readonly force: boolean;
  readonly yes: boolean;
  readonly allowGit: boolean;
}

/** Without the lock, it only shows what it would write. */
async function add(
  spec: string,
  { out, target, as, json, strict, force, yes, allowGit }: AddOptions,
  held?: Held,
): Promise<ExitCode> {
  const lockfile = forgetGone(out, readLockfile(out));
  const asked = { allowGit, askDeprecated: true };
  const { name, version, document, sha256, deprecated } = await readPersonaPackage(spec, out, asked);
  const found = findTools(out, allTargets);
  const detected = fewestTargets(found).map(({ id }) => id);
  const ids = target ?? (detected.length > 0 ? detected : DEFAULT_TARGETS);
  const { results: chosen, issues } = await chooseTargets(ids, "--target", out);
  refuseForeign(chosen);
  const unit = renamed(document, as);
  const source = { package: recordedSource(out, spec, name), version, document: sha256 };
  const earlier = lockfile.personas[unit.id];
  refuseOther(unit.id, source.package, earlier);
  const since = earlier === undefined ? undefined : await changesSince(out, lockfile, { ...unit, version });
  const plan = makePlan([{ unit, source: name, targets: chosen, out: "" }], { strict, issues });
  const comparison = comparePlan(out, plan, lockfile, { hashes: true, tokens: true, added: { [unit.id]: source } });
  const { compared } = comparison;
  const settings = await otherSettings(name, out);
  const warnings = [...plan.warnings, ...(await noticesOf(out, compared))];
  if (!json) {
    writeLine(nameWithVersion({ id: name, version }));
    if (deprecated !== undefined) writeLine(`warning: its author has deprecated this version: ${oneLine(deprecated)}`);
    if (since !== undefined) announceChanges(since, version);
    announce(target === undefined ? found : [], comparison, warnings);
    if (settings.length > 0) {
      writeLine(`The package was compiled with its defaults. Found in this repository: ${settings.join(", ")}.`);
      writeLine("To use these, in a configuration:");
      const again = [name, ...settings.map((each) => `--set ${each}`), ...(as === undefined ? [] : [`--as ${as}`])];
      writeLine(`  npx personakit add ${again.join(" ")}`);
      writeLine("");
    }
  }
  const keepBoth = `To keep both, add the persona under another name: personakit add ${spec} --as <name>.`;
  // Before anything is asked, and so that a dry run ends as the real one would.
  if (!force) await refuseToOverwrite(out, comparison, keepBoth);
  const pending = compared.filter(({ state }) => state !== "current").length;
  const isAsked = held !== undefined && pending > 0;
  const written = held !== undefined && (!isAsked || (await confirmed(`Write ${count(pending, "file")}?`, { yes })));
  if (written) await writeChanges(held, lockfile, comparison, { force, keepBoth });
  if (json) {
    const files = compared.map(({ artifact, state, tokens }) => ({
      path: artifact.path,
      targets: artifact.targets,
      tokens,
      written: written && state !== "current",
    }));
    const tools = found.map(({ target: { tool }, sign }) => ({ tool, sign }));
    const about = {
      persona: unit.id,
      package: name,
      version,
      ...(deprecated === undefined ? {} : { deprecated }),
      since,
    };
    writeJson({ ok: true, ...about, tools, files, detected: settings, warnings });
  } else if (written && pending > 0) suggest(unit.id, compared, plan);
  else writeLine(pending === 0 ? "Nothing to write: everything is up to date." : "Nothing was written.");
  return 0;
}

/** Targets of somebody else are not recorded, so that an update could not build for them. */
function refuseForeign(targets: readonly Target[]): void {
  const foreign = targets.filter(({ id }) => !allTargets.some((target) => target.id === id));
  if (foreign.length === 0) return;
  const names = foreign.map(({ id }) => id).join(", ");
  const hint = "Name it in personakit.config.ts instead.";
  throw failure("foreign-target", names, "add only supports PersonaKit's own targets", hint);
}

/** An ejected file that is gone is nobody's: to add the persona again asks for it. */
function forgetGone(folder: string, lockfile: Lockfile): Lockfile {
  const ejected = lockfile.ejected.filter((key) => existsSync(fileOf(folder, placeOf(key).path)));
  return { ...lockfile, ejected };
}

/** How a person reads what would become of a file. */
const OUTCOMES: { readonly [S in State]: string } = {
  current: "unchanged",
  missing: "new",
  stale: "updated",
  edited: "changed by hand",
  foreign: "your own file",
};

/** What adding a persona again changes. */
interface AddedAgain {
  /** The version that was added before. */
  readonly version: string | undefined;
  /** Whether that is newer than the one that is added now. */
  readonly isNewer: boolean;
  readonly changes: readonly Change[];
}

async function changesSince(folder: string, lockfile: Lockfile, document: Document): Promise<AddedAgain> {
  const record = lockfile.personas[document.id];
  // npm's own order of versions: maintained, no dependencies. Loaded where a package is read.
  const { lt, valid } = (await import("semver")).default;
  const [was, is] = [valid(record?.version ?? null), valid(document.version ?? null)];
  const now = snapshot(document);
  const first = changesSinceRecord(record?.published, now);
  const { texts } =
    first.missing.length === 0
      ? { texts: new Map() }
      : await findEarlierTexts(folder, lockfile, [document.id], first.missing);
  const { changes } = changesSinceRecord(record?.published, now, texts);
  return { version: record?.version, isNewer: was !== null && is !== null && lt(is, was), changes };
}

function announceChanges({ version: was, isNewer, changes }: AddedAgain, version: string): void {
  if (isNewer) writeLine(`warning: this is older than the version that was added before, ${was}`);
  if (was === version && changes.length === 0) return;
  writeLine(`Changes since ${was}:${changes.length === 0 ? " none in what it says" : ""}`);
  for (const line of formatChanges(changes, false)) writeLine(line);
}

/** Says which tools will not load new files here, before anything is written. */
function noticesOf(folder: string, compared: readonly ComparedFile[]): Promise<readonly Issue[]> {
  const files = compared.filter(isChanged).filter(({ state }) => state === "missing");
  return noticesFor(
    folder,
    files.map(({ file, before, artifact: { text, block, targets } }) => ({
      path: file,
      text: block === undefined ? text : withBlock(before, block, text, file),
      ...readersOf(targets),
    })),
  );
}

function announce(
  found: readonly FoundTool[],
  { compared, ejected }: DiskComparison,
  warnings: readonly Issue[],
): void {
  if (found.length > 0) writeLine(`Found: ${found.map(({ target, sign }) => `${target.tool} (${sign})`).join(", ")}`);
  writeLine("");
  const rows = compared.map(({ artifact, file, state, tokens }) => [
    `  ${shorten(file)}${artifact.block === undefined ? "" : " (a block; the rest stays yours)"}`,
    `${tokens} tokens`,
    OUTCOMES[state],
  ]);
  for (const line of columns(rows, [1])) writeLine(line);
  for (const key of ejected) writeLine(`  ${nameOfKey(key)}  ejected: left alone`);
  for (const warning of warnings) writeLine(`warning: ${formatIssue(warning)}`);
  writeLine("");
}

function suggest(id: string, compared: readonly ComparedFile[], { personas }: Plan): void {
  const readers = [...new Set(compared.flatMap(({ artifact }) => artifact.targets))].flatMap(
    (target) => allTargets.find((each) => each.id === target)?.readers ?? [],
  );
  const tools = [...new Set(readers)].slice(0, 4).join(", ");
  const place = placeOfRule(
    compared,
    personas.flatMap(({ artifacts }) => artifacts),
  );
  const lines = [
    `Written, and recorded in ${LOCKFILE}. Next:`,
    `  in ${tools || "your tool"}: "Use ${id} to review the last commit."`,
    ...(place === undefined ? [] : [`  npx personakit explain ${place}   shows which rule a line comes from`]),
    "  npx personakit check                 fails when a file was changed",
    `  npx personakit remove ${id}`,
  ];
  for (const line of lines) writeLine(line);
}

/** A line that holds a rule, as `explain` takes it, in the first file that has one. */
function placeOfRule(compared: readonly ComparedFile[], artifacts: readonly PlannedArtifact[]): string | undefined {
  for (const {
    key,
    file,
    artifact: { block },
  } of compared) {
    const origins = artifacts.find((artifact) => keyOf(artifact) === key)?.origins ?? [];
    const index = origins.findIndex(({ rule }) => rule !== undefined);
    if (index === -1) continue;
    const begin = block === undefined ? 0 : beginOfBlock(readText(file) ?? "", block);
    return `${shorten(file)}:${begin + index + 1}`;
  }
  return undefined;
}
