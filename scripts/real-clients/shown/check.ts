import type { ExampleFiles, Seen } from "@personakit/checks";
import { type ContextTool, contextTools } from "@personakit/targets/context";
import { install } from "../clients.ts";
import { messageOf, requestsIn } from "../sent/capture.ts";
import type { Case } from "../sent/cases.ts";
import type { Sender } from "../sent/senders.ts";
import { type Claim, claimName, claims } from "./claims.ts";

/** What became of what checks say of one client. */
export interface ShownResult {
  readonly sender: Sender;
  readonly tool: ContextTool;
  /** How much checks say of it. */
  readonly claims: number;
  /** What it did as a check says: the check's id by the claim's hash. */
  readonly agreed: { readonly [hash: string]: string };
  /** What it did otherwise, and what could not be seen. */
  readonly problems: readonly string[];
}

/** Starts a client in the bad examples that checks say something of, and in those without the mistake, and compares. */
export async function checkShown(sender: Sender, installed: string): Promise<ShownResult> {
  const tool = contextTools.find(({ id }) => id === sender.tool);
  if (tool === undefined) throw new Error(`the engine knows no tool ${sender.tool}`);
  const own = claims.filter((claim) => claim.sender === sender);
  const agreed: Claim[] = [];
  const problems: string[] = [];
  try {
    const runIn = rememberingRuns(sender, install({ ...sender, version: tool.version }, installed));
    for (const claim of own) {
      const problem = await problemOf(claim, runIn);
      if (problem === undefined) agreed.push(claim);
      else problems.push(`${claimName(claim)}: ${problem}`);
    }
  } catch (error) {
    problems.push(`could not be started: ${messageOf(error)}`);
  }
  return { sender, tool, claims: own.length, agreed: byHash(agreed), problems };
}

function byHash(all: readonly Claim[]): ShownResult["agreed"] {
  const sorted = all.toSorted((a, b) => (`${a.check.id} ${a.hash}` < `${b.check.id} ${b.hash}` ? -1 : 1));
  return Object.fromEntries(sorted.map(({ hash, check }) => [hash, check.id]));
}

/** What a client sends in a repository, or why it sends nothing. */
interface Run {
  readonly sent: string;
  readonly error?: string;
}

type RunIn = (files: ExampleFiles, seen: Seen) => Promise<Run>;

/** Starts a client in repositories, and not twice in the same one: several things may be said of one example. */
function rememberingRuns(sender: Sender, binary: string): RunIn {
  const runs = new Map<string, Run>();
  return async (files, seen) => {
    const each = caseOf(sender, files, seen);
    const key = JSON.stringify(each);
    const run = runs.get(key) ?? (await runIn(sender, binary, each));
    runs.set(key, run);
    return run;
  };
}

async function runIn(sender: Sender, binary: string, each: Case): Promise<Run> {
  try {
    return { sent: JSON.stringify(await requestsIn(sender, binary, each)) };
  } catch (error) {
    return { sent: "", error: messageOf(error) };
  }
}

/** What the client does otherwise than a check says; undefined where it does as the check says. */
async function problemOf({ bad, right, seen }: Claim, runIn: RunIn): Promise<string | undefined> {
  const { outcome, text } = seen;
  const wrong = await runIn(bad, seen);
  const mended = await runIn(right, seen);
  if (mended.error !== undefined) return `without the mistake, ${mended.error}`;
  if (outcome === "refused") return wrong.error?.includes(text) === true ? undefined : "it is not refused";
  if (wrong.error !== undefined) return wrong.error;
  const [inWrong, inMended] = { lost: [false, true], added: [true, false], kept: [true, true] }[outcome];
  if (wrong.sent.includes(text) !== inWrong) return `${JSON.stringify(text)} is ${inWrong ? "not " : ""}sent`;
  if (mended.sent.includes(text) === inMended) return undefined;
  return `without the mistake, ${JSON.stringify(text)} is ${inMended ? "not " : ""}sent`;
}

function caseOf({ puts = (path) => path }: Sender, files: ExampleFiles, { cwd = "", reads, calls }: Seen): Case {
  const own = Object.fromEntries(Object.entries(files).map(([path, text]) => [puts(path), text]));
  const call = calls === undefined ? {} : { calls: "agent" as const, agent: calls };
  return { scenario: "", files: own, cwd, isGit: true, isTrusted: true, reads, ...call };
}
