import { join } from "node:path";
import { z } from "zod";
import { beyond } from "../compare.ts";
import { openModelStub } from "../model-stub.ts";
import { linesOf, readAll, readJsonLines } from "../output.ts";
import type { Loaded, Session } from "../session.ts";

/** The first event of a conversation. */
const init = z.object({ subtype: z.literal("init"), agents: z.array(z.string()) });

/** Agents by the first event of a conversation, problems by the log. */
export async function loadQwen(session: Session): Promise<Loaded> {
  const here = await converse(session, session.project);
  const own = await converse(session, session.empty);
  return {
    agents: beyond(here.agents, own.agents),
    skills: [],
    problems: complaintsIn(here.log),
  };
}

async function converse(session: Session, cwd: string) {
  const stub = await openModelStub();
  try {
    const home = session.home();
    const env = { OPENAI_API_KEY: "not-a-key", OPENAI_BASE_URL: `${stub.url}/v1`, OPENAI_MODEL: "stub" };
    const args = ["--auth-type", "openai", "--debug", "--output-format", "stream-json", "hi"];
    const { stdout, stderr } = await session.run(args, { cwd, home, env });
    const [begun] = readJsonLines(init, stdout);
    if (begun === undefined) throw new Error(`no conversation: ${stderr}${stdout}`);
    return { agents: begun.agents, log: readAll(join(home, ".qwen/debug"), ".txt").flatMap(linesOf) };
  } finally {
    stub.close();
  }
}

/** What the part that reads agents says against a file: warnings, and files that it leaves out, which it only notes. */
function complaintsIn(log: readonly string[]): string[] {
  const found = log.flatMap((line) => {
    const [, level, text = ""] = /\[(ERROR|WARN|DEBUG)\] \[SUBAGENT_MANAGER\] (.*)/.exec(line) ?? [];
    return level === undefined || (level === "DEBUG" && !text.startsWith("Skipped")) ? [] : [text];
  });
  // Agents are read more than once.
  return [...new Set(found)];
}
