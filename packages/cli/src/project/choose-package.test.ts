import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { choosePackage } from "./choose-package.ts";

// What a person at a terminal is asked, and what becomes of the answer.

const CANCEL = Symbol("cancel");
const NEXTJS = "@personakit/persona-backend-developer-nextjs";
const asked = vi.hoisted(() => vi.fn());

vi.mock("@clack/prompts", () => ({ autocomplete: asked, isCancel: (answer: unknown) => answer === CANCEL }));

const options = { out: mkdtempSync(join(tmpdir(), "personakit-choose-")), json: false, yes: false, allowGit: false };
const terminals = [process.stdin, process.stdout];
const before = terminals.map(({ isTTY }) => isTTY);

beforeEach(() => {
  for (const terminal of terminals) terminal.isTTY = true;
  asked.mockReset();
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});

afterEach(() => {
  vi.restoreAllMocks();
  for (const [index, terminal] of terminals.entries()) terminal.isTTY = before[index] ?? false;
});

/** The packages that the person could choose from. */
function offered(): string[] {
  return asked.mock.lastCall?.[0].options.map(({ value }: { value: string }) => value);
}

test("a person chooses from all personas, each with its tokens", async () => {
  asked.mockResolvedValue(NEXTJS);
  expect(await choosePackage([], options)).toEqual({ spec: NEXTJS });
  expect(offered()).toContain(NEXTJS);
  for (const { hint } of asked.mock.lastCall?.[0].options ?? []) expect(hint).toMatch(/^\d+ tokens, .{20,53}$/);
});

test("a person who searches chooses from what was found", async () => {
  asked.mockResolvedValue(NEXTJS);
  expect(await choosePackage(["next.js", "webhooks"], options)).toEqual({ spec: NEXTJS });
  expect(offered()[0]).toBe(NEXTJS);
  expect(offered().every((name) => name.includes("/persona-"))).toBe(true);
});

test.each([
  [[], 0],
  [["next.js"], 2],
])("a person who chooses nothing after %j gets nothing, with exit code %i", async (args, exitCode) => {
  asked.mockResolvedValue(CANCEL);
  expect(await choosePackage(args, options)).toEqual({ exitCode });
});

test.each([
  ["--json", { json: true }],
  ["--yes", { yes: true }],
])("nobody is asked with %s", async (_, more) => {
  expect(await choosePackage([], { ...options, ...more })).toEqual({ exitCode: 0 });
  expect(asked).not.toHaveBeenCalled();
});
