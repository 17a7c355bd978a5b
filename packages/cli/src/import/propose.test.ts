import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { targets } from "@personakit/targets";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exclusively } from "../disk/lock.ts";
import { CommandError } from "../issues/command-error.ts";
import { loadPersonas } from "../sources/load-units.ts";
import { documentOf } from "../sources/unit.ts";
import { type Proposed, propose } from "./propose.ts";
import { prove, writeProved } from "./prove.ts";
import { reportLines } from "./report.ts";

type Files = { readonly [path: string]: string | Buffer };

/** A repository with files, all of them committed. */
function repository(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-import-")));
  put(folder, files);
  git(folder, "init", "--quiet");
  commitAll(folder);
  return folder;
}

function put(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function git(folder: string, ...args: readonly string[]): string {
  const settings = ["user.name=a", "user.email=a@a", "core.autocrlf=false", "core.fsync=none", "gc.auto=0"];
  return execFileSync("git", [...settings.flatMap((each) => ["-c", each]), ...args], { cwd: folder, encoding: "utf8" });
}

function commitAll(folder: string): void {
  git(folder, "add", "--all", "--force");
  git(folder, "commit", "--quiet", "--allow-empty", "--message", "Files");
}

interface Options {
  readonly named?: readonly string[];
  readonly only?: readonly string[];
  readonly force?: boolean;
}

const look = (folder: string, { named = [], only, force = false }: Options = {}) =>
  propose(folder, { named: named.map((each) => join(folder, each)), only, force });

async function proposed(folder: string, options: Options = {}): Promise<Proposed> {
  const found = await look(folder, options);
  if (found.change === undefined) throw new Error("There is nothing to import.");
  return found;
}

const write = (folder: string, what: Proposed) => exclusively(folder, "import", (held) => writeProved(held, what, 30));

/** What git sees that is not ours. */
const changed = (folder: string) =>
  git(folder, "status", "--porcelain", "--untracked-files=all")
    .split("\n")
    .filter((line) => line !== "" && !/^\?\? personakit\.(?:config|lock)\.json$/.test(line));

async function failing(step: Promise<unknown>): Promise<CommandError> {
  const error = await step.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CommandError);
  return error as CommandError;
}

const codes = ({ refused }: Proposed) => Object.fromEntries(refused.map(({ place, code }) => [place, code]));
const left = ({ left: all }: Proposed) => Object.fromEntries(all.map(({ path, reason }) => [path, reason]));

const agent = (name: string, body = "Do the work.\n") =>
  `---\nname: ${name}\ndescription: Does ${name}.\n---\n\n${body}`;
const TEXT = "Cite file and line in all that you say. Never approve without tests that you have run yourself.\n";
const SKILL = agent("pdf", "See [forms](references/forms.md).\n");

