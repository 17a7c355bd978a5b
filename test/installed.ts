import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Manifest, packages, ROOT } from "../scripts/workspace.ts";

/** The Node that runs the command: the toolchain's own, or the one that a user may have. */
export const NODE = process.env.PERSONAKIT_TEST_NODE ?? process.execPath;
const SHELL = process.platform === "win32";

/** A project folder outside the repository, with our packages installed from their tarballs. */
export class Project {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Runs `personakit`, as a user's package manager would. */
  run(...args: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
    const bin = join(this.folder, "node_modules/personakit/dist/bin.js");
    const { status, stdout, stderr } = spawnSync(NODE, [bin, ...args], {
      cwd: this.folder,
      encoding: "utf8",
      // Nothing else would end a command that hangs: a test cannot interrupt itself here.
      timeout: 50_000,
      env: { PATH: process.env.PATH, NO_COLOR: "1" },
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** The absolute path of a file of the project. */
  at(path: string): string {
    return join(this.folder, path);
  }

  read(path: string): string {
    return readFileSync(this.at(path), "utf8");
  }

  /** Writes a file, and its folders; what is no text is written as JSON. */
  write(path: string, content: string | object): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), typeof content === "string" ? content : JSON.stringify(content));
  }

  remove(path: string): void {
    rmSync(this.at(path), { recursive: true });
  }

  /** Every file of the project but those installed, sorted. */
  files(): string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(this.folder.length + 1)
          .replaceAll("\\", "/"),
      )
      .sort();
  }
}

/** Packs the named packages and all they need, and returns a function that makes projects with them. */
export function packPackages(...names: readonly string[]): () => Project {
  if (!existsSync(join(ROOT, "packages/cli/dist/bin.js"))) throw new Error("Run pnpm build first.");
  const store = mkdtempSync(join(tmpdir(), "personakit-packed-"));
  const filters = names.map((name) => `--filter=${name}...`);
  execFileSync("pnpm", ["--recursive", ...filters, "pack", "--pack-destination", store], {
    cwd: ROOT,
    stdio: "pipe",
    shell: SHELL,
  });
  const modules = join(store, "node_modules");
  for (const tarball of readdirSync(store).filter((name) => name.endsWith(".tgz")))
    unpack(join(store, tarball), modules);
  return () => {
    // Real path: the temporary folder itself is behind a link on some systems.
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-project-")));
    symlinkSync(modules, join(folder, "node_modules"), "junction");
    return new Project(folder);
  };
}

function unpack(tarball: string, modules: string): void {
  const staging = mkdtempSync(join(dirname(tarball), "unpacked-"));
  execFileSync("tar", ["-xzf", tarball, "-C", staging]);
  const manifest: Manifest = JSON.parse(readFileSync(join(staging, "package/package.json"), "utf8"));
  const home = join(modules, manifest.name);
  mkdirSync(dirname(home), { recursive: true });
  renameSync(join(staging, "package"), home);
  const source = packages().find((each) => each.manifest.name === manifest.name)?.folder ?? "";
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const link = join(modules, name);
    if (name.startsWith("@personakit/") || existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(ROOT, source, "node_modules", name)), link, "junction");
  }
}

/** The packages of an example repository find each other as in a workspace. */
export function linkMembers(folder: string): void {
  const packages = join(folder, "packages");
  for (const leaf of existsSync(packages) ? readdirSync(packages) : []) {
    const { dependencies } = JSON.parse(readFileSync(join(packages, leaf, "package.json"), "utf8"));
    for (const name of Object.keys(dependencies).filter((each) => each.startsWith("@acme/"))) {
      const link = join(packages, leaf, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(packages, name.replace("@acme/", "")), link, "junction");
    }
  }
}

/** Runs git in a project, as somebody who may commit. */
export function git(project: Project, ...args: readonly string[]): string {
  const settings = ["user.name=a", "user.email=a@a", "core.autocrlf=false"].flatMap((each) => ["-c", each]);
  return execFileSync("git", [...settings, ...args], { cwd: project.folder, encoding: "utf8" });
}

/** Commits everything that a project holds and git does not ignore. */
export function commitAll(project: Project): void {
  git(project, "add", "--all");
  git(project, "commit", "--quiet", "--message", "Files");
}
