import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { type Project, packPackages } from "./installed.ts";

// A file of the user's own is a persona as it stands: built byte for byte for its tool, mapped for others, and never ours.

const CHECKLIST = "@personakit/security-checklist";
const newProject = packPackages("personakit", CHECKLIST);
let project: Project;

beforeEach(() => {
  project = newProject();
});

const AGENT = `---
name: reviewer
description: 'Reviews changes: use it for pull requests.'   # ours
tools: Read, Grep, Glob
model: sonnet
color: blue
vibe: strict
---

# Reviewer

You review changes.
## Rules

* Cite file and line.
* Never approve without tests.


\`\`\`sh
npm test
\`\`\`

[docs]: ./docs.md
See [docs] and [this](ref:nothing).
`;
const IN_PLACE = ".claude/agents/reviewer.md";
const OUTSIDE = "personas/reviewer.md";

const configure = (...personas: readonly (string | object)[]) => project.write("personakit.config.json", { personas });
const outside = (more: object = {}) => ({ persona: `./${OUTSIDE}`, format: "claude-agent", ...more });

function bytes(path: string): Buffer {
  return readFileSync(project.at(path));
}

describe("a file where its tool reads it", () => {
  beforeEach(() => {
    project.write(IN_PLACE, AGENT);
    configure(`./${IN_PLACE}`);
  });

  test("is compared only: build leaves it alone, and no lockfile owns it", () => {
    const before = statSync(project.at(IN_PLACE));
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read(IN_PLACE)).toBe(AGENT);
    expect(statSync(project.at(IN_PLACE))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    expect(project.files()).toEqual([IN_PLACE, "personakit.config.json"].sort());
    expect(project.run("check")).toMatchObject({ code: 0 });
  });

  test("stays when its entry goes, when remove or eject name it, and when it was an output before", () => {
    configure({ persona: `./${IN_PLACE}`, copies: ["CLAUDE.md"] });
    expect(project.run("build").code).toBe(0);
    expect(project.run("eject", IN_PLACE).code).toBe(2);
    project.run("remove", "reviewer", "--yes");
    expect(project.read(IN_PLACE)).toBe(AGENT);
    project.write(OUTSIDE, AGENT);
    configure(outside());
    expect(project.run("build").code).toBe(0);
    configure(`./${IN_PLACE}`);
    expect(project.run("build").code).toBe(0);
    configure(outside({ out: "elsewhere" }));
    expect(project.run("build").code).toBe(0);
    expect(project.read(IN_PLACE)).toBe(AGENT);
  });

  test("goes to other targets with what they lose, and byte for byte to copies", () => {
    configure({
      persona: `./${IN_PLACE}`,
      targets: ["claude-agent", "copilot-agent"],
      copies: ["CLAUDE.md", "docs/a.md"],
    });
    const { code, out } = project.run("build");
    expect(code).toBe(0);
    expect(out).toContain("Copilot's agents have no colour");
    expect(out).toMatch(/copilot-agent +.*vibe/);
    expect(bytes("CLAUDE.md")).toEqual(bytes(IN_PLACE));
    expect(bytes("docs/a.md")).toEqual(bytes(IN_PLACE));
    const copilot = project.read(".github/agents/reviewer.agent.md");
    expect(copilot).toContain('description: "Reviews changes: use it for pull requests."');
    expect(copilot.slice(copilot.indexOf("\n# Reviewer"))).toBe(AGENT.slice(AGENT.indexOf("\n# Reviewer")));
    project.write("CLAUDE.md", "Mine now.\n");
    expect(project.run("check")).toMatchObject({ code: 1 });
  });

  test("may stand beside the same agent of another tool", () => {
    project.write(".cursor/agents/reviewer.md", AGENT.replace(/^(?:tools|model|color|vibe).*\n/gm, ""));
    configure(`./${IN_PLACE}`, "./.cursor/agents/reviewer.md");
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
  });

  test("cannot be extended, and cannot name fragments", () => {
    configure({ persona: `./${IN_PLACE}`, extend: { id: "reviewer", rules: {} } });
    expect(project.run("build")).toMatchObject({ code: 2, err: expect.stringContaining("where it lies") });
    project.write(IN_PLACE, `${AGENT}\n::use[./x.md]\n`);
    configure(`./${IN_PLACE}`);
    const { code, err } = project.run("build");
    expect(code).toBe(2);
    expect(err).toContain(`${IN_PLACE}:26: Claude Code reads this file where it lies`);
  });
});

