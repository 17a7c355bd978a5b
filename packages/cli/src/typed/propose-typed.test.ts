import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CommandError } from "../issues/command-error.ts";
import { proposeTyped } from "./propose-typed.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "typed-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const AGENT = '---\nname: "helper"\ndescription: "Helps."\n---\n\nYou help.\n\n- Do it.\n';
const OPTIONS = { ending: "ts", strengths: false };

test("names the module, the entry for the configuration, and the line that names the file now", async () => {
  const file = write(".claude/agents/helper.md", AGENT);
  write("personakit.config.json", '{\n  "personas": [\n    "./.claude/agents/helper.md"\n  ]\n}\n');
  const [made] = await proposeTyped(folder, [file], OPTIONS);
  expect(made).toMatchObject({
    source: ".claude/agents/helper.md",
    module: "personas/helper.ts",
    entry: { persona: "./personas/helper.ts", targets: ["claude-agent"] },
    configuredAt: "personakit.config.json:3",
    built: { path: ".claude/agents/helper.md", text: AGENT },
    differences: [],
  });
});

test("refuses a module that is there, and says every problem at once", async () => {
  const file = write(".claude/agents/helper.md", AGENT);
  const other = write(".claude/agents/other.md", AGENT.replace("helper", "other").replaceAll("\n", "\r\n"));
  write("fragments/a.md", "Check twice.\n");
  const shared = write("personas/lambda.md", `${AGENT}\n::use[../fragments/a.md]\n`);
  write("personas/helper.ts", "// Mine.\n");
  const error = await proposeTyped(folder, [file, other, shared], OPTIONS).catch((error) => CommandError.from(error));
  expect((error as CommandError).issues.map(({ code, place }) => [code, place])).toEqual([
    ["file-exists", "personas/helper.ts"],
    ["not-typed", ".claude/agents/other.md:1"],
    ["not-typed", "personas/lambda.md:10"],
  ]);
});
