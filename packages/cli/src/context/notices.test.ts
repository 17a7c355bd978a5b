import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatIssue } from "@personakit/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type NewFile, noticesFor, readersOf } from "./notices.ts";

let root: string;

beforeEach(() => {
  root = realpathSync.native(mkdtempSync(join(tmpdir(), "personakit-notices-")));
  mkdirSync(join(root, ".git"));
  vi.spyOn(process, "cwd").mockReturnValue(root);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

const write = (path: string, text: string) => writeFileSync(join(root, path), text);

async function notices(folder: string, ...files: readonly NewFile[]): Promise<string[]> {
  const found = await noticesFor(
    join(root, folder),
    files.map((each) => ({ ...each, path: join(root, each.path) })),
  );
  return found.map(formatIssue);
}

const AGENTS: NewFile = { path: "AGENTS.md", text: "T\n", ...readersOf(["agents-md"]) };

test("a tool in use that another file keeps from a new one is named, with that file", async () => {
  mkdirSync(join(root, ".codex"));
  expect(await notices(".", AGENTS)).toEqual([]);
  write("AGENTS.override.md", "Mine.\n");
  expect(await notices(".", AGENTS)).toEqual(["AGENTS.md: Codex ignores it here, because of AGENTS.override.md."]);
  // The same file once it is written.
  write("AGENTS.md", "T\n");
  expect(await notices(".", { path: "AGENTS.md", ...readersOf(["agents-md"]) })).toHaveLength(1);
});

test("a file that another one keeps out is not named where both say the same", async () => {
  mkdirSync(join(root, ".claude"));
  symlinkSync("AGENTS.md", join(root, "CLAUDE.md"));
  write("AGENTS.md", "T\n");
  expect(await notices(".", AGENTS)).toEqual([]);
  rmSync(join(root, "CLAUDE.md"));
  write("CLAUDE.md", "Another.\n");
  expect(await notices(".", AGENTS)).toEqual(["AGENTS.md: Claude Code ignores it here, because of CLAUDE.md."]);
});

test("an instruction that a tool lists, to be read when it is needed, is loaded", async () => {
  mkdirSync(join(root, ".github/instructions"), { recursive: true });
  write(".github/copilot-instructions.md", "Use pnpm.\n");
  const path = ".github/instructions/tests.instructions.md";
  const text = '---\napplyTo: "**/*.test.ts"\n---\n\nOne behaviour each.\n';
  expect(await notices(".", { path, text, ...readersOf(["copilot-instructions"]) })).toEqual([]);
});

test("a tool that is not in use, or does not claim to read such files, is not", async () => {
  write("AGENTS.override.md", "Mine.\n");
  expect(await notices(".", AGENTS)).toEqual([]);
  mkdirSync(join(root, ".codex"));
  expect(await notices(".", { ...AGENTS, ...readersOf(["claude-agent"]) })).toEqual([]);
});

test("a file that is read only in part is named, together with what stands above it in the repository", async () => {
  mkdirSync(join(root, ".codex"));
  mkdirSync(join(root, "packages/api"), { recursive: true });
  write("AGENTS.md", "y".repeat(30_000));
  const path = "packages/api/AGENTS.md";
  expect(await notices("packages/api", { path, text: "x".repeat(5000), ...readersOf(["agents-md"]) })).toEqual([
    `${path}: Codex reads only 2768 of its 5000 bytes here.`,
  ]);
});

test("what counts for a file of a sub folder is the tool started there", async () => {
  mkdirSync(join(root, ".gemini"));
  mkdirSync(join(root, ".codex"));
  mkdirSync(join(root, "packages/api"), { recursive: true });
  const nested = { ...AGENTS, path: "packages/api/AGENTS.md" };
  expect(await notices(".", nested)).toEqual([]);
  write("packages/api/AGENTS.override.md", "Mine.\n");
  expect(await notices(".", nested)).toEqual([
    "packages/api/AGENTS.md: Codex ignores it here, because of packages/api/AGENTS.override.md.",
  ]);
});