describe("a file that lies elsewhere", () => {
  beforeEach(() => project.write(OUTSIDE, AGENT));

  test("is built where its tool looks for it, byte for byte, and for that tool only", () => {
    configure(outside());
    expect(project.run("build").code).toBe(0);
    expect(bytes(IN_PLACE)).toEqual(bytes(OUTSIDE));
    expect(project.run("check").code).toBe(0);
    project.write(IN_PLACE, AGENT.replace("Cite", "Quote"));
    const { code, out } = project.run("check");
    expect(code).toBe(1);
    expect(out).toContain(`make it in ./${OUTSIDE}`);
    expect(project.run("override", IN_PLACE)).toMatchObject({ code: 0 });
    expect(project.read("personakit.config.json")).toContain("* Quote file and line.");
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(project.read(IN_PLACE)).toContain("* Quote file and line.");
  });

  test("says its format, on the command line by the first target", () => {
    configure(`./${OUTSIDE}`);
    const unsaid = project.run("build");
    expect(unsaid.code).toBe(2);
    expect(unsaid.err).toContain("It looks like claude-agent.");
    expect(unsaid.err).toContain('"format": "claude-agent"');
    configure(outside({ format: "claude-agnet" }));
    expect(project.run("build").err).toContain('Did you mean "claude-agent"?');
    expect(project.run("build", `./${OUTSIDE}`).err).toContain("--target claude-agent");
    expect(project.run("build", `./${OUTSIDE}`, "--target", "claude-agent,codex-agent").code).toBe(0);
    expect(bytes(IN_PLACE)).toEqual(bytes(OUTSIDE));
    expect(project.read(".codex/agents/reviewer.toml")).toContain("Never approve without tests.");
  });

  test("is not built for a tool that would lose a restriction", () => {
    project.write(OUTSIDE, AGENT.replace("vibe: strict", "permissionMode: plan").replace(/^tools.*\n/m, ""));
    configure(outside({ targets: ["claude-agent", "copilot-agent"] }));
    const { code, err } = project.run("build");
    expect(code).toBe(2);
    expect(err).toContain("permissionMode");
  });

  test("names the line to write where a target needs a description, once for all targets", () => {
    for (const [text, at, hint] of [
      ["---\r\nmodel: opus\r\nname: reviewer\r\n---\r\n\r\nText.\r\n", 3, "Add a line below it: description: Reviews"],
      ["---\nmodel: opus\n---\n\nText.\n", 1, "Add a line below it: description: Reviews"],
      ["Text.\n", 1, 'Start the file with three lines: "---", "description: Reviews'],
    ] as const) {
      project.write(OUTSIDE, text);
      configure(outside({ targets: ["claude-agent", "copilot-agent", "opencode-agent"] }));
      const { code, err } = project.run("build");
      expect(code).toBe(2);
      expect(err).toContain(
        `./${OUTSIDE}:${at}: the file says no description, and copilot-agent, opencode-agent choose by it`,
      );
      expect(err).toContain(hint);
      expect(err.match(/no description/g)).toHaveLength(1);
    }
  });

  test("with many findings says how many, and all of them where it is asked", () => {
    const keys = ["name", "vibe", "model", "color"];
    project.write(OUTSIDE, AGENT.replace(/vibe: strict/, `vibe: strict\n${keys.map((key) => `${key}: x`).join("\n")}`));
    configure(outside());
    for (const command of ["build", "check"]) {
      const { code, out } = project.run(command);
      expect({ code, found: out.match(/warning: .*/g) }).toEqual({
        code: 0,
        found: [
          `warning: 4 findings in 1 file of your own: 4 duplicate-field. To list them, run personakit ${command} --verbose.`,
        ],
      });
      const lines = project.run(command, "--verbose").out.match(/warning: .*already, and that one is read.*/g);
      expect(lines).toHaveLength(4);
    }
    expect(JSON.parse(project.run("check", "--json").out).warnings).toHaveLength(4);
  });

  test("keeps its byte order mark, its line ends and front matter that YAML refuses", () => {
    for (const text of [
      `\uFEFF${AGENT}`,
      AGENT.replaceAll("\n", "\r\n"),
      AGENT.replace("Reviewer\n", "Reviewer\r\n"),
      AGENT.replace(/'(Reviews .*)' {3}# ours/, "$1"),
      `${AGENT.trimEnd()}   \n\n\n`,
      AGENT.trimEnd(),
      AGENT.replace(/\n```\n\n[\s\S]*$/, "\n"),
      "---\nname: reviewer\n---\n",
      "Only text.",
    ]) {
      project.write(OUTSIDE, text);
      configure(outside({ copies: ["copy.md"] }));
      const { code, err } = project.run("build");
      expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
      expect(bytes("copy.md")).toEqual(bytes(OUTSIDE));
      expect(bytes(IN_PLACE)).toEqual(bytes(OUTSIDE));
      expect(project.run("check").code).toBe(0);
    }
  });

  test("is called wrong in clear words where it cannot be read", () => {
    configure(outside());
    const words = (text: string | Buffer) => {
      writeFileSync(project.at(OUTSIDE), text);
      const { code, err } = project.run("build");
      expect(code).toBe(2);
      expect(err).toContain(`./${OUTSIDE}: `);
      expect(err).not.toContain("PersonaKit itself failed");
      return err;
    };
    expect(words("")).toContain("the file is empty");
    expect(words(" \n\n")).toContain("the file is empty");
    expect(words(Buffer.from([0xff, 0xfe, 0x00, 0x41]))).toContain("not UTF-8");
    expect(words("a\0b")).toContain("NUL");
    expect(words("word ".repeat(1_000_000))).toContain("characters");
    project.remove(OUTSIDE);
    project.write("personas/reviewers.md", AGENT);
    expect(project.run("build").err).toContain('Did you mean "reviewers.md"?');
    symlinkSync(project.at("nowhere"), project.at(OUTSIDE));
    expect(project.run("build").code).toBe(2);
  });

  test("options of files are for files", () => {
    project.write("one.mjs", "export {};");
    configure({ persona: CHECKLIST, copies: ["CLAUDE.md"] });
    expect(project.run("build").code).toBe(2);
    configure(outside({ copies: ["../out.md"] }));
    expect(project.run("build").err).toContain("leads out of the project");
  });
});

describe("shared text", () => {
  const SOURCE = `---
name: api
description: Builds APIs.
---

# API

## Lookup

- One.
::use[./fragments/context7.md]{library="Rust"}
- Two.

::use[${CHECKLIST}]{hash="argon2id"}

\`\`\`md
::use[not-this-one]
\`\`\`
`;
  const FRAGMENT =
    "---\nid: context7\nsummary: Looks up.\nparams: { library: Go, version: latest }\n---\n\n## Context7\n\nAsk for {{library}} {{version}}, not {{this}}.\n";
  const build = (source = SOURCE) => {
    project.write("personas/api.md", source);
    configure({ persona: "./personas/api.md", format: "claude-agent" });
    return project.run("build");
  };
  const OUTPUT = ".claude/agents/api.md";

  beforeEach(() => project.write("personas/fragments/context7.md", FRAGMENT));

  test("is put where its line stands, below its heading, with its values", () => {
    expect(build()).toMatchObject({ code: 0, err: "" });
    const text = project.read(OUTPUT);
    expect(text).toContain(
      "## Lookup\n\n- One.\n### Context7\n\nAsk for Rust latest, not {{this}}.\n- Two.\n\n### Security checklist\n\n",
    );
    expect(text).toContain("Hash passwords with argon2id");
    expect(text.startsWith(SOURCE.slice(0, SOURCE.indexOf("- One.")))).toBe(true);
    expect(text.endsWith(SOURCE.slice(SOURCE.indexOf("```md")))).toBe(true);
    expect(project.run("check").code).toBe(0);
  });

  test("stands at another depth where its line says so", () => {
    build(SOURCE.replace('{hash="argon2id"}', '{depth="2"}').replace('library="Rust"', 'library="Rust" depth="1"'));
    expect(project.read(OUTPUT)).toContain("\n## Security checklist\n");
    expect(project.read(OUTPUT)).toContain("\n# Context7\n");
  });

  test("is changed rule by rule in the words of the configuration", () => {
    build();
    const rules = {
      "security-checklist": { csrf: { drop: "token auth only" }, queries: { must: "Bind every value." } },
      context7: { drop: "not here" },
    };
    configure({ persona: "./personas/api.md", format: "claude-agent", extend: { id: "payments-api", rules } });
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    const text = project.read(".claude/agents/payments-api.md");
    expect(text).toContain("name: payments-api\n");
    expect(text).toContain("- [ ] Bind every value.\n");
    expect(text).not.toMatch(/CSRF|Context7/);
    configure({
      persona: "./personas/api.md",
      format: "claude-agent",
      extend: { id: "api", rules: { "security-checklist": { crsf: { drop: "x" } } } },
    });
    expect(project.run("build").err).toContain('Did you mean "csrf"?');
    configure({ persona: "./personas/api.md", format: "claude-agent", extend: { id: "api", model: "deep" } });
    expect(project.run("build").err).toContain("Change it in personas/api.md");
  });

  test.each([
    ["an unknown package", SOURCE.replace(CHECKLIST, "@personakit/security-cheklist"), 14, "security-checklist"],
    ["an unknown file", SOURCE.replace("context7.md", "context8.md"), 11, 'Did you mean "context7.md"?'],
    ["an unknown parameter", SOURCE.replace("library=", "libary="), 11, 'Did you mean "library"?'],
    ["an unknown parameter of a package", SOURCE.replace("hash=", "hahs="), 14, 'Did you mean "hash"?'],
    ["a value that is not taken", SOURCE.replace("argon2id", "md5"), 14, "hash"],
    ["a value that makes other blocks", SOURCE.replace("Rust", "x").replace("library=", 'version="" library='), 11, ""],
    ["no name", SOURCE.replace(`[${CHECKLIST}]`, "[]"), 14, "::use names no fragment"],
    ["values that cannot be read", SOURCE.replace('"argon2id"', "argon2id"), 14, "cannot be read"],
    ["a fragment that is used twice", `${SOURCE}\n::use[${CHECKLIST}]\n`, 20, "used twice"],
  ])("%s is an error with file and line", (what, source, line, words) => {
    const { code, err } = build(source);
    if (what.startsWith("a value that makes")) return;
    expect(code).toBe(2);
    expect(err).toContain(`./personas/api.md:${line}`);
    expect(err).toContain(words);
    expect(project.files()).not.toContain(OUTPUT);
  });

  test("a value that makes other blocks, and one that is missing, are errors", () => {
    project.write(
      "personas/fragments/context7.md",
      FRAGMENT.replace("version: latest", "version:").replace("Ask for {{library}}", "{{library}}"),
    );
    const missing = build();
    expect(missing.err).toContain('./personas/api.md:11: "version" has no value and no default');
    const { code, err } = build(SOURCE.replace('"Rust"', '"# Rust" version="1"'));
    expect(code).toBe(2);
    expect(err).toMatch(/\.\/personas\/api\.md:11: the value of "library" makes other blocks/);
  });

  test("circles are errors with the chain, and nesting is none", () => {
    project.write("personas/fragments/context7.md", "---\nid: context7\n---\nA.\n\n::use[./b.md]\n");
    project.write("personas/fragments/b.md", "B.\n\n::use[./c.md]\n");
    project.write("personas/fragments/c.md", "C.\n");
    const source = SOURCE.replace('{library="Rust"}', "");
    expect(build(source)).toMatchObject({ code: 0 });
    expect(project.read(OUTPUT)).toContain("- One.\n\nA.\n\nB.\n\nC.\n- Two.\n");
    project.write("personas/fragments/c.md", "C.\n\n::use[./context7.md]\n");
    const { code, err } = build(source);
    expect(code).toBe(2);
    expect(err).toContain("personas/fragments/c.md:3");
    expect(err).toContain(
      "context7.md -> personas/fragments/b.md -> personas/fragments/c.md -> personas/fragments/context7.md",
    );
  });

  test("a fragment that ends in an open fence is an error at its line", () => {
    project.write(
      "personas/fragments/context7.md",
      "---\nid: context7\nparams: { library: Go }\n---\nA.\n\n```sh\nls\n",
    );
    const { code, err } = build();
    expect(code).toBe(2);
    expect(err).toContain("personas/fragments/context7.md:7: a code fence is left open");
  });

  test("a line that is nearly a directive is text, with a warning", () => {
    const { code, out } = build(SOURCE.replace("- Two.", `- Two.\n  ::use[${CHECKLIST}]`));
    expect(code).toBe(0);
    expect(out).toContain("./personas/api.md:13: this is text and no directive");
  });

  test("explain leads to the line of the file that says it, and to the rule", () => {
    build();
    const lines = project.read(OUTPUT).split("\n");
    const explain = (start: string) => {
      const line = lines.findIndex((each) => each.startsWith(start)) + 1;
      return project.run("explain", `${OUTPUT}:${line}`, "--json");
    };
    expect(JSON.parse(explain("- Two.").out)).toMatchObject({ source: { file: "./personas/api.md", line: 12 } });
    expect(JSON.parse(explain("Ask for Rust").out)).toMatchObject({
      source: { file: "personas/fragments/context7.md", line: 9 },
      origin: { unit: "context7" },
    });
    expect(JSON.parse(explain("- [ ] Bind every value").out)).toMatchObject({
      origin: { unit: "security-checklist", rule: "queries", version: expect.any(String) },
    });
    expect(JSON.parse(explain("description:").out)).toMatchObject({ persona: "api" });
  });
});

describe("two versions of a file", () => {
  const reworded = AGENT.replace("Never approve without tests.", "Always ask for tests first.").replace(
    "# Reviewer\n",
    "# Reviewer of changes\n",
  );

  test("are compared by their blocks, whatever these are called", () => {
    project.write("a.md", AGENT);
    project.write("b.md", reworded);
    const { code, out } = project.run("diff", "a.md", "b.md", "--json");
    expect(code).toBe(1);
    const [{ changes }] = JSON.parse(out).differences;
    expect(changes.map(({ kind }: { kind: string }) => kind)).toEqual(["reworded", "reworded"]);
    expect(project.run("diff", "a.md", "a.md").code).toBe(0);
  });

  test("are judged by semver between revisions", () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], { cwd: project.folder });
    project.write(".gitignore", "node_modules\n");
    project.write(OUTSIDE, AGENT);
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "x");
    project.write(OUTSIDE, reworded);
    const { code, out } = project.run("semver", `./${OUTSIDE}`, "--git", "HEAD");
    expect(code).toBe(0);
    expect(out).toContain("-> patch");
    expect(project.run("semver", `./${OUTSIDE}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining("--git HEAD"),
    });
  });
});

test("a package whose entry is a skill says what only the skill has", () => {
  project.write(
    "pdf/SKILL.md",
    "---\nname: pdf\ndescription: Reads PDF files.\n---\n\nSee [forms](references/forms.md).\n",
  );
  project.write("pdf/references/forms.md", "# Forms\n\n::use[./x.md]\n");
  project.write("pdf/scripts/fill.sh", "ls\n");
  const exports = { ".": "./SKILL.md", "./document.json": "./dist/document.json" };
  project.write("pdf/package.json", { name: "@acme/pdf", version: "1.2.0", exports });
  for (const _ of [1, 2]) {
    const { code, out } = project.run("pack", "pdf");
    expect({ code, warnings: out.match(/warning: .*?:(?:\d+:)?/g) }).toEqual({
      code: 0,
      warnings: ["warning: pdf/references/forms.md:3:", "warning: pdf/scripts/fill.sh:"],
    });
  }
  expect(project.run("add", "./pdf", "--target", "claude-skill,codex-agent", "--yes")).toMatchObject({ code: 0 });
  expect(project.read(".claude/skills/pdf/references/forms.md")).toContain("# Forms");
  expect(project.read(".codex/agents/pdf.toml")).toContain("[forms](.codex/references/pdf/forms.md)");
});

test("a package whose entry is a file is a persona like any other", () => {
  project.write("packages/reviewer/reviewer.md", AGENT.replace(/^(?:tools|vibe).*\n/gm, ""));
  project.write("packages/reviewer/package.json", {
    name: "@acme/reviewer",
    version: "1.2.0",
    exports: { ".": "./reviewer.md", "./document.json": "./dist/document.json" },
  });
  const alone = project.run("pack", "packages/reviewer/reviewer.md");
  expect(alone.err).toContain("this is a file, and only a package can be added by others. Put it into a folder");
  expect(project.run("pack", "packages/reviewer")).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(project.read("packages/reviewer/dist/document.json"))).toMatchObject({
    document: { id: "reviewer", version: "1.2.0" },
  });
  expect(project.run("add", "./packages/reviewer", "--target", "claude-agent", "--yes").code).toBe(0);
  expect(project.read(IN_PLACE)).toContain("* Never approve without tests.");
});

test("a file that cannot be opened is called so", () => {
  project.write(OUTSIDE, AGENT);
  configure(outside());
  chmodSync(project.at(OUTSIDE), 0o200);
  const { code, out, err } = project.run("build");
  // The superuser opens anything.
  if (process.getuid?.() === 0) expect(code).toBe(0);
  else expect({ code, out, err }).toMatchObject({ code: 2, err: expect.stringContaining(OUTSIDE) });
});

describe("a skill", () => {
  const SKILL =
    "---\nname: pdf\ndescription: Reads PDF files.\nlicense: MIT\n---\n\n# PDF\n\nSee [forms](references/forms.md).\n";
  const FILES: { readonly [path: string]: string | Buffer } = {
    "SKILL.md": SKILL,
    "references/forms.md": "# Forms\r\n\r\nRun [fill](../scripts/fill.sh), then references/other.md.\r\n",
    "references/Not_Kebab.md": "Text.",
    "scripts/fill.sh": "#!/bin/sh\necho filled\r\n",
    "assets/template.txt": "\uFEFFDear {{name}}",
    "assets/logo.png": Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]),
  };
  const BINARY = "assets/logo.png";
  const put = (folder: string, files = FILES) => {
    for (const [path, text] of Object.entries(files)) {
      project.write(`${folder}/${path}`, "");
      writeFileSync(project.at(`${folder}/${path}`), text);
    }
    chmodSync(project.at(`${folder}/scripts/fill.sh`), 0o755);
  };
  const inFolder = (folder: string) =>
    Object.fromEntries(
      project
        .files()
        .flatMap((path) => (path.startsWith(folder) ? [[path.slice(folder.length + 1), bytes(path)]] : [])),
    );
  const expected = Object.fromEntries(
    Object.entries(FILES).flatMap(([path, text]) => (path === BINARY ? [] : [[path, Buffer.from(text)]])),
  );

  test("is its whole folder: every text of it is written byte for byte, and what is none is named", () => {
    put("personas/pdf");
    configure({ persona: "./personas/pdf/SKILL.md", copies: ["skills/pdf/SKILL.md"] });
    const { code, out } = project.run("build");
    expect(code).toBe(0);
    expect(out).toContain("./personas/pdf/assets/logo.png: it is no text");
    for (const folder of [".claude/skills/pdf", "skills/pdf"]) expect(inFolder(folder)).toEqual(expected);
    if (process.platform !== "win32")
      expect(statSync(project.at(".claude/skills/pdf/scripts/fill.sh")).mode & 0o111).toBe(0o111);
    expect(project.run("check")).toMatchObject({ code: 0 });
    // What the source no longer has goes, and what was changed by hand is seen.
    project.remove("personas/pdf/assets");
    project.write(".claude/skills/pdf/scripts/fill.sh", "mine");
    const checked = project.run("check").out;
    expect(checked).toMatch(/fill\.sh.*\n[\s\S]*template\.txt/);
    expect(checked).toContain("make it in ./personas/pdf/scripts/fill.sh");
    expect(project.run("override", ".claude/skills/pdf/scripts/fill.sh")).toMatchObject({
      code: 1,
      err: expect.stringContaining("it is a copy of ./personas/pdf/scripts/fill.sh"),
    });
    project.remove(".claude/skills/pdf/scripts/fill.sh");
    expect(project.run("build").code).toBe(0);
    expect(Object.keys(inFolder(".claude/skills/pdf"))).not.toContain("assets/template.txt");
  });

  test("goes to other tools with its references, and says what stays behind", () => {
    put("personas/pdf");
    const named = {
      ...FILES,
      "SKILL.md": `${SKILL}\nRead \`references/forms.md\`. [Gone](references/gone.md#a) \`[x](no.md)\`\n`,
    };
    put("personas/pdf", named);
    configure({ persona: "./personas/pdf/SKILL.md", targets: ["agent-skill", "codex-agent"] });
    const { code, out } = project.run("build");
    expect(code).toBe(0);
    expect(out).toContain(
      "./personas/pdf/SKILL.md:11: the text links to references/gone.md, and there is no such file",
    );
    expect(out.match(/no such file/g)).toHaveLength(1);
    expect(out).toMatch(/codex-agent +references .*assets\/template.txt and 2 more: only a skill has a folder/);
    expect(out).toContain("the text says references/forms.md, which is .codex/references/pdf/forms.md here");
    expect(out).toContain("./personas/pdf/references/Not_Kebab.md: it cannot be a reference");
    expect(project.read(".codex/references/pdf/forms.md")).toContain("Run [fill]");
    expect(project.read(".codex/agents/pdf.toml")).toContain("[forms](.codex/references/pdf/forms.md)");
    expect(Object.keys(inFolder(".agents/skills/pdf")).sort()).toEqual(Object.keys(expected).sort());
  });

  test("in place is compared only, and changed block by block elsewhere", () => {
    put(".claude/skills/pdf");
    configure("./.claude/skills/pdf/SKILL.md");
    const { code, out } = project.run("build");
    expect({ code, out }).toMatchObject({ code: 0, out: expect.not.stringContaining("logo.png") });
    expect(project.files()).not.toContain("personakit.lock.json");
    put("personas/pdf");
    const rules = { forms: { runFillReferencesOther: { must: "Fill in nothing." } } };
    configure({ persona: "./personas/pdf/SKILL.md", extend: { id: "forms-only", rules } });
    const extended = project.run("build");
    expect(extended.err).toBe("");
    expect(project.read(".claude/skills/forms-only/references/forms.md")).toContain("Fill in nothing.");
    const explained = project.run("explain", ".claude/skills/forms-only/references/forms.md:1", "--json").out;
    expect(JSON.parse(explained).source).toEqual({ file: "./personas/pdf/references/forms.md", line: 1 });
    expect(project.read(".claude/skills/forms-only/SKILL.md")).toBe(SKILL.replace("name: pdf", "name: forms-only"));
  });
});
