import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { beyond, differences } from "../compare.ts";
import { linesOf, readAll, readJson, readJsonLines } from "../output.ts";
import type { Loaded, Session } from "../session.ts";

/** The first event of a conversation. */
const init = z.object({ subtype: z.literal("init"), agents: z.array(z.string()), skills: z.array(z.string()) });

/** The line of a transcript that hands an output style to the model. */
const styleInUse = z.object({
  attachment: z.object({
    type: z.literal("output_style_instructions"),
    style: z.object({ name: z.string(), prompt: z.string().min(1) }),
  }),
});

const issues = z.array(z.object({ path: z.string(), message: z.string() }));
const validated = z.object({ file: z.string(), errors: issues, warnings: issues });
const validation = z.object({
  success: z.boolean(),
  target: z.string(),
  manifest: validated.nullable(),
  contents: z.array(validated),
});

interface Conversation {
  readonly agents: readonly string[];
  readonly skills: readonly string[];
  /** The log at its most talkative. */
  readonly log: readonly string[];
  readonly styles: readonly string[];
}

/** Agents and skills by the first event of a conversation; plugins and output styles as problems where they are missing. */
export async function loadClaude(session: Session): Promise<Loaded> {
  const { project, personas } = session;
  const plugins = readdirSync(join(project, "plugins")).map((name) => join("plugins", name));
  const own = await converse(session, session.empty, []);
  const here = await converse(
    session,
    project,
    plugins.flatMap((path) => ["--plugin-dir", path]),
  );
  const agents = beyond(here.agents, own.agents);
  const skills = beyond(here.skills, own.skills);
  const isOfPlugin = (name: string) => name.includes(":");
  const namesOfPlugins = personas.map((name) => `${name}:${name}`);
  return {
    agents: agents.filter((name) => !isOfPlugin(name)),
    skills: skills.filter((name) => !isOfPlugin(name)),
    problems: [
      ...differences("plugin's agent", agents.filter(isOfPlugin), namesOfPlugins),
      ...differences("plugin's skill", skills.filter(isOfPlugin), namesOfPlugins),
      ...(await checkStyles(session)),
      ...complaintsIn(here.log, project),
      ...(await validate(session, [".claude", ".", ...plugins])),
    ],
  };
}

/** Says one word. There is no log-in, so the conversation ends after it has begun, with everything loaded. */
async function converse(session: Session, cwd: string, options: readonly string[]): Promise<Conversation> {
  const home = session.home();
  const logFile = join(home, "debug.log");
  const args = ["-p", "hi", "--output-format", "stream-json", "--verbose", "--debug-file", logFile, ...options];
  const { stdout, stderr } = await session.run(args, { cwd, home });
  const [begun] = readJsonLines(init, stdout);
  if (begun === undefined) throw new Error(`no conversation: ${stderr}${stdout}`);
  const transcript = readAll(join(home, ".claude", "projects"), ".jsonl").join("\n");
  return {
    ...begun,
    log: linesOf(readFileSync(logFile, "utf8")),
    styles: readJsonLines(styleInUse, transcript).map(({ attachment }) => attachment.style.name),
  };
}

/** An output style is listed nowhere: choose each in turn, and see whether the model would be given it. */
async function checkStyles(session: Session): Promise<string[]> {
  const problems: string[] = [];
  for (const name of session.personas) {
    const settings = JSON.stringify({ outputStyle: name });
    const { styles } = await converse(session, session.project, ["--settings", settings]);
    problems.push(...differences("output style", styles, [name]));
  }
  return problems;
}

/** What the log says against a file of the project. Some refusals are logged for debugging only. */
function complaintsIn(log: readonly string[], project: string): string[] {
  return log.flatMap((line) => {
    const [, level, text = ""] = /\[(ERROR|WARN|DEBUG)\] (.*)/.exec(line) ?? [];
    if (level === undefined || !text.includes(project)) return [];
    return level === "DEBUG" && !/\b(?:failed to parse|invalid|duplicate)\b/i.test(text) ? [] : [text];
  });
}

async function validate(session: Session, paths: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const path of paths) {
    const { success, manifest, contents } = readJson(
      validation,
      await session.run(["plugin", "validate", "--strict", "--json", path]),
    );
    const found = [...(manifest === null ? [] : [manifest]), ...contents].flatMap(({ file, errors, warnings }) =>
      [...errors, ...warnings].map((issue) => `${file}: ${issue.path}: ${issue.message}`),
    );
    problems.push(...(success || found.length > 0 ? found : [`${path}: validation failed`]));
  }
  return problems;
}
