import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadClaude } from "./load/claude.ts";
import { loadCodex } from "./load/codex.ts";
import { loadCopilot } from "./load/copilot.ts";
import { loadGemini } from "./load/gemini.ts";
import { loadOpencode } from "./load/opencode.ts";
import { loadQwen } from "./load/qwen.ts";
import { loadSkills, loadSkillsRef } from "./load/skills.ts";
import type { Loaded, Session } from "./session.ts";

/** When the clients were last run at these versions. */
export const CHECKED = "2026-11-21";

/** What npm installs. */
export interface Installable {
  /** Its command, the word for it on our command line, and its folder among the installed. */
  readonly id: string;
  /** On npm. */
  readonly package: string;
  /** Pinned: what we read, such as logs and transcripts, is promised by no one. */
  readonly version: string;
}

/** A command-line tool that reads files of ours. */
export interface Client extends Installable {
  readonly tool: string;
  readonly reads: Reads;
  readonly load: (session: Session) => Promise<Loaded>;
}

/** The targets that a client reads, by what it makes of them. */
export interface Reads {
  readonly agents?: string;
  readonly skills?: string;
  /** What it neither counts as agents nor as skills: a loader reports what is missing as a problem. */
  readonly others?: readonly string[];
  /** The same, of one persona only: more do not fit. */
  readonly single?: string;
}

/** Every client that can be asked what it has loaded without an account. */
export const clients: readonly Client[] = [
  {
    id: "claude",
    tool: "Claude Code",
    package: "@anthropic-ai/claude-code",
    version: "2.1.329",
    reads: { agents: "claude-agent", skills: "claude-skill", others: ["claude-plugin", "claude-output-style"] },
    load: loadClaude,
  },
  {
    id: "opencode",
    tool: "OpenCode",
    package: "opencode-ai",
    version: "1.18.33",
    reads: { agents: "opencode-agent", skills: "agent-skill" },
    load: loadOpencode,
  },
  {
    id: "codex",
    tool: "Codex",
    package: "@openai/codex",
    version: "0.169.0",
    reads: { agents: "codex-agent", skills: "agent-skill", single: "agents-md" },
    load: loadCodex,
  },
  {
    id: "gemini",
    tool: "Gemini CLI",
    package: "@google/gemini-cli",
    version: "0.61.0",
    reads: { agents: "gemini-agent", skills: "agent-skill" },
    load: loadGemini,
  },
  {
    id: "copilot",
    tool: "GitHub Copilot",
    package: "@github/copilot",
    version: "1.0.102",
    reads: { agents: "copilot-agent", skills: "agent-skill", others: ["copilot-instructions"] },
    load: loadCopilot,
  },
  {
    id: "qwen",
    tool: "Qwen Code",
    package: "@qwen-code/qwen-code",
    version: "0.24.4",
    reads: { agents: "qwen-agent" },
    load: loadQwen,
  },
  {
    id: "skills",
    tool: "skills",
    package: "skills",
    version: "1.7.4",
    reads: { skills: "agent-skill" },
    load: loadSkills,
  },
  {
    id: "skills-ref",
    tool: "skills-ref",
    package: "skills-ref",
    version: "0.1.5",
    reads: { skills: "agent-skill" },
    load: loadSkillsRef,
  },
];

/** The targets of which a client gets every persona. */
export function targetsOf({ reads: { agents, skills, others = [] } }: Client): string[] {
  return [agents, skills, ...others].filter((id) => id !== undefined);
}

/** Installs a client below a folder, unless its version is there, and returns the path of its command. */
export function install(client: Installable, folder: string): string {
  const own = join(folder, client.id);
  if (versionIn(own, client) !== client.version) {
    mkdirSync(own, { recursive: true });
    // Without a manifest of its own, npm would take the nearest one above.
    writeFileSync(join(own, "package.json"), '{ "private": true }\n');
    const options = ["--prefix", own, "--save-exact", "--no-audit", "--no-fund", "--loglevel", "error"];
    execFileSync("npm", ["install", ...options, `${client.package}@${client.version}`], {
      cwd: own,
      stdio: ["ignore", "ignore", "pipe"],
      timeout: 600_000,
    });
  }
  return join(own, "node_modules/.bin", client.id);
}

function versionIn(folder: string, client: Installable): string | undefined {
  const manifest = join(folder, "node_modules", client.package, "package.json");
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : undefined;
}