describe("copies", () => {
  test("become outputs of one source, whoever loads them; a skill with all that lies beside it", async () => {
    const folder = repository({
      "AGENTS.md": TEXT,
      "CLAUDE.md": TEXT,
      "packages/api/GEMINI.md": TEXT,
      ".claude/agents/a.md": agent("a"),
      "plugins/x/agents/a.md": agent("a"),
      "agents/b.md": agent("b"),
      ".claude/skills/pdf/SKILL.md": SKILL,
      ".claude/skills/pdf/references/forms.md": "Forms.\n",
      ".agents/skills/pdf/SKILL.md": SKILL,
      ".agents/skills/pdf/references/forms.md": "Forms.\n",
      ".github/skills/pdf/SKILL.md": SKILL,
      ".github/skills/pdf/references/forms.md": "Other forms.\n",
      "packages/web/personakit.config.json": "{}",
      "packages/web/AGENTS.md": TEXT,
      "with #1/CLAUDE.md": TEXT,
      "agents/README.md": "Agents.\n",
    });
    const found = await proposed(folder);
    expect(found.entries).toEqual([
      { persona: "./.agents/skills/pdf/SKILL.md", copies: [".claude/skills/pdf/SKILL.md"] },
      { persona: "./.claude/agents/a.md", copies: ["plugins/x/agents/a.md"] },
      "./.github/skills/pdf/SKILL.md",
      { persona: "./AGENTS.md", copies: ["CLAUDE.md", "packages/api/GEMINI.md"] },
      "./with #1/CLAUDE.md",
    ]);
    expect(left(found)).toEqual({
      "agents/b.md": "no tool loads it from there",
      "packages/web/AGENTS.md": "belongs to the project in packages/web",
    });
    const lines = reportLines(found).join("\n");
    expect(lines).toContain("the files beside them differ");
    expect(lines).toContain("its path has a character that an output cannot have");
    await write(folder, found);
    expect(changed(folder)).toEqual([]);
    expect(await look(folder)).toMatchObject({ files: [], refused: [] });
    // A file that no tool loads is imported where its folder is named: it is read, and built for nothing.
    expect((await proposed(folder, { named: ["agents"] })).entries).toEqual([
      { persona: "./agents/b.md", targets: [] },
    ]);
  });

  test("that a target makes of another file are outputs of that target", async () => {
    const folder = repository({
      "pkg/.claude/agents/dev.md": agent("dev"),
      "pkg/.cursor/agents/other.md": agent("other"),
    });
    const [loaded] = await loadPersonas("./pkg/.claude/agents/dev.md", folder);
    const cursor = targets.find(({ id }) => id === "cursor-agent");
    const [made] = (loaded && cursor?.compile(documentOf(loaded.unit)).artifacts) ?? [];
    put(folder, { [`pkg/${made?.path}`]: made?.text ?? "" });
    commitAll(folder);
    const found = await proposed(folder);
    expect(found.entries).toEqual([
      { persona: "./pkg/.claude/agents/dev.md", targets: ["claude-agent", "cursor-agent"], out: "pkg" },
      "./pkg/.cursor/agents/other.md",
    ]);
    await write(folder, found);
    expect(changed(folder)).toEqual([]);
    put(folder, { [`pkg/${made?.path}`]: `${made?.text}\n` });
    rmSync(join(folder, "personakit.config.json"));
    rmSync(join(folder, "personakit.lock.json"));
    commitAll(folder);
    expect((await proposed(folder)).entries).toHaveLength(3);
  });

  test("of a rule are found as well, and rules of one name in several folders stay as they are", async () => {
    const body = "# Style\n\nUse types.\n";
    const folder = repository({
      ".claude/rules/api.md": `---\npaths: "src/**/*.{ts,tsx}"\n---\n\n${body}`,
      ".claude/rules/web/api.md": "\uFEFFUse forms.\r\n",
      "pkg/.claude/rules/style.md": `---\npaths:\n  - "src/**"\n---\n\n${body}`,
      "pkg/.github/instructions/style.instructions.md": `---\napplyTo: src/**\n---\n${body}`,
      "pkg/.claude/rules/odd.md": "---\npaths: [x\n---\nText\n",
    });
    const found = await proposed(folder);
    expect(found.entries).toEqual([
      "./.claude/rules/api.md",
      "./.claude/rules/web/api.md",
      "./pkg/.claude/rules/odd.md",
      {
        persona: "./pkg/.github/instructions/style.instructions.md",
        targets: ["copilot-instructions", "claude-rule"],
        out: "pkg",
      },
    ]);
    expect(found.refused).toEqual([]);
    await write(folder, found);
    expect(changed(folder)).toEqual([]);
    put(folder, { "personakit.config.json": '{ "personas": [], "targets": ["agent-skill"] }' });
    rmSync(join(folder, "personakit.lock.json"));
    expect((await proposed(folder, { only: ["claude-rule"] })).entries[0]).toEqual({
      persona: "./.claude/rules/api.md",
      targets: ["claude-rule"],
    });
  });

  test("that are only nearly equal stay apart, and their words are compared", async () => {
    const body = `# Reviewer\n\n${TEXT}\n- Run npm test.\n- Be short, be kind and be exact in all that you write to others.\n`;
    const folder = repository({
      ".claude/agents/a.md": `---\nname: a\ndescription: A.\ntools: Read\n---\n\n${body}`,
      ".cursor/agents/b.md": `---\nname: b\ndescription: A.\n---\n${body.replace("npm", "pnpm")}`,
      ".github/agents/c.agent.md": agent(
        "c",
        "# Something else\n\nNothing of that stands here, and nothing is alike.\n",
      ),
      "GEMINI.md": body,
    });
    const { near, entries } = await proposed(folder);
    expect(entries).toHaveLength(4);
    expect(near.map(({ first, second, fields, words }) => [first.path, second.path, fields, words])).toEqual([
      [".claude/agents/a.md", ".cursor/agents/b.md", ["name", "tools"], [{ line: 11, before: "npm", after: "pnpm" }]],
      [".claude/agents/a.md", "GEMINI.md", ["name", "description", "tools"], []],
    ]);
  });

  test("of two personas with one name have one output each way: the lockfile could not tell them apart", async () => {
    const folder = repository({
      ".claude/agents/x.md": agent("x"),
      "agents/x.md": agent("x"),
      "pkg/.claude/agents/x.md": agent("x", "Other.\n"),
      "pkg/agents/x.md": agent("x", "Other.\n"),
    });
    const found = await proposed(folder);
    expect(found.entries).toEqual([
      { persona: "./.claude/agents/x.md", copies: ["agents/x.md"] },
      "./pkg/.claude/agents/x.md",
      { persona: "./pkg/agents/x.md", targets: [] },
    ]);
    expect(reportLines(found).join("\n")).toContain('another persona with outputs is called "x"');
    await write(folder, found);
    expect(changed(folder)).toEqual([]);
  });
});

