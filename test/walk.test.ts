import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../packages/cli/src/commands.ts";
import { ROOT } from "../scripts/workspace.ts";
import { IMPORTS, personaModule } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";

// Walks the README and the guide command by command, wrong turns included, and compares what is printed with what they say.

const LAMBDA = "@personakit/persona-backend-developer-lambda";
const AGENT = ".claude/agents/backend-developer-lambda.md";
const newProject = packPackages("personakit", LAMBDA, "@personakit/persona-backend-developer-nextjs");

/** A command of a page, and what happens where it is run; or why it is not run here. */
type Step = readonly [command: string, walk: (() => void) | string];

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** Every command of a page: the lines of its blocks of commands, and inline code that calls one with arguments. */
function commandsIn(page: string): string[] {
  const blocks = [...page.matchAll(/^```(?:sh|text)\n([\s\S]*?)^```$/gm)].flatMap(([, text = ""]) => text.split("\n"));
  const lines = blocks.filter((line) => /^(?:npx|npm|pnpm|personakit) /.test(line));
  const prose = page.replace(/^```[\s\S]*?^```$/gm, "").replace(/\s+/g, " ");
  const names = Object.keys(COMMANDS).join("|");
  const inline = prose.matchAll(
    new RegExp(`\`((?:npx )?(?:personakit )?(?:${names}) [^\`]+|npx personakit \\w+)\``, "g"),
  );
  return [...new Set([...lines, ...[...inline].map(([, command = ""]) => command)])];
}

/** The code blocks of a page that are neither commands nor walked elsewhere, by their first line. */
function blocksIn(page: string): { readonly language: string; readonly text: string }[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", text = ""]) => ({ language, text }));
}

/** Which test reads the blocks of a language, on both pages. */
const READ_BY: { readonly [language: string]: readonly [file: string, words: string] } = {
  ts: ["test/readme.test.ts", 'blocks("ts")'],
  js: ["test/walk.test.ts", 'language === "js"'],
  json: ["test/readme.test.ts", 'blocksOf("json")'],
  jsonc: ["test/task-graph.test.ts", "docs/using.md"],
  yaml: ["test/workflows.test.ts", "docs/using.md"],
  html: ["test/doctor.test.ts", 'language === "html"'],
};

/** Runs a command line of a page in a project. */
function type(project: Project, command: string) {
  return project.run(
    ...command
      .replace(/^npx /, "")
      .replace(/^personakit /, "")
      .split(" "),
  );
}

/** That a page says something, in these words, so that the claim and its check stay together. */
function says(page: string, words: string): void {
  expect(page.replace(/\s+/g, " ")).toContain(words);
}

function walk(page: string, steps: readonly Step[]): void {
  test.each(steps)("%s", (command, step) => {
    if (typeof step === "string") expect(existsSync(join(ROOT, step.split(":")[0] ?? "")), step).toBe(true);
    else step();
    expect(commandsIn(page)).toContain(command);
  });

  test("has no command that is not walked", () => {
    const walked = steps.map(([command]) => command);
    expect(commandsIn(page).filter((command) => !walked.includes(command))).toEqual([]);
  });

  test("has no other code that no test reads", () => {
    for (const { language, text } of blocksIn(page)) {
      if (language === "sh" || language === "text") continue;
      const [file = "", words = ""] = READ_BY[language] ?? [];
      expect(file, text).not.toBe("");
      expect(read(file)).toContain(words);
    }
  });
}

