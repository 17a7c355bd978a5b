import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { readJson } from "../output.ts";
import type { Loaded, Session } from "../session.ts";

const agent = z.object({ prompt: z.string().default(""), options: z.record(z.string(), z.unknown()).default({}) });
const config = z.object({ agent: z.record(z.string(), agent).default({}) });
const skillList = z.array(z.object({ name: z.string(), location: z.string() }));

const ENV = { OPENCODE_DISABLE_MODELS_FETCH: "1", OPENCODE_DISABLE_AUTOUPDATE: "1" };

/** Agents by the configuration that OpenCode puts together, skills by its list of them. */
export async function loadOpencode(session: Session): Promise<Loaded> {
  const configured = await session.run(["debug", "config"], { env: ENV });
  // One agent that it refuses stops everything.
  if (configured.code !== 0) return { agents: [], skills: [], problems: [refusal(configured.stderr)] };
  const { agent: agents } = readJson(config, configured);
  const listed = await session.run(["debug", "skill"], { env: ENV });
  const skills = readJson(skillList, listed).filter(({ location }) => !location.startsWith("<"));
  return {
    agents: Object.keys(agents),
    skills: skills.map(({ name }) => name),
    problems: Object.entries(agents).flatMap(([name, { prompt, options }]) => [
      ...(prompt.startsWith("---") ? [`agent ${name}: its front matter was not read and became prompt`] : []),
      ...Object.keys(options).map((key) => `agent ${name}: the key "${key}" means nothing to OpenCode`),
    ]),
  };
}

function refusal(stderr: string): string {
  return stripVTControlCharacters(stderr).trim();
}
