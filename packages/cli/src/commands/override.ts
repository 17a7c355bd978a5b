import { isDeepStrictEqual } from "node:util";
import type { Document, Issue } from "@personakit/core";
import { nameWithVersion, nearest, phrasesOf } from "@personakit/core/internal";
import { addCommand } from "../detect/package-manager.ts";
import { lookAt } from "../detect/repository.ts";
import { unifiedDiff } from "../disk/file-diff.ts";
import { type ChangedFile, isChanged } from "../disk/file-status.ts";
import { commitAround, type Held, type TextChange } from "../disk/journal.ts";
import { keysInFile } from "../disk/links.ts";
import { exclusively, settle } from "../disk/lock.ts";
import type { Lockfile } from "../disk/lockfile.ts";
import { projectPath } from "../disk/paths.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { CommandError, type ExitCode, failure, issue } from "../issues/command-error.ts";
import { shorten, writeJson, writeLine, writeLines } from "../output/terminal.ts";
import { handEdits, type UnsaidLine } from "../plan/hand-edits.ts";
import { meaningOf } from "../plan/lines.ts";
import { ALL_PERSONAS, makePlan, type PlannedPersona, type SharedPlan } from "../plan/make-plan.ts";
import { type AddedPersona, addedPersonas, readAdded, requestFor } from "../project/added-personas.ts";
import { type ComparedPersona, comparePlan, type DiskComparison, ProjectComparer } from "../project/compare-project.ts";
import { compileInThread } from "../project/compile-again.ts";
import { projectFolder } from "../project/find-project.ts";
import { openProject, type Project, type ProjectOptions } from "../project/open-project.ts";
import { placeOverride } from "../project/place-override.ts";
import { editsIn } from "../project/suggest-override.ts";
import { textOfChanged, writeChanges } from "../project/write-changes.ts";
import {
  changeAsCode,
  formatSettings,
  lacksReason,
  removalsIn,
  type Setting,
  settingsOf,
  valueAsCode,
  valueAsJson,
  withReason,
} from "../sources/override.ts";
import { defineCommand } from "../usage/define-command.ts";
import { dryRun, project, sources, strict, targets, text, timeout } from "../usage/options.ts";

/** Makes an override of what a hand has changed in a built file, and proves that the file then is what the hand has made of it. */
export default defineCommand({
  name: "override",
  group: "change",
  summary: "Keep your change to a built file in your source",
  arguments: [["<file>", "a built file that you changed, or one of yours with a block in it"], sources],
  options: {
    ...timeout,
    ...targets,
    ...strict,
    ...project,
    ...dryRun,
    reason: text("text", "why you removed rules; kept in the override", "r"),
  },
  async run([file = "", ...named], options) {
    const out = projectFolder(options);
    const given = { ...options, out };
    if (!options.dryRun) return exclusively(out, "override", (held) => override(file, named, given, held));
    await settle(out, "override");
    return override(file, named, given);
  },
});

interface OverrideOptions extends ProjectOptions {
  readonly json: boolean;
  readonly reason: string | undefined;
  readonly timeout: string;
}

/** A file that a hand has changed, and the change as settings of an `extend`. */
interface EditedFile {
  readonly changed: ChangedFile;
  readonly settings: readonly Setting[];
  readonly unsaid: readonly UnsaidLine[];
}

