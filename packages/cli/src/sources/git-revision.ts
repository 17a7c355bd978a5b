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
import { failure } from "../issues/command-error.ts";

/**
 * Runs a step on the repository as it was at a revision: a copy of its files, with the packages that are installed now.
 * Throws a CommandError where there is no such revision here.
 */
export async function atRevision<Result>(revision: string, step: (folder: string) => Promise<Result>): Promise<Result> {
  const root = repositoryRoot();
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "personakit-revision-")));
  try {
    const { unpackTar } = await import("modern-tar");
    for (const { header, data } of await unpackTar(archive(revision, root), { strict: true })) {
      if (header.type !== "file" || data === undefined) continue;
      const path = join(copy, header.name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, data);
    }
    linkPackages(root, copy);
    return await step(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The root of the repository that a command runs in. Throws a CommandError outside of one. */
export function repositoryRoot(): string {
  try {
    return realpathSync(git(["rev-parse", "--show-toplevel"], ".").toString().trim());
  } catch {
    throw failure("no-revision", undefined, "this is no git repository, so that there is no revision to compare with");
  }
}

function archive(revision: string, root: string): Uint8Array {
  // A leading dash would be an option of git.
  if (revision.startsWith("-")) throw failure("no-revision", revision, "this is not a revision");
  try {
    return git(["archive", "--format=tar", revision], root);
  } catch {
    const hint = "Fetch it first (git fetch origin main), and not only the last commit (fetch-depth: 0).";
    throw failure("no-revision", revision, "there is no such revision in this repository", hint);
  }
}

function git(args: readonly string[], folder: string): Buffer {
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  return execFileSync("git", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], maxBuffer: 2 ** 30 });
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
