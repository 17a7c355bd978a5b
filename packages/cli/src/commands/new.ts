import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { hintFor, own, problemOfFileId } from "@personakit/core/internal";
import { addCommand } from "../detect/package-manager.ts";
import { type Repository, repositoryAt } from "../detect/repository.ts";
import { commit, type Held } from "../disk/journal.ts";
import { exclusively } from "../disk/lock.ts";
import { fileOf, pathInside } from "../disk/paths.ts";
import { CommandError, type ExitCode, failure, issue } from "../issues/command-error.ts";
import { writeJson, writeLine } from "../output/terminal.ts";
import { type NewFile, type Scaffold, scaffold } from "../scaffold/files.ts";
import { IMPORTED, KINDS, type Kind } from "../scaffold/templates.ts";
import { defineCommand } from "../usage/define-command.ts";
import { dryRun, flag, folder } from "../usage/options.ts";
import { changesetFor, hasChangesets } from "../versions/changesets.ts";

/** Writes the first files of a persona, a fragment or a target, in the language of the repository. */
export default defineCommand({
  name: "new",
  group: "start",
  summary: "Write the first files of a persona, fragment or target",
  arguments: [
    ["<kind>", `one of ${KINDS.join(", ")}`],
    ["<name>", "its id, in kebab-case: a role, a topic or a tool"],
  ],
  options: {
    file: flag("one module in this project, instead of a package that can be published"),
    ...folder,
    ...dryRun,
  },
  run: ([kind = "", name = ""], options) => {
    const { out, dryRun } = options;
    return dryRun ? make(kind, name, options) : exclusively(out, "new", (held) => make(kind, name, options, held));
  },
});

interface NewOptions {
  readonly file: boolean;
  readonly out: string;
  readonly json: boolean;
}

/** Without the lock, it only says what it would write. */
async function make(kind: string, name: string, { file, out, json }: NewOptions, held?: Held): Promise<ExitCode> {
  if (!isKind(kind)) throw failure("usage", kind, "new cannot write this", hintFor(kind, KINDS));
  const problem = problemOfFileId(name);
  if (problem !== undefined) {
    throw failure("usage", name, `the name ${problem}`, 'Expected kebab-case, such as "code-reviewer".');
  }
  const repository = repositoryAt(out);
  const { files, hasBuild, ...made } = scaffold({
    ...{ kind, name, isPackage: !file, isCommonJs: repository.isModule !== true },
    language: isTyped(out, repository) ? "TypeScript" : "JavaScript",
    parent: existsSync(fileOf(out, "packages")) ? "packages/" : "",
    scope: /^@[^/]+\//.exec(repository.name ?? "")?.[0] ?? "",
    range: (each) => plainRange(repository, each) ?? rangeOf(each),
  });
  // A package without a changeset would not be released.
  const release =
    made.package !== undefined && hasChangesets(out) ? [changesetFor(made.package, "minor", "First release.")] : [];
  const all = [...files, ...release];
  refuseExisting(out, all);
  if (held !== undefined)
    commit(
      held,
      all.map(({ path, text }) => ({ path, before: undefined, after: text })),
    );
  const next = nextSteps(kind, { files, hasBuild, ...made }, repository);
  if (json) writeJson({ ok: true, ...made, files: all.map(({ path }) => path), written: held !== undefined, next });
  else {
    for (const { path } of all) writeLine(`${held === undefined ? "would write" : "written"}  ${path}`);
    writeLine("");
    writeLine("Next:");
    for (const line of next) writeLine(`  ${line}`);
  }
  return 0;
}

function isKind(kind: string): kind is Kind {
  return KINDS.some((each) => each === kind);
}

/** Whether the repository is written in TypeScript. */
function isTyped(out: string, { dependencies = [] }: Partial<Repository>): boolean {
  return dependencies.includes("typescript") || existsSync(fileOf(out, "tsconfig.json"));
}

/** What is there stays as it is, whatever it holds. */
function refuseExisting(out: string, files: readonly NewFile[]): void {
  const inside = pathInside(out);
  const taken = files.filter(({ path }) => existsSync(inside(path)));
  if (taken.length === 0) return;
  const issues = taken.map(({ path }) => issue("file-exists", path, "is there already"));
  throw new CommandError(issues, { advice: "Nothing was written. Choose another name, or move what is there." });
}

/** The range that the repository has for a package, unless it means something only there: `catalog:`, `file:../x`. */
function plainRange({ ranges = {} }: Partial<Repository>, name: string): string | undefined {
  const range = own(ranges, name);
  return range !== undefined && /^[\^~<>=]*\d[^:]*$/.test(range) ? range : undefined;
}

/** The oldest that the settings of a new package are for. */
const TYPESCRIPT = ">=5.7";

/** The range of a package that this command was made with, itself included. */
function rangeOf(name: string): string {
  return name === "typescript" ? TYPESCRIPT : `^${createRequire(import.meta.url)(`${name}/package.json`).version}`;
}

function nextSteps(kind: Kind, { files, folder: home, hasBuild }: Scaffold, repository: Partial<Repository>): string[] {
  const [module] = files;
  const path = module?.path ?? "";
  const edit = `edit ${path}`;
  const source = `./${home ?? path}`;
  const use = {
    persona: `npx personakit build ${source}`,
    fragment: "add it to the `use` list of a persona",
    target: `npx personakit build <persona> --target ${source}`,
  }[kind];
  if (home === undefined) {
    const missing = ["personakit", ...IMPORTED[kind]].filter((each) => own(repository.ranges, each) === undefined);
    return [...(missing.length === 0 ? [] : [addCommand(repository.packageManager, missing)]), edit, use];
  }
  const manager = repository.packageManager ?? "npm";
  const build = hasBuild ? ` && ${manager} run build` : "";
  return [edit, `cd ${home} && ${manager} install${build}`, use];
}