/** Without the lock, it only shows what it would write. */
async function override(
  file: string,
  named: readonly string[],
  options: OverrideOptions,
  held?: Held,
): Promise<ExitCode> {
  const { out, json, reason } = options;
  const lockfile = readLockfile(out);
  const keys = keysIn(out, file, lockfile);
  const opened = openProject(named, { ...options, inDetail: true });
  const compiled: PlannedPersona[] = [];
  const shared = await opened?.compile((persona) => {
    compiled.push(persona);
  });
  const writers = new Set(keys.map((key) => lockfile.artifacts[key]?.persona));
  const isBuilt = (id: string) => compiled.some(({ document }) => document.id === id);
  const added = addedPersonas(lockfile).find(({ id }) => writers.has(id) && !isBuilt(id));
  if (added !== undefined) return explainAdded(file, added, keys, lockfile, options);
  if (opened === undefined || shared === undefined) throw unknownSource(file);
  const comparison = compareAll(opened, compiled, shared);
  const changed = comparison.compared.filter(isChanged).filter(({ state }) => state === "edited");
  const asked = changed.filter(({ key }) => keys.includes(key));
  if (asked.length === 0) return sayNothing(file, json);
  if (asked.some(({ artifact }) => artifact.persona === ALL_PERSONAS)) throw sharedFile(file);
  const copyOf = asked.find(({ artifact }) => artifact.from !== undefined)?.artifact.from;
  if (copyOf !== undefined) {
    const found = issue("no-override", file, `it is a copy of ${copyOf}`, "Make your change there, and build.");
    throw new CommandError([found], { exitCode: 1, advice: "Nothing was written." });
  }
  const ids = [...new Set(asked.map(({ artifact }) => artifact.persona))];
  const [id = "", other] = ids;
  if (other !== undefined) throw twoPersonas(file, ids);
  const { document, request } = compiled.find((each) => each.document.id === id) as PlannedPersona;
  const edited = changed
    .filter(({ artifact }) => artifact.persona === id && artifact.from === undefined)
    .map((each): EditedFile => {
      const { override, unsaid } = editsIn(textOfChanged(each), document);
      return { changed: each, settings: settingsOf(override), unsaid };
    });
  const settings = merged(edited);
  const paste = { id, config: opened.config, settings };
  refuseUnsaid(edited, paste);
  if (reason === undefined && settings.some(lacksReason)) throw noReason(settings);
  const explained = withReason(settings, reason ?? "");
  const source = await placeOverride({ folder: out, config: opened.config }, request, id, explained);
  if (source === undefined) throw notPlaced(file, { ...paste, settings: explained });
  const work = { source, edited, paste, lockfile, shared, compiled, named, options, project: opened };
  const others = held === undefined ? [] : await writeAndProve(held, work);
  report({ id, source, settings: explained, edited, others }, { json, isWritten: held !== undefined });
  return 0;
}

/** The lockfile does not record what a built persona was read from. */
function unknownSource(file: string): CommandError {
  const problem = "was built from a source on the command line, which the lockfile does not record";
  return failure("no-project", file, problem, `Name it: personakit override ${file} <source>.`);
}

/** The artifacts in a file. Throws where there are none. */
function keysIn(folder: string, file: string, { artifacts, ejected }: Lockfile): string[] {
  const keys = keysInFile(folder, file, Object.keys(artifacts));
  if (keys.length > 0) return keys;
  if (keysInFile(folder, file, ejected).length > 0)
    throw failure("already-ejected", file, "is ejected, so it is your own text now");
  const near = nearest(projectPath(folder, file), Object.keys(artifacts));
  const hint = near === undefined ? {} : { hint: `Did you mean "${near}"?` };
  throw failure("not-ours", file, "is not a file that personakit wrote here", hint);
}

function compareAll(
  { folder, config, lockfile }: Pick<Project, "folder" | "config" | "lockfile">,
  personas: readonly Parameters<ProjectComparer["add"]>[0][],
  shared: SharedPlan,
): DiskComparison {
  const comparer = new ProjectComparer(folder, lockfile, { whole: config !== undefined, hashes: true });
  for (const persona of personas) comparer.add(persona);
  return comparer.finish(shared);
}

function sayNothing(file: string, json: boolean): ExitCode {
  if (json) writeJson({ ok: true, file, settings: [], written: false });
  else writeLine(`${file} has no changes by hand: there is nothing to override.`);
  return 0;
}

