import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, install, targetsOf } from "./clients.ts";
import { differences } from "./compare.ts";
import { openSession } from "./session.ts";

/** What became of one client. */
export interface Result {
  readonly client: Client;
  /** Loaded of those expected, such as "5 of 5"; undefined where the client reads none. */
  readonly agents: string | undefined;
  readonly skills: string | undefined;
  /** None: everything is as expected. */
  readonly problems: readonly string[];
}

/** How long one client may take, all its starts together. */
const LIMIT_MS = 180_000;

/** Installs a client where it is not, builds what it reads, lets it load that, and compares. Leaves nothing behind. */
export async function check(client: Client, installed: string, personas: readonly string[]): Promise<Result> {
  // The real path: clients print it, and on some systems the temporary folder is a link.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-real-clients-")));
  try {
    return tidy(await load(client, installed, personas, folder), folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const none = countOf([], personas);
    const { agents, skills } = client.reads;
    return tidy(
      { client, agents: agents && none, skills: skills && none, problems: [`could not be checked: ${reason}`] },
      folder,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function load(client: Client, installed: string, personas: readonly string[], folder: string): Promise<Result> {
  const { agents, skills, single } = client.reads;
  const binary = install(client, installed);
  const built = { personas, targets: targetsOf(client), single };
  const session = openSession(folder, binary, built, AbortSignal.timeout(LIMIT_MS));
  const loaded = await client.load(session);
  return {
    client,
    agents: agents && countOf(loaded.agents, personas),
    skills: skills && countOf(loaded.skills, personas),
    problems: [
      ...differences("agent", loaded.agents, agents === undefined ? [] : personas),
      ...differences("skill", loaded.skills, skills === undefined ? [] : personas),
      ...loaded.problems,
    ],
  };
}

function countOf(found: readonly string[], expected: readonly string[]): string {
  return `${expected.filter((name) => found.includes(name)).length} of ${expected.length}`;
}

/** Problems on one line each, with paths as they are in the project: the temporary folder has another name each time. */
function tidy(result: Result, folder: string): Result {
  const problems = result.problems.map((problem) =>
    problem
      .replaceAll(`${folder}/project/`, "")
      .replaceAll(folder, "")
      .replace(/\s*\n\s*/g, " "),
  );
  return { ...result, problems };
}
