// Where each tool keeps its sources, how it is run, and how many files it must write.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packPackages } from "../../test/installed.ts";
import { type Input, PATHS, type Source } from "./input.ts";

/** A program that turns N agents and N rules into files for Claude Code, Cursor and GitHub Copilot. */
export interface Tool {
  readonly name: string;
  readonly kind: "floor" | "competitor" | "own";
  /** Takes so long that a large size gets fewer rounds. */
  readonly slow?: boolean;
  /** Arguments of Node: the program and its own arguments. */
  readonly build: readonly string[];
  /** Absent: the tool cannot check. */
  readonly check?: readonly string[];
  /** The sources, by path in an empty folder. Whatever else is there after a build was written by the tool. */
  sources(input: Input): { readonly [path: string]: string };
  /** How many files a cold build writes. */
  files(count: number): number;
}

const VERSIONS = { rulesync: "17.0.0", "@intellectronica/ruler": "0.3.44", bluetemberg: "0.12.1" };

/** Every tool. Competitors are installed into `folder` when their versions are not there yet. */
export function makeTools(folder: string): Tool[] {
  installTools(folder, VERSIONS);
  const program = (name: keyof typeof VERSIONS) => join(folder, "node_modules", name, binOf(folder, name));
  return [
    floor(),
    rulesync(program("rulesync")),
    ruler(program("@intellectronica/ruler")),
    bluetemberg(program),
    ...own(),
  ];
}

function floor(): Tool {
  const program = join(import.meta.dirname, "floor.mjs");
  return {
    name: "floor (bytes only)",
    kind: "floor",
    build: [program],
    check: [program, "check"],
    sources: ({ agents, rules }) => ({
      ...markdown("agents", agents, ({ id, description }) => ({ name: id, description })),
      ...markdown("rules", rules, ({ description }) => ({ description, paths: [PATHS] })),
    }),
    files: (count) => 6 * count,
  };
}

function rulesync(program: string): Tool {
  return {
    name: `rulesync ${VERSIONS.rulesync}`,
    kind: "competitor",
    slow: true,
    build: [program, "generate"],
    check: [program, "generate", "--check"],
    sources: ({ agents, rules }) => ({
      "rulesync.jsonc": json({ targets: ["claudecode", "cursor", "copilot"], features: ["rules", "subagents"] }),
      ...markdown(".rulesync/subagents", agents, ({ id, description }) => ({ name: id, targets: ["*"], description })),
      ...markdown(".rulesync/rules", rules, ({ description }) => ({
        root: false,
        targets: ["*"],
        description,
        globs: [PATHS],
      })),
    }),
    files: (count) => 6 * count,
  };
}

function ruler(program: string): Tool {
  // What is not asked of the others is off: MCP, skills, backups and .gitignore.
  const off = ["--no-mcp", "--no-skills", "--no-backup", "--no-gitignore"];
  return {
    name: `ruler ${VERSIONS["@intellectronica/ruler"]}`,
    kind: "competitor",
    build: [program, "apply", "--local-only", "--subagents", ...off],
    sources: ({ agents, rules }) => ({
      ".ruler/ruler.toml": 'default_agents = ["claude", "cursor", "copilot"]\n',
      ...markdown(".ruler/agents", agents, ({ id, description }) => ({ name: id, description })),
      ...Object.fromEntries(rules.map(({ id, body }) => [`.ruler/${id}.md`, body])),
    }),
    // It joins all rules into CLAUDE.md and AGENTS.md.
    files: (count) => 3 * count + 2,
  };
}