describe("what cannot be imported", () => {
  test("is named with its reason, and the rest is imported", async () => {
    const good = {
      "CLAUDE.md": "\uFEFFHello.\r\nThere.\n",
      ".claude/agents/yaml.md": "---\nname: yaml\ndescription: Reads: all of it\n---\nText",
      ".claude/skills/gone/SKILL.md": agent("gone", "See [more](references/more.md).\n"),
    };
    const folder = repository({
      ...good,
      ".gitignore": "CLAUDE.local.md\nhidden/\n",
      ".claude/agents/binary.md": "a\0b",
      ".claude/agents/bytes.md": Buffer.from([0x61, 0xff, 0xfe]),
      ".claude/agents/empty.md": " \n",
      ".claude/agents/huge.md": "word ".repeat(400_000),
      ".claude/agents/use.md": agent("use", "\n::use[@personakit/security-checklist]\n"),
      ".claude/agents/one.md": agent("same", "One.\n"),
      ".claude/agents/deep/two.md": agent("same", "Two.\n"),
      ".claude/agents/Case.md": agent("upper"),
      ".claude/agents/case.md": agent("lower"),
      ".claude/agents/deleted.md": agent("deleted"),
      ".claude/agents/changed.md": agent("changed"),
      ".codex/agents/broken.toml": "name = ",
    });
    put(folder, {
      ".claude/agents/changed.md": "Mine.\n",
      ".claude/agents/new.md": agent("new"),
      "CLAUDE.local.md": "Me.\n",
    });
    put(folder, { "hidden/AGENTS.md": "Hidden.\n" });
    rmSync(join(folder, ".claude/agents/deleted.md"));
    symlinkSync("../../CLAUDE.md", join(folder, ".claude/agents/link.md"));
    symlinkSync("/etc/hosts", join(folder, "AGENTS.md"));
    const found = await proposed(folder);
    expect(codes(found)).toEqual({
      ".claude/agents/binary.md": "not-text",
      ".claude/agents/bytes.md": "cannot-read",
      ".claude/agents/empty.md": "empty-file",
      ".claude/agents/huge.md": "cannot-read",
      ".claude/agents/use.md:7": "directive-in-place",
      ".claude/agents/one.md": "name-taken",
      ".claude/agents/deep/two.md": "name-taken",
      ".claude/agents/Case.md": "shared-path",
      ".claude/agents/case.md": "shared-path",
      ".claude/agents/changed.md": "not-committed",
      ".claude/agents/new.md": "not-committed",
      ".codex/agents/broken.toml": "unparsable-file",
      "AGENTS.md": "linked-file",
    });
    expect(left(found)).toEqual({
      ".claude/agents/link.md": "a link to CLAUDE.md",
      "CLAUDE.local.md": "git ignores it",
    });
    expect(found.entries).toEqual(["./.claude/agents/yaml.md", "./.claude/skills/gone/SKILL.md", "./CLAUDE.md"]);
    expect(found.files[0]?.warnings).toMatchObject([
      {
        code: "invalid-yaml",
        place: ".claude/agents/yaml.md:3",
        hint: expect.stringContaining('description: "Reads: all of it"'),
      },
    ]);
    expect(found.files[1]?.warnings).toMatchObject([{ code: "missing-link", place: ".claude/skills/gone/SKILL.md:6" }]);
    await write(folder, found);
    for (const [path, text] of Object.entries(good)) expect(readFileSync(join(folder, path), "utf8")).toBe(text);
    const forced = await proposed(folder, { force: true });
    expect(forced.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        ".claude/agents/changed.md",
        ".claude/agents/new.md",
        "CLAUDE.local.md",
        "hidden/AGENTS.md",
      ]),
    );
    expect((await failing(look(folder, { named: ["hidden/AGENTS.md"] }))).issues).toMatchObject([
      { code: "ignored-file" },
    ]);
    expect((await failing(look(folder, { named: ["CLAUDE.mdd"] }))).issues).toMatchObject([
      { code: "not-found", hint: 'Did you mean "CLAUDE.md"?' },
    ]);
    expect((await failing(look(folder, { only: ["claude-agnt"] }))).issues).toMatchObject([{ code: "unknown-target" }]);
    // A repository that git refuses is not one in which nothing is ignored.
    writeFileSync(join(folder, ".git/HEAD"), "nonsense");
    expect((await failing(look(folder))).issues).toMatchObject([{ code: "no-revision" }]);
  });

  test("goes into a list that is empty yet", async () => {
    const config = "personakit.config.json";
    const folder = repository({ "CLAUDE.md": "Be kind.\n", [config]: '{ "personas": [] }\n' });
    const { change } = await propose(folder, { named: [], only: undefined, force: false });
    expect(change?.after).toContain("./CLAUDE.md");
  });

  test("in a format that is not Markdown is named, and what other tools read is imported", async () => {
    const folder = repository({
      ".kiro/agents/a.json": '{ "name": "a", "prompt": "Do the work." }',
      ".gemini/commands/a.toml": 'prompt = "Do the work."',
      ".kiro/steering/tech.md": `---\ninclusion: always\n---\n\n${TEXT}`,
      ".cursorrules": "Use tabs.\n",
      ".clinerules/style.md": "Use spaces.\n",
      ".opencode/commands/fix.md": "Fix $ARGUMENTS.\n",
    });
    const found = await proposed(folder);
    expect(found.files.map(({ path }) => path)).toEqual([
      ".clinerules/style.md",
      ".cursorrules",
      ".kiro/steering/tech.md",
      ".opencode/commands/fix.md",
    ]);
    expect(left(found)).toEqual({
      ".gemini/commands/a.toml": "a command in TOML, of Gemini CLI: only Markdown can be a source",
      ".kiro/agents/a.json": "an agent in JSON, of Kiro: only Markdown can be a source",
    });
    await write(folder, found);
    expect(changed(folder)).toEqual([]);
    const named = await look(folder, { named: [".kiro/agents/a.json"] });
    expect(named.left.map(({ path }) => path)).toEqual([".kiro/agents/a.json"]);
  });

  test("stops at a configuration that a build would not leave alone, and keeps what is there", async () => {
    const folder = repository({
      "personas/a.md": agent("a"),
      "AGENTS.md": TEXT,
      "personakit.config.json":
        '{ "personas": [{ "persona": "./personas/a.md", "format": "claude-agent" }], "targets": ["claude-agent"] }',
    });
    expect(await failing(look(folder))).toMatchObject({ exitCode: 1, issues: [{ code: "stale" }] });
    put(folder, { ".claude/agents/a.md": agent("a") });
    const found = await proposed(folder);
    expect(left(found)).toEqual({ ".claude/agents/a.md": "is where a is built to" });
    expect(found.entries).toEqual([{ persona: "./AGENTS.md", targets: ["agents-md"] }]);
    const copies = { persona: "./AGENTS.md", targets: ["agents-md"], copies: ["personas/a.md"] };
    const wrong = await failing(prove({ ...found, entries: [copies] }));
    expect(wrong).toMatchObject({ exitCode: 1, issues: [{ code: "changed-bytes", place: "personas/a.md:1" }] });
    const before = readFileSync(join(folder, "personakit.config.json"), "utf8");
    const broken = { ...found.change, after: before.replace('"targets"', '"copies": [], "targets"') };
    expect((await failing(write(folder, { ...found, change: broken }))).issues).toMatchObject([
      { code: "invalid-configuration" },
    ]);
    put(folder, { "AGENTS.md": `${TEXT}More.\n` });
    expect((await failing(write(folder, found))).issues).toMatchObject([
      { code: "changed-meanwhile", place: "AGENTS.md:2" },
    ]);
    expect(readFileSync(join(folder, "personakit.config.json"), "utf8")).toBe(before);
    expect(existsSync(join(folder, "personakit.lock.json"))).toBe(false);
  });
});

