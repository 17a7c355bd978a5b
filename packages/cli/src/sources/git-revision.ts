import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { isRecord } from "@personakit/core/internal";
import { askOfRevision, git } from "../files/git.ts";
import { readText } from "../files/text.ts";
import { CommandError, failure } from "../issues/command-error.ts";

/**
 * Runs a step on the repository as it was at a revision: a copy of its files, with the packages that are installed now. A
 * package that is compiled leads to its sources there, because git seldom has what was built. Throws a CommandError where there
 * is no such revision here, or the step fails.
 *
 * @param folder One in the repository.
 */
export async function atRevision<Result>(
  revision: string,
  step: (copy: string) => Promise<Result>,
  folder = ".",
): Promise<Result> {
  const root = repositoryRoot(folder);
  const archive = askOfRevision(revision, () => git(root, ["archive", "--format=tar", revision]));
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "personakit-revision-")));
  try {
    const { unpackTar } = await import("modern-tar");
    for (const { header, data } of await unpackTar(archive, { strict: true })) {
      if (header.type !== "file" || data === undefined) continue;
      const path = join(copy, header.name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, data);
    }
    linkPackages(root, copy);
    leadToSources(copy);
    return await step(copy);
  } catch (error) {
    throw atRevisionError(error, copy, revision);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The root of the repository that a folder is in. Throws a CommandError outside of one. */
export function repositoryRoot(folder = "."): string {
  try {
    return realpathSync(git(folder, ["rev-parse", "--show-toplevel"]).toString().trim());
  } catch {
    throw failure("no-revision", undefined, "this is no git repository, so that there is no revision to compare with");
  }
}

/** Gives each folder of a copy the packages that its original has; a member of the repository is the copy's own. */
function linkPackages(root: string, copy: string): void {
  const visit = (folder: string): void => {
    const modules = join(root, folder, "node_modules");
    if (existsSync(modules))
      for (const name of packageNames(modules)) link(join(folder, "node_modules", name), root, copy);
    for (const entry of readdirSync(join(copy, folder), { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== "node_modules") visit(join(folder, entry.name));
    }
  };
  visit("");
}

function packageNames(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(modules, name)).map((each) => join(name, each)) : [name],
    );
}

function link(path: string, root: string, copy: string): void {
  const real = realpathSync(join(root, path));
  const inside = relative(root, real);
  const isMember = inside !== "" && !inside.split(sep).some((part) => part === ".." || part === "node_modules");
  const target = isMember && existsSync(resolve(copy, inside)) ? resolve(copy, inside) : real;
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  symlinkSync(target, join(copy, path), "junction");
}

/** What is not to be said of a copy: where it is. */
function atRevisionError(error: unknown, copy: string, revision: string): unknown {
  const known = CommandError.known(error);
  if (known === undefined) return error;
  const isHere = known.issues.some((each) => JSON.stringify(each).includes(copy));
  if (!isHere) return known;
  const within = (text: string) => text.replaceAll(`${copy}${sep}`, "").replaceAll(copy, ".");
  const issues = known.issues.map(({ code, place, problem, cause }) => ({
    code,
    place: `${within(place ?? "")} at ${revision}`,
    problem: within(problem),
    ...(cause === undefined ? {} : { cause: within(cause) }),
    hint: "personakit semver <folder> compares with what is published instead, and needs no revision.",
  }));
  return new CommandError(issues, known);
}

/** Makes each package of a copy whose entry is not there, because it is built, lead to the source of that entry. */
function leadToSources(copy: string): void {
  const visit = (folder: string): void => {
    leadToSource(folder);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== "node_modules") visit(join(folder, entry.name));
    }
  };
  visit(copy);
}

/** The fields of a manifest that lead to code. */
const ENTRIES = ["exports", "main", "module"] as const;

function leadToSource(folder: string): void {
  const path = join(folder, "package.json");
  const manifest = readManifest(path);
  if (manifest === undefined) return;
  const changed = ENTRIES.flatMap((key) => (key in manifest ? [[key, toSource(folder, manifest[key])] as const] : []));
  writeFileSync(path, JSON.stringify({ ...manifest, ...Object.fromEntries(changed) }));
}

function readManifest(path: string): { readonly [key: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(readText(path) ?? "null");
    return isRecord(value) ? value : undefined;
  } catch {
    // Loading the package says what is wrong with it.
    return undefined;
  }
}

/** An entry of a manifest, with each path to built code replaced by that to its source, where there is one. */
function toSource(folder: string, entry: unknown): unknown {
  if (typeof entry === "string") return sourceOf(folder, entry) ?? entry;
  if (!isRecord(entry)) return entry;
  return Object.fromEntries(Object.entries(entry).map(([key, inner]) => [key, toSource(folder, inner)]));
}

const CODE = /\.[cm]?[jt]s$/;
const SOURCE_FOLDERS = ["src", "."];
const SOURCE_ENDINGS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/** The source that a built file is made of: `src/index.ts` or `index.ts` of `dist/index.js`. */
function sourceOf(folder: string, built: string): string | undefined {
  if (!CODE.test(built) || existsSync(join(folder, built))) return undefined;
  const [, inside = ""] = /^(?:\.\/)?[^/]+\/(.+)$/.exec(built.replace(/(?:\.d)?\.[cm]?[jt]s$/, "")) ?? [];
  if (inside === "" || inside.includes("..")) return undefined;
  return SOURCE_FOLDERS.flatMap((source) => SOURCE_ENDINGS.map((ending) => `${source}/${inside}${ending}`))
    .map((path) => `./${path.replace(/^\.\//, "")}`)
    .find((path) => existsSync(join(folder, path)));
}
