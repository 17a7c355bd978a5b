import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { beyond } from "../compare.ts";
import { readJson, readJsonLines } from "../output.ts";
import type { Loaded, Session } from "../session.ts";

/** What the server tells without being asked, before it answers. */
const warning = z.object({ method: z.literal("configWarning"), params: z.object({ summary: z.string() }) });

const skillAnswer = z.object({
  id: z.literal(1),
  result: z.object({
    data: z.array(
      z.object({
        skills: z.array(z.object({ name: z.string(), scope: z.string() })),
        errors: z.array(z.object({ path: z.string(), message: z.string() })),
      }),
    ),
  }),
});

/** Roles that Codex brings along. It shows them only beside others, so an empty project does not tell them. */
const OWN_ROLES = ["default", "explorer", "worker"];

/** Agents by the prompt that Codex would send, skills by its server; AGENTS.md as a problem unless the prompt has all of it. */
export async function loadCodex(session: Session): Promise<Loaded> {
  const { project, empty } = session;
  const prompt = await promptIn(session, project);
  const server = await askServer(session, project);
  const ownWarnings = (await askServer(session, empty)).warnings;
  const instructions = readFileSync(join(project, "AGENTS.md"), "utf8").trim();
  return {
    agents: beyond(rolesIn(prompt), OWN_ROLES),
    skills: server.skills,
    problems: [
      ...(prompt.some((text) => text.includes(instructions))
        ? []
        : ["AGENTS.md: is not in the prompt, or not all of it"]),
      ...server.errors,
      ...beyond(server.warnings, ownWarnings),
    ],
  };
}

/** Codex passes over the agents of a project that its user has not trusted. */
function trusting(session: Session, folder: string): string {
  const table = `[projects.${JSON.stringify(folder)}]\ntrust_level = "trusted"\n`;
  return session.home({ ".codex/config.toml": table });
}

/** Every text of the prompt that Codex would send. */
async function promptIn(session: Session, cwd: string): Promise<string[]> {
  const output = await session.run(["debug", "prompt-input", "hi"], { cwd, home: trusting(session, cwd) });
  return stringsIn(readJson(z.array(z.unknown()), output));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** The names in the description of the tool that starts an agent: each opens a block. */
function rolesIn(prompt: readonly string[]): string[] {
  const heading = "Available roles:";
  const [, list = ""] = prompt.find((text) => text.includes(heading))?.split(heading) ?? [];
  return [...list.matchAll(/^(\S+): \{$/gm)].map(([, name = ""]) => name);
}

async function askServer(session: Session, cwd: string) {
  const requests = [
    { id: 0, method: "initialize", params: { clientInfo: { name: "real-clients", title: "", version: "0" } } },
    { method: "initialized" },
    { id: 1, method: "skills/list", params: { cwds: [cwd], forceReload: true } },
  ];
  const { stdout } = await session.run(["app-server"], {
    cwd,
    home: trusting(session, cwd),
    input: requests.map((request) => `${JSON.stringify(request)}\n`).join(""),
    until: (text) => readJsonLines(skillAnswer, text).length > 0,
  });
  const answers = readJsonLines(skillAnswer, stdout).flatMap(({ result }) => result.data);
  if (answers.length === 0) throw new Error(`the server did not list skills: ${stdout}`);
  return {
    skills: answers.flatMap(({ skills }) => skills.filter(({ scope }) => scope === "repo").map(({ name }) => name)),
    errors: answers.flatMap(({ errors }) => errors.map(({ path, message }) => `${path}: ${message}`)),
    warnings: readJsonLines(warning, stdout).map(({ params }) => params.summary.trim()),
  };
}
