import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withSlashes } from "./paths.ts";
import { type ShowOptions, showContext } from "./show.ts";

let root: string;
let out: string;

beforeEach(() => {
  root = withSlashes(realpathSync.native(mkdtempSync(join(tmpdir(), "personakit-show-"))));
  mkdirSync(`${root}/.git`);
  out = "";
  vi.spyOn(process, "cwd").mockReturnValue(root);
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(`${root}/${path}`), { recursive: true });
  writeFileSync(`${root}/${path}`, text);
}

/** What it prints, and the exit code. */
async function show(options: Partial<ShowOptions> = {}): Promise<{ readonly code: number; readonly out: string }> {
  out = "";
  const defaults = { cwd: ".", full: false, home: false, markdown: false, json: false };
  const none = { tool: undefined, for: undefined, agent: undefined, skill: undefined, base: undefined, max: undefined };
  return { code: await showContext({ ...defaults, ...none, ...options }), out };
}

test("the tools in use are shown, or those that are named, and all where none is in use", async () => {
  write("AGENTS.md", "Use pnpm.\n");
  const all = JSON.parse((await show({ json: true })).out).tools;
  expect(all.map(({ id }: { id: string }) => id)).toContain("codex");
  mkdirSync(`${root}/.codex`);
  expect((await show()).out).toMatch(/^Codex \S+ in this folder, observed on [\s\S]*memory +user +\d+ +10 +AGENTS\.md/);
  expect(JSON.parse((await show({ json: true, tool: ["codex"] })).out).tools).toHaveLength(1);
  await expect(show({ tool: ["codex", "codx", "x"] })).rejects.toThrow(
    expect.objectContaining({
      exitCode: 2,
      issues: [
        expect.objectContaining({ code: "unknown-tool", place: "--tool codx", hint: 'Did you mean "codex"?' }),
        expect.objectContaining({ place: "--tool x" }),
      ],
    }),
  );
});

test("more than --max is a finding that names the largest files", async () => {
  write("AGENTS.md", "word ".repeat(500));
  expect((await show({ tool: ["codex"], max: "2000" })).code).toBe(0);
  const { code, out: said } = await show({ tool: ["codex"], max: "100" });
  expect(code).toBe(1);
  expect(said).toMatch(
    /codex: Codex always has \d{3} tokens before its model, more than 100\. Largest: AGENTS\.md\.\n/,
  );
  const { ok, findings } = JSON.parse((await show({ tool: ["codex"], max: "100", json: true })).out);
  expect([ok, findings[0]]).toMatchObject([false, { code: "over-budget", file: `${root}/AGENTS.md`, line: 1 }]);
  for (const max of ["0", "-1", "many", "1e3", ""])
    await expect(show({ max })).rejects.toThrow("is not a number of tokens");
});

test("what cannot be read is a finding, and what lies outside of the repository is said to be left out", async () => {
  write("packages/api/AGENTS.md", "Api.\n");
  symlinkSync("AGENTS.md", `${root}/AGENTS.md`);
  symlinkSync(tmpdir(), `${root}/packages/AGENTS.md`);
  const { code, out: said } = await show({ tool: ["codex"], cwd: "packages/api" });
  expect(code).toBe(1);
  expect(said).toContain("AGENTS.md: is left out, because its links lead in a circle.\n");
  expect(said).toContain("Your home folder and everything above the repository are left out; --home reads them too.");
  expect(said).toContain("asks for 1 file there: packages/AGENTS.md.");
});

test("the texts are printed, whatever they hold", async () => {
  write("AGENTS.md", "::error::x\n\u001b[31mred\n");
  expect((await show({ tool: ["codex"], full: true })).out).toContain(":\\:error::x\n\\u{1b}[31mred\n");
  const [{ parts }] = JSON.parse((await show({ tool: ["codex"], json: true })).out).tools;
  expect(parts.map(({ text }: { text: string }) => text).join("")).toContain("::error::x\n\u001b[31mred\n");
});

test("a revision is compared with what is there now, without what git ignores", async () => {
  rmSync(`${root}/.git`, { recursive: true });
  const git = (...args: readonly string[]) =>
    spawnSync("git", ["-C", root, "-c", "user.name=a", "-c", "user.email=a@example.org", ...args]);
  write("AGENTS.md", "Use pnpm.\n");
  write(".gitignore", "packages/api/AGENTS.md\n");
  git("init", "-q");
  git("add", "--all");
  git("commit", "-qm", "all");
  write("AGENTS.md", "Use pnpm, and never npm.\n");
  write("packages/api/AGENTS.md", "Ignored.\n");
  const { code, out: said } = await show({ tool: ["codex"], base: "HEAD", cwd: "packages/api", markdown: true });
  expect(code).toBe(0);
  expect(said).toMatch(/always on in packages\/api, compared with `HEAD`:/);
  expect(said).toMatch(/^\| Codex \S+ \| \d+ \| \d+ \| \+\d+ \| `AGENTS\.md` \+\d+ \|$/m);
  const { tools } = JSON.parse((await show({ tool: ["codex"], base: "HEAD", json: true })).out);
  expect(tools[0].after.tokens).toBeGreaterThan(tools[0].before.tokens);
  await expect(show({ base: "none" })).rejects.toThrow("there is no such revision in this repository");
});