/** What the files of a persona say together. Throws where two of them say different things of one rule. */
function merged(edited: readonly EditedFile[]): Setting[] {
  const settings = new Map<string, { readonly setting: Setting; readonly file: string }>();
  const issues: Issue[] = [];
  for (const { changed, settings: own } of edited) {
    for (const setting of own) {
      const path = nameOf(setting);
      const earlier = settings.get(path);
      if (earlier === undefined) settings.set(path, { setting, file: changed.file });
      else if (!isDeepStrictEqual(earlier.setting, setting)) {
        const problem = `your changes to ${path} differ: ${textOf(earlier.setting)} in ${shorten(earlier.file)}, ${textOf(setting)} here`;
        issues.push(issue("conflicting-edits", shorten(changed.file), problem, "Write the same in both files."));
      }
    }
  }
  if (issues.length > 0) throw new CommandError(issues, { exitCode: 1, advice: "Nothing was written." });
  return [...settings.values()].map(({ setting }) => setting);
}

/** A setting as a person names it: `security-checklist/csrf`. */
function nameOf({ path: [option = "", ...rest] }: Setting): string {
  return option === "rules" ? rest.join("/") : `addRules.${rest[0]}`;
}

function textOf({ value }: Setting): string {
  return value === null ? "taken out" : valueAsCode(value, (change) => changeAsCode(change));
}

/** An override, and where a person would put it. */
interface Paste {
  readonly id: string;
  readonly config: string | undefined;
  readonly settings: readonly Setting[];
}

/** What to do where we cannot: the override, and where it belongs. */
function pasteOf({ id, config, settings }: Paste): string[] {
  const language = config?.endsWith(".json") ? "json" : "code";
  const lines = formatSettings(settings, language);
  const where = config === undefined ? "in its source" : `in ${config} or in its own module`;
  return [
    ...(lines.length === 0 ? [] : [`Put this into the extend of "${id}", ${where}:`, ""]),
    ...lines.map((line) => `  ${line}`),
    ...(lines.length === 0 ? [] : [""]),
    ...removalsIn(settings),
  ];
}

function refuseUnsaid(edited: readonly EditedFile[], paste: Paste): void {
  const issues = edited.flatMap(({ changed: { file }, unsaid }) =>
    unsaid.map(({ line, belongsTo }) => issue("no-override", `${shorten(file)}:${line}`, `the line ${belongsTo}`)),
  );
  if (issues.length === 0) return;
  const advice = "Nothing was written, because an override cannot say all that you changed.";
  throw refusal(issues, paste, advice);
}

/** An error with the override to paste below what is wrong. */
function refusal(issues: readonly Issue[], paste: Paste, advice: string): CommandError {
  const last = issues.length - 1;
  const findings = issues.map((each, index) => {
    if (index < last) return each;
    const [, file = "", line = "1"] = /^(.*?)(?::(\d+))?$/.exec(each.place ?? "") ?? [];
    return { ...each, file, line: Number(line), diff: "", keep: pasteOf(paste) };
  });
  return new CommandError(findings, { exitCode: 1, advice });
}

function noReason(settings: readonly Setting[]): CommandError {
  const rules = settings.filter(lacksReason).map(nameOf).join(", ");
  const hint = 'Run personakit override <file> --reason "token auth only".';
  const found = issue("no-override", rules, "you removed this: say why, and the override keeps the reason", hint);
  return new CommandError([found], { exitCode: 1, advice: "Nothing was written." });
}

function sharedFile(file: string): CommandError {
  const hint = "Change the personas that it lists, or keep the file as your own with personakit eject.";
  const found = issue("no-override", file, "lists all of your personas and contains no rules", hint);
  return new CommandError([found], { exitCode: 1, advice: "Nothing was written." });
}

function twoPersonas(file: string, ids: readonly string[]): CommandError {
  const problem = `you changed the blocks of ${ids.join(" and ")}`;
  const hint =
    "An override covers one persona at a time. Undo one of the changes, run this command, then make that change again.";
  return new CommandError([issue("no-override", file, problem, hint)], { exitCode: 1, advice: "Nothing was written." });
}

function notPlaced(file: string, paste: Paste): CommandError {
  const problem = `no extend({ id: "${paste.id}" }) was found that can be edited`;
  return refusal([issue("no-override", file, problem)], paste, "Nothing was written.");
}