function bluetemberg(program: (name: "bluetemberg") => string): Tool {
  const layout = (folder: string, extension: string) => ({ dir: folder, ext: extension });
  return {
    name: `bluetemberg ${VERSIONS.bluetemberg}`,
    kind: "competitor",
    build: [program("bluetemberg"), "sync"],
    check: [program("bluetemberg"), "sync", "--check"],
    sources: ({ agents, rules }) => ({
      "bluetemberg.config.json": json({
        platforms: ["claude", "cursor", "copilot"],
        source: "llm",
        targets: {
          agents: {
            claude: layout(".claude/agents", ".md"),
            cursor: layout(".cursor/agents", ".md"),
            copilot: layout(".github/agents", ".agent.md"),
          },
          rules: {
            claude: layout(".claude/rules", ".md"),
            cursor: layout(".cursor/rules", ".mdc"),
            copilot: layout(".github/instructions", ".instructions.md"),
          },
          skills: {},
        },
      }),
      ...markdown("llm/agents", agents, ({ id, description }) => ({ name: id, description })),
      ...markdown("llm/rules", rules, ({ description }) => ({ description, scope: PATHS })),
    }),
    files: (count) => 6 * count,
  };
}

/** All that is PersonaKit's own: sources, commands and the number of files. */
function own(): Tool[] {
  // As a user has it: in the workspace it would load the sources of its own packages.
  const program = join(packPackages("personakit")().folder, "node_modules/personakit/dist/bin.js");
  const targets = {
    agents: ["claude-agent", "cursor-agent", "copilot-agent"],
    rules: ["claude-rule", "cursor-rule", "copilot-instructions"],
  };
  const compiled: Tool = {
    name: "PersonaKit",
    kind: "own",
    build: [program, "build"],
    check: [program, "check"],
    sources: (input) => {
      const all = (["agents", "rules"] as const).flatMap((folder) =>
        input[folder].map(({ id, document }) => ({ path: `${folder}/${id}.json`, document, targets: targets[folder] })),
      );
      return {
        "personakit.config.json": json({
          personas: all.map((each) => ({ persona: `./${each.path}`, targets: each.targets })),
        }),
        ...Object.fromEntries(all.map(({ path, document }) => [path, JSON.stringify(document)])),
      };
    },
    // And the lock file.
    files: (count) => 6 * count + 1,
  };
  const entries = (sources: readonly Source[], folder: keyof typeof targets, format: string) =>
    sources.map(({ id }) => ({ persona: `./${folder}/${id}.md`, format, targets: targets[folder] }));
  return [
    compiled,
    {
      ...compiled,
      // What the others read.
      name: "PersonaKit, from Markdown",
      sources: ({ agents, rules }) => ({
        "personakit.config.json": json({
          personas: [...entries(agents, "agents", "claude-agent"), ...entries(rules, "rules", "cursor-rule")],
        }),
        ...markdown("agents", agents, ({ id, description }) => ({ name: id, description })),
        ...markdown("rules", rules, ({ description }) => ({ description, globs: PATHS, alwaysApply: false })),
      }),
    },
  ];
}

/** Markdown files with front matter; a value as JSON is also YAML. */
function markdown(folder: string, sources: readonly Source[], data: (source: Source) => object) {
  return Object.fromEntries(
    sources.map((source) => {
      const lines = Object.entries(data(source)).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
      return [`${folder}/${source.id}.md`, `---\n${lines.join("")}---\n\n${source.body}`];
    }),
  );
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function manifestOf(folder: string, name: string): { version?: string; bin?: { [name: string]: string } } {
  const path = join(folder, "node_modules", name, "package.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

function binOf(folder: string, name: string): string {
  const path = Object.values(manifestOf(folder, name).bin ?? {})[0];
  if (path === undefined) throw new Error(`${name} has no program.`);
  return path;
}

/** Installs programs of others into `folder`, when these versions are not there yet. */
export function installTools(folder: string, versions: { readonly [name: string]: string }): void {
  const wanted = Object.entries(versions);
  if (wanted.every(([name, version]) => manifestOf(folder, name).version === version)) return;
  const names = wanted.map(([name, version]) => `${name}@${version}`);
  console.log(`Installing ${names.join(", ")} ...`);
  mkdirSync(folder, { recursive: true });
  // With a manifest of its own, npm installs here and not into the repository.
  writeFileSync(join(folder, "package.json"), json({ private: true }));
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", ["install", "--save-exact", ...quiet, ...names], {
    cwd: folder,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm install in ${folder} exited with ${status}`);
}

/** Writes files by path below a folder. */
export function writeAll(folder: string, files: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
