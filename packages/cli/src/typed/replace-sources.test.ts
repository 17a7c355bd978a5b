import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { proposeTyped } from "./propose-typed.ts";
import type { Replacing } from "./replace-sources.testing.ts";
import { replaceSources } from "./replace-sources.ts";

let folder = "";
beforeEach(() => {
  // Beside this file, so that modules find core.
  folder = mkdtempSync(join(import.meta.dirname, "replaced-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

const read = (path: string) => readFileSync(join(folder, path), "utf8");

const AGENT = "---\nname: helper\ndescription: Helps.\ntools: Read, Grep, Glob\n---\n\nYou help.\n\n- Do it.\n";
const CONFIG = '{\n  "personas": [\n    "./.claude/agents/helper.md"\n  ]\n}\n';

/** Replaces files as `import --typescript` does, and returns what was wrong: code and place of each. */
async function replace(paths: readonly string[], said?: Replacing["said"]): Promise<readonly unknown[]> {
  const data: Replacing = { folder, paths, ...(said === undefined ? {} : { said }) };
  const thread = new Worker(new URL("./replace-sources.testing.ts", import.meta.url), { workerData: data });
  const [issues] = await once(thread, "message");
  await thread.terminate();
  return issues;
}

describe("a module in the place of a configured file", () => {
  test("is named by the configuration, and builds the file from then on", async () => {
    write(".claude/agents/helper.md", AGENT);
    write("personakit.config.json", CONFIG);
    expect(await replace([".claude/agents/helper.md"])).toEqual([]);
    expect(read("personakit.config.json")).toBe(
      CONFIG.replace(
        '"./.claude/agents/helper.md"',
        '{ "persona": "./personas/helper.ts", "targets": ["claude-agent"] }',
      ),
    );
    expect(read("personas/helper.ts")).toContain("definePersona({");
    const built = read(".claude/agents/helper.md");
    const body = (text: string) => text.slice(text.indexOf("You help."));
    expect(body(built)).toBe(body(AGENT));
    const lockfile = JSON.parse(read("personakit.lock.json"));
    expect(Object.keys(lockfile.artifacts)).toEqual([".claude/agents/helper.md"]);
  });

  test("stays out where a build would change another file, and nothing is written then", async () => {
    write(".claude/agents/helper.md", AGENT);
    write("personakit.config.json", CONFIG);
    expect(await replace([".claude/agents/helper.md"], ["Do it.", "Do it twice."])).toEqual([
      ["changed-bytes", ".claude/agents/helper.md:9"],
    ]);
    expect(read(".claude/agents/helper.md")).toBe(AGENT);
    expect(read("personakit.config.json")).toBe(CONFIG);
    expect(existsSync(join(folder, "personas/helper.ts"))).toBe(false);
  });

  test("leaves what lies beside a skill where it is", async () => {
    const skill = "---\nname: flow\ndescription: Helps.\n---\n\nYou help.\n\nRead [more](references/more.md).\n";
    write(".claude/skills/flow/SKILL.md", skill);
    write(".claude/skills/flow/references/more.md", "# More\n");
    write(".claude/skills/flow/scripts/run.sh", "ls\n");
    write("personakit.config.json", '{ "personas": ["./.claude/skills/flow/SKILL.md"] }');
    expect(await replace([".claude/skills/flow/SKILL.md"])).toEqual([]);
    expect(read("personakit.config.json")).toContain("./personas/flow.ts");
    expect(read(".claude/skills/flow/SKILL.md")).toContain("Read [more](references/more.md).\n");
    expect(read(".claude/skills/flow/references/more.md")).toBe("# More\n");
    expect(read(".claude/skills/flow/scripts/run.sh")).toBe("ls\n");
  });

  test("keeps what the entry says, and says why a file stays a source", async () => {
    write(".claude/agents/helper.md", AGENT);
    write(".claude/agents/twin.md", AGENT.replace("helper", "twin"));
    write("packages/api/.claude/agents/inner.md", AGENT.replace("helper", "inner"));
    write("AGENTS.md", "Be kind.\n");
    const entries = [
      { persona: "./.claude/agents/helper.md", copies: ["docs/helper.md"] },
      { persona: ".claude/agents/twin.md", targets: ["opencode-agent"] },
      "AGENTS.md",
      "packages/api/.claude/agents/inner.md",
    ];
    write("personakit.config.json", JSON.stringify({ personas: entries }));
    const paths = [
      ".claude/agents/helper.md",
      ".claude/agents/twin.md",
      "AGENTS.md",
      "packages/api/.claude/agents/inner.md",
    ];
    const modules = await proposeTyped(
      folder,
      paths.map((path) => join(folder, path)),
      { ending: "ts", strengths: false },
    );
    const { change, kept } = await replaceSources(folder, modules);
    expect(JSON.parse(change?.after ?? "").personas[1]).toEqual({
      persona: "./personas/twin.ts",
      targets: ["claude-agent", "opencode-agent"],
    });
    expect(JSON.parse(change?.after ?? "").personas[3]).toEqual({
      persona: "./personas/inner.ts",
      targets: ["claude-agent"],
      out: "packages/api",
    });
    expect(modules[2]?.differences).toContain(
      "it is built as a block of AGENTS.md: take the text out there before you build",
    );
    expect([...kept].map(([{ source }, reason]) => [source, reason])).toEqual([
      [".claude/agents/helper.md", "its entry makes copies of the file, which a module cannot"],
      ["AGENTS.md", "agents-md writes a block into the file, which holds its text already"],
    ]);
  });
});
