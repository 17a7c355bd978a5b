// Copies a folder of real files into a scratch repository, imports them, and says what became of their bytes:
// node bench/import.ts <folder> [--issues]
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { recognise } from "@personakit/targets/read";
import { machine } from "./machine.ts";

const [folder = "."] = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
const showsIssues = process.argv.includes("--issues");
const BIN = fileURLToPath(new URL("../packages/cli/bin.ts", import.meta.url));

const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "/").length).replaceAll("\\", "/"))
  .filter((path) => /\.(?:md|mdc|toml)$/.test(path) && !/(?:^|\/)(?:\.git|node_modules)\//.test(path))
  .sort();

/** Where a file would lie for its tool: where it does, or, of a collection, where such a file belongs below the collection. */
function placeOf(path: string, text: string): string {
  if (recognise(path)?.isLoaded) return path;
  const [, collection = "", inside = path] = /^([^/]+\/)(.*)$/.exec(path) ?? [];
  const kind = /^\u{FEFF}?---[ \t]*\r?\n[\s\S]*?^name:/mu.test(text) ? "agents" : "commands";
  return `${collection}.claude/${kind}/${inside}`;
}

interface Result {
  readonly files: number;
  readonly bytes: number;
  readonly ms: number;
  readonly code: number | null;
  readonly report: Report;
  readonly changed: readonly string[];
}

interface Report {
  readonly files?: readonly { readonly path: string; readonly warnings: readonly Issue[] }[];
  readonly entries?: readonly unknown[];
  readonly near?: readonly unknown[];
  readonly refused?: readonly Issue[];
  readonly left?: readonly { readonly reason: string }[];
  readonly errors?: readonly Issue[];
}

interface Issue {
  readonly code: string;
  readonly place?: string;
  readonly problem: string;
}

function importOf(some: readonly string[]): Result {
  const scratch = mkdtempSync(join(tmpdir(), "personakit-import-"));
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=b", "-c", "user.email=b@b", "-c", "core.autocrlf=false", ...args], {
      cwd: scratch,
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
  try {
    let bytes = 0;
    for (const path of some) {
      const content = readFileSync(join(folder, path));
      bytes += content.length;
      const place = join(scratch, placeOf(path, content.toString("latin1")));
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, content);
    }
    return resultOf(scratch, git, { files: some.length, bytes });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function resultOf(
  scratch: string,
  git: (...args: readonly string[]) => string,
  size: Pick<Result, "files" | "bytes">,
): Result {
  git("init", "--quiet");
  git("add", "--all", "--force");
  git("commit", "--quiet", "--message", "Files");
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "import", "--yes", "--json"], {
    cwd: scratch,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const ms = performance.now() - start;
  if (stderr !== "") console.error(stderr);
  const changed = git("status", "--porcelain", "-z", "--untracked-files=all")
    .split("\0")
    .filter((line) => line !== "" && !/^\?\? personakit\.(?:config|lock)\.json$/.test(line));
  return { ...size, ms, code: status, report: JSON.parse(stdout || "{}"), changed };
}

console.log(machine());
for (const part of [4, 2, 1]) {
  const some = paths.filter((_, index) => index % part === 0);
  const { files, bytes, ms, code, report, changed } = importOf(some);
  const { files: read = [], entries = [], near = [], refused = [], left = [], errors = [] } = report;
  console.log(
    `${files} files, ${(bytes / 1e6).toFixed(1)} MB: ${read.length} read, ${entries.length} sources, ${near.length} nearly equal, ` +
      `${refused.length} refused, ${left.length} left alone, ${changed.length} changed, exit code ${code}, ${Math.round(ms)} ms`,
  );
  for (const each of changed) console.log(`  CHANGED ${each}`);
  for (const each of errors) console.log(`  ERROR ${each.place}: ${each.problem}`);
  if (part > 1) continue;
  const codes = new Map<string, number>();
  const issues = [...read.flatMap(({ warnings }) => warnings), ...refused];
  for (const each of issues) codes.set(each.code, (codes.get(each.code) ?? 0) + 1);
  for (const [name, count] of codes) console.log(`${String(count).padStart(8)}  ${name}`);
  if (showsIssues) for (const { code: name, place, problem } of issues) console.log(`${place}: ${problem} (${name})`);
}