describe("any repository", () => {
  const name = fc.constantFrom("a", "b", "A", "ü", "x y", "#", "-n", "a'b", "README");
  const path = fc
    .tuple(
      fc.constantFrom("", "", "pkg/", "p q/deep/"),
      fc.constantFrom(
        ...[
          "CLAUDE.md",
          "AGENTS.md",
          "GEMINI.md",
          ".github/copilot-instructions.md",
          ".claude/agents/N.md",
          "agents/N.md",
        ],
        ...[
          ".claude/agents/deep/N.md",
          ".claude/commands/N.md",
          ".claude/skills/N/SKILL.md",
          ".agents/skills/N/SKILL.md",
        ],
        ...[
          ".claude/skills/N/references/N.md",
          ".claude/skills/N/run.sh",
          ".cursor/rules/N.mdc",
          ".cursor/agents/N.md",
        ],
        ...[".github/agents/N.agent.md", ".github/instructions/N.instructions.md", ".codex/agents/N.toml", "docs/N.md"],
        ...[".claude/rules/N.md", ".claude/output-styles/N.md", ".gemini/agents/N.md", ".opencode/agent/N.md"],
      ),
      name,
    )
    .map(([folder, template, each]) => folder + template.replaceAll("N", each));
  const body = fc.oneof(
    fc.constantFrom(
      TEXT,
      TEXT.replace("file", "place"),
      "# A\n\n- b\n",
      "",
      "::use[x]\n",
      "```\nopen",
      "a\0b",
      "[x](references/a.md)\n",
    ),
    fc.string({ unit: "grapheme", maxLength: 30 }),
  );
  const head = fc.constantFrom(
    ...[
      "",
      "---\nname: a\ndescription: d\n---\n",
      "---\nname: b\ndescription: x: y\ntools: Read, *\n---\n",
      "---\n- list\n---\n",
    ],
    ...[
      'name = "a"\ndescription = "d"\ndeveloper_instructions = """\n',
      "---\nname: a\nname: b\n",
      "\uFEFF---\nglobs: **/*.ts\n---\n",
    ],
    ...["---\ndescription: d\npermissionMode: nonsense\nmaxTurns: many\nmodel: [a, b]\n---\n"],
  );
  const end = fc.constantFrom("", "", '"""\n', "\n\n\n", "  ");
  const text = fc
    .tuple(head, body, end, fc.constantFrom("\n", "\n", "\r\n", "\r"))
    .map(([top, middle, bottom, eol]) => (top + middle + bottom).replaceAll("\n", eol));
  const files = fc.array(
    fc.tuple(
      path,
      fc.oneof(
        text,
        fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes)),
      ),
    ),
    {
      minLength: 20,
      maxLength: 60,
    },
  );

  const seconds = Number(process.env.PERSONAKIT_FUZZ ?? 0);
  const runs = seconds > 0 ? { numRuns: 1e6, interruptAfterTimeLimit: seconds * 1000 } : { numRuns: 4, seed: 7 };

  test(
    "is imported without a crash and without a changed byte",
    async () => {
      await fc.assert(
        fc.asyncProperty(files, async (all) => {
          const wanted = Object.fromEntries(all);
          const folder = repository({});
          for (const [each, content] of Object.entries(wanted)) {
            try {
              put(folder, { [each]: content });
            } catch {
              // A file has the place of a folder.
            }
          }
          commitAll(folder);
          try {
            const found = await look(folder);
            if (found.change !== undefined) await write(folder, found);
          } catch (error) {
            expect(error).toBeInstanceOf(CommandError);
            throw new Error(JSON.stringify((error as CommandError).issues));
          }
          expect(changed(folder)).toEqual([]);
          expect(await look(folder)).toMatchObject({ files: [] });
          rmSync(folder, { recursive: true });
        }),
        runs,
      );
    },
    60_000 + seconds * 1000,
  );
});

test("a file or folder of a repository below the project leads to that repository", async () => {
  const folder = repository({ "AGENTS.md": TEXT });
  const inner = join(folder, "vendor/inner");
  put(folder, { "vendor/inner/AGENTS.md": TEXT });
  git(inner, "init", "--quiet");
  commitAll(inner);
  for (const named of ["vendor/inner", "vendor/inner/AGENTS.md"]) {
    const { issues } = await failing(look(folder, { named: [named] }));
    expect(issues).toMatchObject([
      { code: "outside-project", hint: expect.stringContaining("personakit import --out vendor/inner") },
    ]);
  }
});
