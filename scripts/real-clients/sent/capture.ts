import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { contextOf, type FilesByPath, filesInMemory, type ToolContext } from "@personakit/targets/context";
import { filesOf, PLACES } from "../../../packages/targets/src/contexts/scenarios.testing.ts";
import { execute, isolated } from "../command.ts";
import { openModelStub } from "../model-stub.ts";
import { answerTo, type Call } from "./answer.ts";
import type { Case } from "./cases.ts";
import { differences } from "./differences.ts";
import type { Json } from "./json.ts";
import type { Sender } from "./senders.ts";
import { offersTools, type SentText, textsOf } from "./texts.ts";

/** How long one start may take. */
const LIMIT_MS = 90_000;

/** A case on disk, below a temporary folder. */
interface Fixture {
  readonly folder: string;
  readonly repo: string;
  readonly cwd: string;
  readonly home: string;
  readonly files: FilesByPath;
}

/** Starts a client in a case, and returns the bodies of the requests in which it asks its model to work. */
export async function requestsIn(sender: Sender, binary: string, each: Case): Promise<readonly Json[]> {
  const fixture = layOut(each);
  try {
    return await requestsOf(sender, binary, each, fixture);
  } finally {
    rmSync(fixture.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Starts a client in a case, and returns a line for each difference between what it sent and what the engine says. */
export async function captured(sender: Sender, binary: string, each: Case): Promise<string[]> {
  const fixture = layOut(each);
  try {
    const requests = await requestsOf(sender, binary, each, fixture);
    const files = { ...fixture.files, ...written(sender, fixture.home) };
    const lines = compare(sender, each, { ...fixture, files }, requests.map(textsOf));
    return lines.map((line) => line.replaceAll(fixture.folder, ""));
  } finally {
    rmSync(fixture.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function layOut({ files, cwd, isGit }: Case): Fixture {
  // The real path: clients send it, and on some systems the temporary folder is a link.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-sent-")));
  const here = (path: string) => path.replace(/^\/w\//, `${folder}/`);
  const repo = here(PLACES.repo);
  const home = here(PLACES.home);
  const all: FilesByPath = Object.fromEntries(
    Object.entries(filesOf(files)).map(([path, file]) => [here(path), contentOf(file, here)]),
  );
  for (const at of [join(repo, cwd), home]) mkdirSync(at, { recursive: true });
  if (isGit) execFileSync("git", ["init", "--quiet", "--initial-branch", "main", repo]);
  for (const [path, file] of Object.entries(all)) write(path, file);
  return { folder, repo, cwd: join(repo, cwd), home, files: all };
}

function contentOf(file: FilesByPath[string], here: (path: string) => string): FilesByPath[string] {
  if (file instanceof Uint8Array) return file;
  return typeof file === "string"
    ? file.replaceAll(`${PLACES.repo}/`, `${here(PLACES.repo)}/`)
    : { link: here(file.link) };
}

function write(path: string, file: FilesByPath[string]): void {
  mkdirSync(dirname(path), { recursive: true });
  if (typeof file === "object" && "link" in file) symlinkSync(relative(dirname(path), file.link) || ".", path);
  else writeFileSync(path, file);
}

function written({ writes = [] }: Sender, home: string): FilesByPath {
  const paths = writes.map((path) => join(home, path)).filter((path) => existsSync(path));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path)]));
}

/** The bodies of the requests in which the client asks its model to work. */
async function requestsOf(sender: Sender, binary: string, each: Case, fixture: Fixture): Promise<Json[]> {
  const { repo, cwd, home } = fixture;
  const { prompt = "hi", call, model } = toDo(sender, each, repo);
  const requests: Json[] = [];
  const stub = await openModelStub((url, text) => {
    const body = jsonOf(text);
    const isWork = offersTools(body);
    if (isWork) requests.push(body);
    return answerTo(url, body, isWork && requests.length === 1 ? call : undefined);
  });
  try {
    const place = { url: stub.url, repo, cwd, isTrusted: each.isTrusted };
    for (const [path, text] of Object.entries(sender.home(place, model))) {
      if (!existsSync(join(home, path))) write(join(home, path), text);
    }
    const signal = AbortSignal.timeout(LIMIT_MS);
    const env = { ...isolated(home), ...sender.env(stub.url) };
    const { code, stdout, stderr } = await execute(binary, sender.args(prompt, call !== undefined), {
      ...{ cwd, env, signal },
    });
    if (requests.length > 0 || sendsNothing(sender.tool, each, fixture)) return requests;
    throw new Error(`it ended with ${code} and sent nothing: ${`${stderr}${stdout}`.trim().slice(-300)}`);
  } finally {
    stub.close();
  }
}

function toDo(
  sender: Sender,
  { reads, calls, agent: name = "plain" }: Case,
  repo: string,
): { prompt?: string; call?: Call; model?: string } {
  const { read, skill, agent } = sender;
  if (reads !== undefined && read !== undefined) return { call: read(join(repo, reads)) };
  if (calls === "agent" && agent !== undefined) return agent(name);
  return calls === "skill" && skill !== undefined ? skill : {};
}

/** Whether the engine says that nothing is sent: then a client may refuse to start. */
function sendsNothing(tool: string, each: Case, fixture: Fixture): boolean {
  const { parts, notes } = contextIn(tool, each, fixture, {});
  return parts.length === 0 && notes.some(({ code }) => code === "approval");
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

type Request = readonly SentText[];

function compare(sender: Sender, each: Case, fixture: Fixture, requests: readonly Request[]): string[] {
  const [first = [], ...later] = requests;
  const engine = (more: { reads?: string; skill?: string; agent?: string }) =>
    contextIn(sender.tool, each, fixture, more).parts;
  const varies = varyingIn(sender.tool, each, fixture);
  const check = (parts: ToolContext["parts"], sent: Request) => differences(parts, sent, varies);
  const isNew = ({ role, text }: SentText) => !first.some((other) => other.text === text && other.role === role);
  if (each.calls === "agent") {
    const own = later.find((texts) => texts.some(({ text }) => text.includes("zq_ab_plain")));
    return own === undefined ? ["the agent was not called"] : check(engine({ agent: "plain" }), own);
  }
  if (each.calls === "skill") {
    const parts = engine({ skill: "plain" });
    // Named in the prompt, it is there from the start.
    if (later.length === 0) return check(parts, first);
    const isStart = (part: (typeof parts)[number]) => part.when === "start";
    return [
      ...check(parts.filter(isStart), first),
      ...check(
        parts.filter((part) => !isStart(part)),
        (later[0] ?? []).filter(isNew),
      ),
    ];
  }
  const parts = engine(each.reads === undefined ? {} : { reads: join(fixture.repo, each.reads) });
  const start = check(
    parts.filter(({ when }) => when === "start"),
    first,
  );
  if (each.reads === undefined) return start;
  const [second] = later;
  if (second === undefined) return [...start, "the file was not read"];
  return [
    ...start,
    ...check(
      parts.filter(({ when }) => when === "read"),
      second.filter(isNew),
    ),
  ];
}

/** Which of several skills or agents with one name these tools take differs from run to run. */
const VARYING: readonly string[] = ["opencode", "kilo"];

/** The paths and the marker words of files of which any may be taken. */
function varyingIn(tool: string, each: Case, fixture: Fixture): RegExp | undefined {
  if (!VARYING.includes(tool)) return undefined;
  const { leftOut } = contextIn(tool, each, fixture, {});
  const paths = leftOut.flatMap(({ code, path, by }) => (code === "same-name" && by !== undefined ? [path, by] : []));
  const words = paths.flatMap((path) => String(fixture.files[path] ?? "").match(/zq_\w+/g) ?? []);
  const all = [...words, ...paths].map((text) => text.replace(/[.+]/g, "\\$&"));
  return all.length === 0 ? undefined : new RegExp(all.join("|"));
}

function contextIn(
  tool: string,
  { isGit, isTrusted }: Case,
  { files, cwd, repo, home }: Fixture,
  more: { reads?: string; skill?: string; agent?: string },
): ToolContext {
  const context = contextOf(tool, {
    ...{ files: filesInMemory(files), cwd, home, gitRoot: isGit ? repo : undefined },
    ...(isTrusted ? {} : { approvals: [] }),
    ...more,
  });
  if (context === undefined) throw new Error(`the engine knows no tool ${tool}`);
  return context;
}

/** What an error says, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, " ");
}