describe("the README", () => {
  const page = read("README.md");
  const added = newProject();
  const configured = newProject();
  configured.write("package.json", { type: "module" });

  walk(page, [
    ["npx -y pnpm@12 demo", "test/readme.test.ts: it is a script of this repository, and installs the toolchain first"],
    ["npx -y pnpm@12 test", "test/readme.test.ts: it is what runs this file"],
    ["npx personakit doctor", "test/doctor.test.ts: it needs files that tools drop"],
    ["npx personakit import", "test/import.test.ts: it walks the page about your own files"],
    [
      `npx personakit add ${LAMBDA}`,
      () => {
        says(page, "finds the tools that you use, shows what it will write and how many tokens that takes");
        added.write("CLAUDE.md", "# Mine\n");
        const { code, out } = type(added, `personakit add ${LAMBDA}`);
        expect(code).toBe(0);
        expect(out).toMatch(/^Found: Claude Code \(CLAUDE\.md\)$/m);
        expect(out).toMatch(new RegExp(`^ {2}${AGENT} +\\d+ tokens {2}new$`, "m"));
      },
    ],
    [
      "npx personakit check",
      () => {
        says(page, "`npx personakit check` finds files that were changed by hand");
        expect(type(added, "npx personakit check")).toMatchObject({
          code: 0,
          out: expect.stringContaining("no drift"),
        });
        const built = added.read(AGENT);
        added.write(AGENT, `${built}Mine.\n`);
        const { code, out } = type(added, "npx personakit check");
        expect(code).toBe(1);
        expect(out).toContain(`${AGENT}: was changed by hand`);
        expect(out).toContain("\n+Mine.\n");
        added.write(AGENT, built);
      },
    ],
    [
      "explain .claude/agents/backend-developer-lambda.md:40",
      () => {
        says(page, "shows which rule a line comes from, and `remove` deletes everything again");
        const { code, out } = type(added, `explain ${AGENT}:40`);
        expect(code).toBe(0);
        expect(out).toMatch(/^rule +[\w-]+\/\w+ \((?:must|should|may|table)\)$/m);
        expect(out).toMatch(/^fragment +[\w-]+@\d+\.\d+\.\d+$/m);
        expect(type(added, "remove backend-developer-lambda").code).toBe(0);
        expect(added.files()).toEqual(["CLAUDE.md"]);
      },
    ],
    [
      "npx personakit init",
      () => {
        says(
          page,
          "proposes personas with their parameters filled in, writes `personakit.config.ts`, and tells you what to install",
        );
        expect(type(configured, "npx personakit build")).toMatchObject({
          code: 2,
          err: expect.stringContaining("Run personakit init"),
        });
        configured.write("package.json", {
          type: "module",
          dependencies: { "aws-cdk-lib": "2" },
          devDependencies: { jest: "30" },
        });
        const { code, out } = type(configured, "npx personakit init");
        expect(code).toBe(0);
        expect(out).toMatch(/^Proposed: @personakit\/persona-/m);
        expect(out).toMatch(/^Written\. Next:\n {2}npm install .*personakit/m);
        expect(configured.read("personakit.config.ts")).toContain('runner: "jest"');
      },
    ],
    [
      "npx personakit build",
      () => {
        says(page, "`build` writes the files and records them in `personakit.lock.json`");
        configured.write("personakit.config.ts", `export default { personas: ["${LAMBDA}"] };\n`);
        expect(type(configured, "npx personakit build").code).toBe(0);
        expect(configured.files()).toEqual(expect.arrayContaining([AGENT, "personakit.lock.json"]));
      },
    ],
    [
      "npx personakit check --frozen",
      () => {
        says(page, "exits with 1 and a diff when a file or a version has drifted, and with 2 when the input is wrong");
        expect(type(configured, "npx personakit check --frozen").code).toBe(0);
        const built = configured.read(AGENT);
        configured.write(AGENT, built.replace("# AWS", "# My AWS"));
        const drifted = type(configured, "npx personakit check --frozen");
        expect(drifted.code).toBe(1);
        expect(drifted.out).toMatch(/^-# AWS.*\n\+# My AWS/m);
        configured.write(AGENT, built);
        expect(type(configured, "npx personakit check ./nothing-here.ts").code).toBe(2);
      },
    ],
    [
      "npx personakit targets",
      () => {
        const [, count = ""] = /shows all (\d+) targets/.exec(page) ?? [];
        const { targets } = JSON.parse(configured.run("targets", "--json").out);
        expect(targets).toHaveLength(Number(count));
        for (const { id } of targets) expect(type(configured, "npx personakit targets").out).toContain(`\n${id} `);
        says(
          page,
          "`build` tells you what each target leaves out. It never drops a restriction, and with `--strict` it drops nothing",
        );
        expect(configured.run("build", LAMBDA, "--target", "cursor-agent").out).toContain("\n  cursor-agent  model ");
        expect(configured.run("build", LAMBDA, "--target", "cursor-agent", "--strict").code).toBe(2);
      },
    ],
    [
      "npx personakit build personas/payments.mts",
      () => {
        const [code = ""] = blocksIn(page).flatMap(({ language, text }) => (language === "ts" ? [text] : []));
        configured.write("personas/payments.mts", code);
        expect(type(configured, "npx personakit build personas/payments.mts").code).toBe(0);
        expect(configured.files()).toContain(".claude/agents/payments-backend.md");
      },
    ],
    [
      "npx personakit update",
      () => {
        says(page, "`npx personakit update` shows you which of them now have a different base");
        expect(type(configured, "npx personakit update")).toMatchObject({
          code: 0,
          out: expect.stringContaining("Nothing has changed since the last build."),
        });
      },
    ],
  ]);
});

describe("the guide", () => {
  const page = read("docs/using.md");
  const added = newProject();
  const configured = newProject();
  configured.write("package.json", { type: "module" });
  const NEXTJS = "npx personakit add @personakit/persona-backend-developer-nextjs";
  const NEXTJS_AGENT = ".claude/agents/backend-developer-nextjs.md";

  walk(page, [
    ...["npx personakit import", "npx personakit import --typescript <file>"].map(
      (command): Step => [command, "test/import.test.ts: it walks the page about your own files"],
    ),
    ...[
      "extract --dry-run",
      "check --copies",
      "npx personakit extract --dry-run",
      "npx personakit extract gates",
      "npx personakit extract gates --take agents/reviewer.md",
      "npx personakit check --copies --base main",
      "npx personakit check --copies --base HEAD",
    ].map((command): Step => [command, "test/extract.test.ts: it needs copies in a git repository"]),
    ...[
      "npx personakit doctor",
      "npx personakit doctor --fix --dry-run",
      "npx personakit doctor .claude --only load,cut",
      "npx personakit doctor --only load,cut",
      "check --doctor",
    ].map((command): Step => [command, "test/doctor.test.ts: it needs files that tools drop"]),
    ...[
      "npx personakit context",
      "npx personakit context --tool claude-code --cwd packages/api --for packages/api/src/users.ts",
      "npx personakit context --max 8000",
      "npx personakit context --base origin/main --markdown",
    ].map((command): Step => [command, "test/context.test.ts: it needs the files of several tools"]),
    ["npx personakit preview", "test/preview.test.ts: it runs until it is stopped"],
    ["npx personakit preview packages/fragments packages/personas", "test/site.test.ts: it needs such packages"],
    ["npx personakit preview --out site --docs README.md,docs", "test/site.test.ts: it needs a README.md and docs"],
    [
      NEXTJS,
      () => {
        says(page, "If a file of yours is already there, `add` stops with exit code 1 and writes nothing");
        added.write(NEXTJS_AGENT, "Mine.\n");
        for (const command of [NEXTJS, `${NEXTJS} --dry-run`]) {
          const { code, err } = type(added, command);
          expect(code).toBe(1);
          expect(err).toContain(`${NEXTJS_AGENT}: is your own file`);
          expect(added.files()).toEqual([NEXTJS_AGENT]);
        }
      },
    ],
    [
      "personakit add <package> --as <name>",
      () => {
        says(page, "keep both, with another name for the persona");
        expect(type(added, `${NEXTJS} --as web-backend`).code).toBe(0);
        expect(added.read(NEXTJS_AGENT)).toBe("Mine.\n");
        expect(added.files()).toContain(".claude/agents/web-backend.md");
        says(page, "your file is kept beside the new one as `<file>.orig`");
        expect(type(added, `${NEXTJS} --force`).err).toContain(`${NEXTJS_AGENT}.orig`);
        expect(added.read(`${NEXTJS_AGENT}.orig`)).toBe("Mine.\n");
        says(page, "`personakit remove` deletes exactly what was written");
        expect(added.run("remove", "web-backend", "backend-developer-nextjs").code).toBe(0);
        expect(added.files()).toEqual([`${NEXTJS_AGENT}.orig`]);
      },
    ],
    [
      "personakit targets claude-agent",
      () => {
        const listed = type(configured, "npx personakit targets claude-agent").out;
        for (const field of ["maxTurns", "effort", "permissionMode"]) expect(listed).toContain(field);
      },
    ],
    [
      "npx personakit add next.js webhooks",
      () => {
        says(page, "prints the best matches with their tokens and the line that adds them, and exits with 2");
        const { code, out } = type(newProject(), "npx personakit add next.js webhooks");
        expect(code).toBe(2);
        expect(out).toMatch(/persona-backend-developer-nextjs +\d+ tokens/);
        expect(out).toContain("npx personakit add @personakit/persona-backend-developer-nextjs");
      },
    ],
    [
      "add backend-developer-nextjs",
      () => {
        says(page, "also answers to its short name");
        const { code, out } = type(newProject(), "add backend-developer-nextjs");
        expect(code).toBe(0);
        expect(out).toContain("@personakit/persona-backend-developer-nextjs@");
      },
    ],
    [
      "npx personakit add backend-developer-nextjs --set testing-standards.coverage=90",
      () => {
        const fresh = newProject();
        fresh.write("package.json", { type: "module" });
        expect(
          type(fresh, "npx personakit add backend-developer-nextjs --set testing-standards.coverage=90").code,
        ).toBe(0);
        says(page, "so `--set` writes `personakit.config.json` instead of the files");
        expect(fresh.files()).toEqual(["package.json", "personakit.config.json"]);
        expect(fresh.read("personakit.config.json")).toContain('"coverage": 90');
        expect(type(fresh, "npx personakit build").code).toBe(0);
      },
    ],
    [
      "npm install --save-dev personakit @personakit/persona-backend-developer-nextjs",
      "test/use.test.ts: it asks a registry",
    ],
    ...[
      "npx personakit override .claude/agents/payments-backend.md",
      'npx personakit override .claude/agents/payments-backend.md --reason "Token authentication only, no cookies."',
      "personakit override <file>",
      "personakit override <file> ./personas/payments.ts",
    ].map((command): Step => [command, "test/override.test.ts: each form has a project of its own there"]),
    ...["update --dry-run", "update --latest"].map(
      (command): Step => [command, "test/versions.test.ts: it asks a registry"],
    ),
    ...[
      "npx personakit new persona code-reviewer",
      "new persona code-reviewer",
      "new persona code-reviewer --file",
      "new fragment caching",
      "new target acme-agent",
    ].map(
      (command): Step => [
        command,
        () => {
          const fresh = newProject();
          expect(type(fresh, command).code).toBe(0);
          says(page, "It never overwrites a file");
          const written = fresh.files();
          expect(type(fresh, command).code).toBe(2);
          expect(fresh.files()).toEqual(written);
        },
      ],
    ),
    [
      "npx personakit init",
      () => {
        says(page, "in a project with only a front end, `init` says that none fits and writes nothing");
        configured.write("package.json", { dependencies: { react: "19" } });
        expect(type(configured, "npx personakit init")).toMatchObject({
          code: 2,
          err: expect.stringContaining("react"),
        });
        expect(configured.files()).toEqual(["package.json"]);
        configured.write("package.json", { type: "module" });
        expect(type(configured, "npx personakit init --dry-run").code).toBe(0);
      },
    ],
    [`npm install --save-dev personakit @personakit/core ${LAMBDA}`, "test/use.test.ts: it asks a registry"],
    [
      "npx personakit build",
      () => {
        const [config = ""] = blocksIn(page).flatMap(({ language, text }) => (language === "ts" ? [text] : []));
        configured.write("personakit.config.mts", config);
        expect(type(configured, "npx personakit build")).toMatchObject({ code: 0, err: "" });
        expect(configured.read("services/api/AGENTS.md")).toContain("<!-- personakit:begin api-backend -->");
        says(page, "`build` writes what differs, and nothing else");
        expect(type(configured, "npx personakit build").out).toContain("nothing has changed");
      },
    ],
    ["build --watch", "test/project.test.ts: it runs until somebody stops it"],
    [
      "personakit build --force",
      () => {
        says(page, "`build` stops with exit code 1, writes nothing and shows the change");
        const built = configured.read(AGENT);
        configured.write(AGENT, `${built}Mine.\n`);
        const refused = type(configured, "personakit build");
        expect(refused.code).toBe(1);
        expect(refused.err).toContain("\n+Mine.\n");
        says(page, "your change is lost");
        expect(type(configured, "personakit build --force").code).toBe(0);
        expect(configured.read(AGENT)).toBe(built);
      },
    ],
    [
      "personakit eject <file>",
      () => {
        says(page, "the file is yours from then on, and `build` and `check` leave it alone");
        expect(type(configured, `personakit eject ${AGENT}`).code).toBe(0);
        configured.write(AGENT, `${configured.read(AGENT)}Mine.\n`);
        expect(type(configured, "personakit build").out).toContain(`ejected: ${AGENT}`);
        expect(type(configured, "personakit check").code).toBe(0);
        expect(configured.read(AGENT)).toMatch(/Mine\.\n$/);
        expect(type(configured, "personakit list").out).toMatch(new RegExp(`${AGENT} +ejected`));
        expect(type(configured, `personakit eject ${AGENT}`)).toMatchObject({ code: 2 });
      },
    ],
    [
      "personakit eject --undo <file>",
      () => {
        expect(type(configured, `personakit eject --undo ${AGENT}`).code).toBe(0);
        expect(type(configured, "personakit build").code).toBe(1);
        expect(type(configured, "personakit build --force").code).toBe(0);
        expect(configured.read(`${AGENT}.orig`)).toMatch(/Mine\.\n$/);
        rmSync(configured.at(`${AGENT}.orig`));
      },
    ],
    [
      "personakit list --json",
      () => {
        says(page, "`personakit list --json` shows these as `dated`");
        const { personas } = JSON.parse(type(configured, "personakit list --json").out);
        expect(personas[0].dated.length).toBeGreaterThan(0);
      },
    ],
    [
      "personakit list --on 2027-06-30",
      () => {
        expect(type(configured, "personakit list --on 2027-06-30").code).toBe(0);
        expect(type(configured, "personakit list --on tomorrow").code).toBe(2);
      },
    ],
    ["npm update", "test/use.test.ts: it asks a registry"],
    [
      "npx personakit update",
      () => {
        expect(type(configured, "npx personakit update").out).toBe("Nothing has changed since the last build.\n");
        expect(type(newProject(), "npx personakit update").code).toBe(2);
      },
    ],
    ["personakit diff <package>@1.2.0 <package>@1.3.0", "test/use.test.ts: it asks a registry"],
    [
      "personakit explain <file>:<line>",
      () => {
        says(page, "says where a line comes from: rule, strength, `fragment@version`, persona, who overrode it");
        const file = ".claude/agents/payments-backend.md";
        const lines = configured.read(file).split("\n");
        const line = lines.findIndex((each) => each.includes("ask before you take a container")) + 1;
        const { code, out } = type(configured, `personakit explain ${file}:${line}`);
        expect(code).toBe(0);
        for (const word of ["focus/serverlessFirst (must)", "changed by", "payments-backend"])
          expect(out).toContain(word);
        expect(type(configured, `personakit explain ${file}`).code).toBe(2);
        expect(type(configured, "personakit explain package.json:1").code).toBe(2);
      },
    ],
    [
      "personakit check --frozen --format github",
      () => {
        says(page, "Each finding is an annotation at its line");
        rmSync(configured.at(AGENT));
        const { code, out } = type(configured, "personakit check --frozen --format github");
        expect(code).toBe(1);
        expect(out).toContain(`::error file=${AGENT},line=1,`);
      },
    ],
    [
      "npx personakit check --format sarif > personakit.sarif",
      () => {
        const { code, out } = type(configured, "npx personakit check --format sarif");
        expect(code).toBe(1);
        expect(JSON.parse(out).runs[0].results[0].ruleId).toBe("missing");
        type(configured, "npx personakit build");
      },
    ],
    [
      "npx personakit pack .",
      () => {
        says(page, "`pack` writes the skill and the compiled document into the package's folder");
        const author = newProject();
        const [, exported = ""] =
          /^\{\n {2}("exports": .*)\n/m.exec(page.slice(page.indexOf("personakit pack ."))) ?? [];
        author.write(
          "package.json",
          `{ "name": "@acme/one", "version": "1.0.0", "type": "module", ${exported} "files": [] }`,
        );
        author.write("dist/index.js", personaModule("one", { more: 'version: "1.0.0",' }));
        expect(type(author, "npx personakit pack .")).toMatchObject({ code: 0, err: "" });
        expect(author.files()).toEqual(expect.arrayContaining(["dist/document.json", "skills/one/SKILL.md"]));
        // The page's own module, with the parts that it leaves out.
        const [reviewer = ""] = blocksIn(page).flatMap(({ language, text }) => (language === "js" ? [text] : []));
        const parts = ', title: "T", role: "R.", description: { does: "D.", when: "W.", notFor: "N." }, use: [own]';
        const own = 'const own = section({ id: "own", title: "Own", rules: { a: must("A.") } });\n';
        author.write(
          "dist/index.js",
          `${IMPORTS}${own}${reviewer.replace("./package.json", "../package.json").replace("/* ... */", parts)}`,
        );
        expect(type(author, "npx personakit pack .")).toMatchObject({ code: 0, err: "" });
        expect(author.files()).toContain("skills/acme-reviewer/SKILL.md");
        says(page, "so that `personakit add` takes it without running it");
        author.write("dist/index.js", "throw new Error();");
        expect(newProject().run("add", author.folder)).toMatchObject({ code: 0, err: "" });
      },
    ],
    [
      "npx personakit check --workspace --frozen",
      () => {
        const monorepo = newProject();
        expect(type(monorepo, "npx personakit check --workspace --frozen").code).toBe(2);
        monorepo.write("package.json", { workspaces: ["packages/*"] });
        for (const id of ["a", "b"]) {
          monorepo.write(`packages/${id}/package.json`, { type: "module" });
          monorepo.write(`packages/${id}/${id}.js`, personaModule(id));
          monorepo.write(`packages/${id}/personakit.config.json`, { personas: [`./${id}.js`] });
        }
        monorepo.run("build", "--workspace");
        const { code, out } = type(monorepo, "npx personakit check --workspace --frozen");
        expect(code).toBe(0);
        says(page, "Text output names each package first");
        expect(out).toMatch(/^packages\/a:\n[\s\S]*^packages\/b:\n/m);
        rmSync(monorepo.at("packages/a/.claude"), { recursive: true });
        says(page, "the exit code is the highest of all");
        expect(type(monorepo, "npx personakit check --workspace --frozen").code).toBe(1);
      },
    ],
  ]);
});
