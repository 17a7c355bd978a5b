import { readdirSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { linesOf, readJson } from "../output.ts";
import type { Loaded, Session } from "../session.ts";

const installed = z.array(z.object({ name: z.string() }));
const properties = z.object({ name: z.string() });

/** Installs every skill of the project elsewhere; what it skips, it says on stderr. */
export async function loadSkills(session: Session): Promise<Loaded> {
  const args = ["add", session.project, "--skill", "*", "--agent", "codex", "--copy", "--yes", "--json"];
  const output = await session.run(args, { cwd: session.empty });
  return {
    agents: [],
    skills: readJson(installed, output).map(({ name }) => name),
    problems: linesOf(stripVTControlCharacters(output.stderr)).filter((line) => /^\s*[⚠✖■]/u.test(line)),
  };
}

/** Validates each skill by the rules of the specification, and reads its name. */
export async function loadSkillsRef(session: Session): Promise<Loaded> {
  const folder = join(session.project, ".agents/skills");
  const skills: string[] = [];
  const problems: string[] = [];
  for (const name of readdirSync(folder)) {
    const { code, stdout, stderr } = await session.run(["validate", join(folder, name)]);
    if (code === 0) skills.push(readJson(properties, await session.run(["read-properties", join(folder, name)])).name);
    else problems.push(`${stdout}${stderr}`.trim());
  }
  return { agents: [], skills, problems };
}
