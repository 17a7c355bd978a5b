import { z } from "zod";
import { NOWHERE } from "../command.ts";
import { differences } from "../compare.ts";
import { linesOf, readJson, readJsonLines } from "../output.ts";
import type { Loaded, Session } from "../session.ts";

const named = z.array(z.object({ name: z.string(), source: z.string() }));
const instructionList = z.array(z.object({ label: z.string() }));
const agentEvent = z.object({
  type: z.literal("session.custom_agents_updated"),
  data: z.object({ agents: named, errors: z.array(z.unknown()), warnings: z.array(z.unknown()) }),
});

/** Documented as the way to work without an account. */
const ENV = {
  COPILOT_OFFLINE: "true",
  COPILOT_PROVIDER_BASE_URL: `${NOWHERE}/v1`,
  COPILOT_MODEL: "stub",
  COPILOT_AUTO_UPDATE: "false",
};

/** Agents by an event of a conversation, skills by their list; instructions as problems where they are missing. */
export async function loadCopilot(session: Session): Promise<Loaded> {
  // One home for all: Copilot unpacks itself into each.
  const home = session.home();
  const listed = await session.run(["skill", "list", "--json"], { home, env: ENV });
  const instructions = await session.run(["instruction", "list", "--json"], { home, env: ENV });
  const { agents, errors, warnings } = await agentsOf(session, home);
  return {
    agents: notBuiltIn(agents),
    skills: notBuiltIn(readJson(named, listed)),
    problems: [
      ...differences(
        "instructions",
        readJson(instructionList, instructions).map(({ label }) => label),
        session.personas.map((name) => `${name}.instructions.md`),
      ),
      ...linesOf(listed.stderr),
      ...[...errors, ...warnings].map(asText),
    ],
  };
}

function notBuiltIn(all: z.infer<typeof named>): string[] {
  return all.filter(({ source }) => source !== "builtin").map(({ name }) => name);
}

async function agentsOf(session: Session, home: string): Promise<z.infer<typeof agentEvent>["data"]> {
  const { stdout, stderr } = await session.run(["-p", "hi", "--trust-folder", "--output-format", "json"], {
    home,
    env: ENV,
    // What follows is half a minute of retries.
    until: (text) => readJsonLines(agentEvent, text).length > 0 && text.includes('"user.message"'),
  });
  const last = readJsonLines(agentEvent, stdout).at(-1);
  if (last === undefined) throw new Error(`no conversation: ${stderr}${stdout}`);
  return last.data;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
