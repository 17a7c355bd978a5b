import { join } from "node:path";
import { nameWithVersion } from "@personakit/core/internal";
import {
  type Catalogue,
  type CatalogueFragment,
  type CataloguePersona,
  loadCatalogue,
} from "../catalogue/catalogue.ts";
import { covers, type Match, search } from "../catalogue/search.ts";
import { addCommand } from "../detect/package-manager.ts";
import { type Repository, repositoryAt } from "../detect/repository.ts";
import type { Lockfile } from "../disk/lockfile.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { readText } from "../files/text.ts";
import { type ExitCode, failure, issue } from "../issues/command-error.ts";
import { canAsk, chosen } from "../output/confirm.ts";
import { writeReport } from "../output/formats.ts";
import { columns, writeJson, writeLine } from "../output/terminal.ts";
import { isPackageName, isPath, parseSpec } from "../sources/package-spec.ts";
import { findInstalled } from "../sources/persona-package.ts";

/** The package to add, or the exit code of a command that has shown what there is instead. */
export type ChosenPackage = { readonly spec: string } | { readonly exitCode: ExitCode };

interface ChooseOptions {
  /** The project's folder. */
  readonly out: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly allowGit: boolean;
}

/**
 * Finds the package that the arguments of `add` mean: one that they name, or the short name of one of ours. Without arguments it
 * shows the catalogue, and for words what they find in it; a person at a terminal then chooses. Throws a CommandError for what
 * cannot be added.
 */
export async function choosePackage(args: readonly string[], options: ChooseOptions): Promise<ChosenPackage> {
  const catalogue = await loadCatalogue();
  const [first, ...others] = args;
  if (first === undefined) return chooseFromCatalogue(catalogue, options);
  if (others.length === 0 && !isWords(first)) {
    const spec = ownPackage(first, catalogue, options);
    if (spec !== undefined) return { spec };
  }
  const named = args.find((arg) => isPath(arg) || arg.includes("/"));
  if (named !== undefined) {
    throw failure("usage", args.join(" "), "add takes one package at a time", `Run personakit add ${named} first.`);
  }
  return chooseFromMatches(args.join(" "), catalogue, options);
}