/** What writing takes. */
interface Work {
  readonly source: TextChange;
  readonly edited: readonly EditedFile[];
  readonly paste: Paste;
  readonly lockfile: Lockfile;
  readonly shared: SharedPlan;
  readonly compiled: readonly PlannedPersona[];
  readonly named: readonly string[];
  readonly options: OverrideOptions;
  readonly project: Project;
}

/**
 * Changes the source and builds from it, or does neither where a file would not say what the hand has written. Returns the
 * other personas that change with it.
 */
function writeAndProve(held: Held, work: Work): Promise<string[]> {
  const { source, lockfile, named, options, shared, project } = work;
  return commitAround(held, [source], async (begun) => {
    const { out, target, strict = false } = options;
    const data = { sources: named, options: { out, target, strict }, seconds: Number(options.timeout) };
    const again = await compileInThread(data, shared).catch((error) => {
      throw refusal(CommandError.from(error).issues, work.paste, NOT_BUILT);
    });
    const comparison = compareAll(project, again.personas, again.shared);
    refuseUnproven(comparison, work);
    await writeChanges(begun, lockfile, proven(comparison, work));
    return othersIn(again.personas, work);
  });
}

/** The other personas that change with a source, because they share what it defines. */
function othersIn(personas: readonly ComparedPersona[], { compiled, paste }: Work): string[] {
  const before = new Map(compiled.map(({ document }) => [document.id, document]));
  const others = personas.filter(({ document: { id } }) => id !== paste.id);
  return others.flatMap(({ document }) =>
    isDeepStrictEqual(document, structuredClone(before.get(document.id))) ? [] : [document.id],
  );
}

const NOT_BUILT = "Nothing was written: with the override, the persona could not be built.";

/** Throws where a file would say something else than what the hand has written, but for what its other files say. */
function refuseUnproven({ compared, edited: documents }: DiskComparison, { edited, paste, source }: Work): void {
  const issues = edited.flatMap(({ changed: { key }, settings }) => {
    const now = compared.find((each) => each.key === key);
    if (now === undefined || !isChanged(now)) return [];
    const own = new Set(settings.map(nameOf));
    const others = new Set(paste.settings.map(nameOf).filter((name) => !own.has(name)));
    const line = firstUnproven(now, documents.get(now.artifact.persona), others);
    return line === undefined
      ? []
      : [
          issue(
            "no-override",
            `${shorten(now.file)}:${line}`,
            "with the override, this line would not be what you wrote",
          ),
        ];
  });
  if (issues.length === 0) return;
  throw refusal(issues, paste, `Nothing was written: ${source.path} is as it was.`);
}

/** The first line that differs by more than space, markers and what `others` have changed; undefined if there is none. */
function firstUnproven(
  { artifact, found = "" }: ChangedFile,
  document: Document | undefined,
  others: ReadonlySet<string>,
) {
  const phrases = phrasesOf(document ?? {});
  const [wanted, mine] = [meaningOf(artifact.text, phrases), meaningOf(found, phrases)];
  const index = mine.findIndex(({ key }, at) => key !== wanted[at]?.key);
  if (index === -1 && mine.length === wanted.length) return undefined;
  const line = mine[index]?.line ?? mine.at(-1)?.line ?? 1;
  if (document === undefined || others.size === 0) return line;
  const { override, unsaid } = handEdits({ artifact, found, document });
  const isOthers = settingsOf(override).every((setting) => others.has(nameOf(setting)));
  return isOthers && unsaid.length === 0 ? undefined : line;
}

/** A comparison in which the files that are proven may be written; those of other personas that a hand has changed stay. */
function proven(comparison: DiskComparison, { edited }: Work): DiskComparison {
  const keys = edited.map(({ changed }) => changed.key);
  const compared = comparison.compared.flatMap((each) => {
    if (!isChanged(each) || each.state !== "edited") return [each];
    return keys.includes(each.key) ? [{ ...each, state: "stale" as const }] : [];
  });
  return { ...comparison, compared, orphans: comparison.orphans.filter(({ state }) => state !== "edited") };
}

