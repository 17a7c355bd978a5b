import { cpSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { beyond } from "../compare.ts";
import { openModelStub } from "../model-stub.ts";
import { linesOf, readJsonLines } from "../output.ts";
import type { Loaded, Session } from "../session.ts";

const request = z.object({ systemInstruction: z.object({ parts: z.array(z.object({ text: z.string() })) }) });

/** Skills and errors by the list of skills, agents by what Gemini CLI would tell its model. */
export async function loadGemini(session: Session): Promise<Loaded> {
  const here = await listSkills(session, session.project);
  const own = await listSkills(session, session.empty);
  const ownAgents = await agentsTold(session, settledHome(session));
  const home = settledHome(session);
  // It asks its user before it takes a project's agents, and takes those of its home unasked.
  cpSync(join(session.project, ".gemini/agents"), join(home, ".gemini/agents"), { recursive: true });
  return {
    agents: beyond(await agentsTold(session, home), ownAgents),
    skills: beyond(here.skills, own.skills),
    problems: beyond(here.complaints, own.complaints),
  };
}

/** A home in which Gemini CLI trusts every folder, and asks nothing. */
function settledHome(session: Session): string {
  const settings = {
    security: { folderTrust: { enabled: false }, auth: { selectedType: "gemini-api-key" } },
    general: { enableAutoUpdate: false },
    privacy: { usageStatisticsEnabled: false },
  };
  return session.home({ ".gemini/settings.json": JSON.stringify(settings) });
}

async function listSkills(session: Session, cwd: string) {
  const { stdout, stderr } = await session.run(["skills", "list"], { cwd, home: settledHome(session) });
  return {
    skills: [...stdout.matchAll(/^(\S+) \[Enabled\]$/gm)].map(([, name = ""]) => name),
    // Agents that it refuses are named here too, each on lines of its own.
    complaints: linesOf(stderr),
  };
}

/** The agents in the instruction to the model: `- name -> description`. */
async function agentsTold(session: Session, home: string): Promise<string[]> {
  const stub = await openModelStub();
  try {
    const env = { GEMINI_API_KEY: "not-a-key", GOOGLE_GEMINI_BASE_URL: stub.url };
    const args = ["-p", "hi", "-m", "gemini-2.5-flash"];
    const { stderr } = await session.run(args, { cwd: session.empty, home, env });
    const [told] = readJsonLines(request, stub.requests.join("\n"));
    if (told === undefined) throw new Error(`nothing was sent to the model: ${stderr}`);
    const text = told.systemInstruction.parts.map((part) => part.text).join("\n");
    return [...text.matchAll(/^- (\S+) -> /gm)].map(([, name = ""]) => name);
  } finally {
    stub.close();
  }
}