/** Whether an argument cannot name a package, a folder, a repository or an address. */
function isWords(arg: string): boolean {
  return !isPath(arg) && /^[\p{L}\p{N}\s.,+#&'"-]+$/u.test(arg) && /[^\w.~-]/.test(arg);
}

/**
 * The package that a name means: ours for the id of one of our personas, unless another of this name is installed. Undefined for
 * a bare word that the catalogue knows: whoever has taken that name in the registry is not who is meant.
 */
function ownPackage(spec: string, catalogue: Catalogue, { out, allowGit }: ChooseOptions): string | undefined {
  const parsed = parseSpec(spec, { allowGit });
  if (parsed.kind !== "registry") return spec;
  const { name, wanted } = parsed;
  const names = (each: { readonly id: string; readonly package: string }) => each.id === name || each.package === name;
  if (findInstalled(name, out) !== undefined && !name.startsWith("@")) return spec;
  const persona = catalogue.personas.find(names);
  if (persona !== undefined) return nameWithVersion({ id: persona.package, version: wanted });
  const fragment = catalogue.fragments.find(names);
  if (fragment === undefined) {
    return wanted === undefined && !name.includes("/") && covers(name, catalogue) ? undefined : spec;
  }
  const users = catalogue.personas.filter(({ fragments }) => fragments.includes(fragment.id));
  const ways = [
    `Use it in a persona of your own: ${installLine(fragment, "fragment", repositoryAt(out))}.`,
    ...(users.length === 0 ? [] : [`Or add a persona that has it: ${users.map((each) => each.package).join(", ")}.`]),
  ];
  throw failure("no-persona", spec, `${fragment.package} is a fragment, and add writes personas`, ways.join(" "));
}

async function chooseFromCatalogue(catalogue: Catalogue, options: ChooseOptions): Promise<ChosenPackage> {
  const { out, json, yes } = options;
  const here = personasHere(readLockfile(out));
  const repository = repositoryAt(out);
  const personas = catalogue.personas.map((each) => listed(each, "persona", out, repository));
  const fragments = catalogue.fragments.map((each) => listed(each, "fragment", out, repository));
  if (json) {
    writeJson({ ok: true, here, personas, fragments });
    return { exitCode: 0 };
  }
  if (here.length > 0) {
    writeLine("In this project:");
    for (const line of columns(here.map(({ id, from }) => [`  ${id}`, from]))) writeLine(line);
    writeLine("");
  }
  if (!yes && canAsk()) return ask("Which persona?", catalogue.personas, 0);
  writeLine("Personas:");
  printListed(personas);
  writeLine("");
  writeLine("Fragments, for personas of your own:");
  printListed(fragments);
  writeLine("");
  writeLine("Add a persona:   npx personakit add <persona>");
  writeLine(`Use a fragment:  ${addCommand(repository.packageManager, ["<fragment>"])}`);
  writeLine("Search:          npx personakit add next.js webhooks");
  return { exitCode: 0 };
}

async function chooseFromMatches(
  words: string,
  catalogue: Catalogue,
  { out, json, yes }: ChooseOptions,
): Promise<ChosenPackage> {
  const matches = search(words, catalogue);
  const hint = "personakit add lists everything in it.";
  if (matches.length === 0) throw failure("no-package", words, "nothing in the catalogue matches these words", hint);
  const personas = matches.filter((match) => match.kind === "persona");
  if (!json && !yes && canAsk() && personas.length > 0) return ask(`Which persona, for "${words}"?`, personas, 2);
  const repository = repositoryAt(out);
  const found = matches.map((match) => listed(match, match.kind, out, repository));
  const problem = "not a persona package. The nearest in the catalogue are listed; nothing was added";
  const other = isPackageName(words)
    ? `To add the registry's package of this name: personakit add ${words}@latest.`
    : {};
  const report = { kind: "errors" as const, issues: [issue("no-package", words, problem, other)] };
  if (json) writeReport("json", { ...report, about: { matches: found } });
  else {
    writeReport("text", report);
    printListed(found, true);
  }
  return { exitCode: 2 };
}

async function ask(
  question: string,
  personas: readonly CataloguePersona[],
  exitCode: ExitCode,
): Promise<ChosenPackage> {
  const choices = personas.map(({ package: value, tokens, summary }) => ({
    value,
    hint: `${tokens} tokens, ${firstOf(summary)}`,
  }));
  const spec = await chosen(question, choices);
  if (spec !== undefined) return { spec };
  writeLine("Nothing was written.");
  return { exitCode };
}

/** The beginning of a sentence, up to a word's end: a list to choose from has one line for each. */
function firstOf(summary: string): string {
  return summary.length <= LONGEST_HINT ? summary : `${summary.slice(0, LONGEST_HINT).replace(/\W*\s\S*$/, "")}...`;
}

/** In characters. */
const LONGEST_HINT = 50;

/** A package of the catalogue as it is listed. */
interface Listed {
  readonly package: string;
  readonly kind: Match["kind"];
  readonly id: string;
  readonly summary: string;
  readonly tokens: number;
  /** The command that adds or installs it. */
  readonly install: string;
  /** The version that is installed here. */
  readonly installed?: string;
}

function listed(
  entry: CataloguePersona | CatalogueFragment,
  kind: Match["kind"],
  folder: string,
  repository: Partial<Repository>,
): Listed {
  const { package: name, id, summary, tokens } = entry;
  const installed = installedVersion(name, folder);
  const install = installLine(entry, kind, repository);
  return { package: name, kind, id, summary, tokens, install, ...(installed === undefined ? {} : { installed }) };
}

function installLine(
  { package: name }: { readonly package: string },
  kind: Match["kind"],
  repository: Partial<Repository>,
): string {
  return kind === "persona" ? `npx personakit add ${name}` : addCommand(repository.packageManager, [name]);
}

function printListed(all: readonly Listed[], withInstall = false): void {
  const heads = columns(
    all.map(({ package: name, tokens, installed }) => [
      `  ${name}`,
      `${tokens} tokens`,
      installed === undefined ? "" : `installed ${installed}`,
    ]),
    [1],
  );
  for (const [index, { summary, install }] of all.entries()) {
    writeLine(heads[index] ?? "");
    writeLine(`      ${summary}`);
    if (withInstall) writeLine(`      ${install}`);
  }
}

function installedVersion(name: string, folder: string): string | undefined {
  const place = findInstalled(name, folder);
  if (place === undefined) return undefined;
  try {
    const { version } = JSON.parse(readText(join(place, "package.json")) ?? "");
    return typeof version === "string" ? version : undefined;
  } catch {
    // A package that cannot be read is as good as none.
    return undefined;
  }
}

/** The personas that were written into a project, and where they came from. */
function personasHere({ personas }: Lockfile): { readonly id: string; readonly from: string }[] {
  return Object.entries(personas).map(([id, { package: from, version, extends: base, includes = {} }]) => {
    if (from !== undefined) return { id, from: `added from ${nameWithVersion({ id: from, version })}` };
    const others = Object.entries(includes).map(([persona, each]) => `${persona}@${each}`);
    const ways = [
      ...(base === undefined ? [] : [`extends ${base}`]),
      ...(others.length === 0 ? [] : [`includes ${others.join(", ")}`]),
    ];
    return { id, from: ways.length === 0 ? "built from a source of the project" : `built, ${ways.join(", ")}` };
  });
}