interface Done {
  readonly id: string;
  readonly source: TextChange;
  readonly settings: readonly Setting[];
  readonly edited: readonly EditedFile[];
  /** Other personas that have changed with it. */
  readonly others: readonly string[];
}

function report(
  { id, source, settings, edited, others }: Done,
  { json, isWritten }: { json: boolean; isWritten: boolean },
): void {
  const files = edited.map(({ changed }) => shorten(changed.file));
  if (json) {
    const written = settings.map(({ path, value }) => ({ path, value: value === null ? null : valueAsJson(value) }));
    writeJson({ ok: true, persona: id, files, source: source.path, settings: written, others, written: isWritten });
    return;
  }
  if (!isWritten) {
    writeLines(
      unifiedDiff(source.path, [source.before ?? "", "now"], [source.after ?? "", "with the override"]).trimEnd(),
    );
    writeLine("Nothing was written.");
    return;
  }
  for (const setting of settings) writeLine(`  ${nameOf(setting)}: ${textOf(setting)}`);
  if (settings.length === 0) {
    const differ = files.length === 1 ? "differs" : "differ";
    writeLine(
      `${files.join(", ")} ${differ} only in space and marks, which no override keeps: built again, without them.`,
    );
    return;
  }
  const what = files.length === 1 ? "is what you made it" : "are what you made them";
  writeLine(`Written into ${source.path} for "${id}", and built: ${files.join(", ")} ${what}.`);
  if (others.length > 0) writeLine(`The same source also changes ${others.join(", ")}.`);
}

/** Says how a persona that was added gets a configuration: to extend it runs its package's code, which adding does not. */
async function explainAdded(
  file: string,
  added: AddedPersona,
  keys: readonly string[],
  lockfile: Lockfile,
  { out, json, reason }: OverrideOptions,
): Promise<ExitCode> {
  const found = await readAdded(out, added, { cache: "first" });
  const request = requestFor(added.id, found, lockfile);
  const plan = makePlan([request]);
  const { compared, edited: documents } = comparePlan(out, plan, lockfile);
  const changed = compared.filter(isChanged).filter(({ key, state }) => state === "edited" && keys.includes(key));
  const document = documents.get(added.id);
  if (changed.length === 0 || document === undefined) return sayNothing(file, json);
  const settings = withReason(
    merged(
      changed.map((each): EditedFile => {
        const { override, unsaid } = editsIn(textOfChanged(each), document);
        return { changed: each, settings: settingsOf(override), unsaid };
      }),
    ),
    reason ?? "<your reason>",
  );
  const { packageManager } = lookAt(out);
  const install = addCommand(packageManager, [
    "personakit",
    nameWithVersion({ id: added.package, version: added.version }),
  ]);
  const entry = [
    "{",
    `  "persona": ${JSON.stringify(added.package)},`,
    '  "extend": {',
    `    "id": ${JSON.stringify(added.id)},`,
    ...formatSettings(settings, "json").map((line) => `    ${line}`),
    "  },",
    `  "targets": ${JSON.stringify(request.targets.map(({ id }) => id))}`,
    "}",
  ];
  const keep = [
    `1. ${install}`,
    "2. In personakit.config.json, or with what your configuration has already:",
    "",
    ...["{", '  "personas": [', ...entry.map((line) => `    ${line}`), "  ]", "}"].map((line) => `  ${line}`),
    "",
    "3. npx personakit build",
    "",
  ];
  const problem = `"${added.id}" was added without a configuration, and only a configuration can override its rules`;
  const hint = "Here is how to make one. It runs the package's code, which add does not:";
  const refused = {
    ...issue("no-override", file, problem, hint),
    file: changed[0]?.file ?? file,
    line: 1,
    diff: "",
    keep,
  };
  throw new CommandError([refused], { exitCode: 1, advice: "Nothing was written." });
}
