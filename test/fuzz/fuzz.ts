import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { expect } from "vitest";
import { ROOT } from "../scripts/workspace.ts";

// Inputs that nobody wrote on purpose. Whatever they are, the answer is a result or issues: never another error.

/** How long all fuzzers may look for something new, in seconds. Without it they look at the same inputs each time. */
const SECONDS = Number(process.env.PERSONAKIT_FUZZ ?? 0);

/** How many fuzzers share that time. */
const FUZZERS = 8;

/** Checks a property for a number of inputs, the same each time; or for as long as the environment says, for others. */
export async function fuzz<Input>(
  input: fc.Arbitrary<Input>,
  numRuns: number,
  check: (input: Input) => Promise<void> | void,
): Promise<void> {
  const property = fc.asyncProperty(input, async (value) => check(value));
  if (SECONDS === 0) {
    await fc.assert(property, { seed: 1, numRuns });
    return;
  }
  const seed = Date.now() % 2 ** 31;
  process.stdout.write(`PERSONAKIT_FUZZ: seed ${seed}\n`);
  const interruptAfterTimeLimit = (SECONDS * 1000) / FUZZERS;
  await fc.assert(property, { seed, numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit });
}

/** The time that one fuzzer may take, in milliseconds. */
export const FUZZ_TIMEOUT = 120_000 + SECONDS * 1000;

/** The result of a step, or undefined where it threw issues. Any other error is thrown on. */
export async function resultOf<Result>(step: () => Result | Promise<Result>): Promise<Result | undefined> {
  try {
    return await step();
  } catch (error) {
    const { issues } = error as { issues?: unknown };
    if (!Array.isArray(issues)) throw error;
    expect(issues.length).toBeGreaterThan(0);
    for (const { code, problem } of issues) expect([typeof code, typeof problem]).toEqual(["string", "string"]);
    return undefined;
  }
}

/** Texts that have a meaning to something that reads them. */
const texts = fc.oneof(
  fc.constantFrom(
    ...[
      "",
      " ",
      "\n",
      "a\nb",
      "\u0000",
      "\u001B[31m",
      "\u202E",
      "\uD800",
      "__proto__",
      "constructor",
      "toString",
      "../../x",
    ],
    ...[
      "/etc/passwd",
      "C:\\x",
      "node:fs",
      "data:text/javascript,1",
      "https://a.b/",
      "--",
      "-->",
      "<!--",
      "<b>",
      "](ref:x)",
    ],
    ...[
      "---",
      "```",
      "'''",
      '"""',
      "{{x}}",
      "${x}",
      "$ARGUMENTS",
      "!`ls`",
      "@/etc/passwd",
      "x@1",
      "own/a",
      "[a]: b",
      "# a",
    ],
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("\\", "`", "*", "|", "<", "](ref:", " ", "😀", "a").map((unit) => unit.repeat(3000)),
);

/** Values of JSON that are seldom expected. */
export const jsonValues: fc.Arbitrary<unknown> = fc.oneof(
  texts,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e99, 2 ** 53, [], {}, [null], [[]], { $: [0, 0, 30] }),
  fc.constantFrom<unknown>({ kind: "rule" }, { toString: 1 }, { length: 1e9 }, { kind: { kind: "rule" } }),
  fc.integer({ min: 60, max: 6000 }).map((depth) => JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`)),
  fc.integer({ min: 60, max: 6000 }).map((depth) => JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`)),
  fc.integer({ min: 900, max: 3000 }).map((length) => Array.from({ length }, () => "a")),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A change of JSON: numbers choose the place, so that it shrinks. */
interface Change {
  readonly steps: readonly number[];
  readonly how: "replace" | "delete" | "repeat" | "add";
  readonly value: unknown;
  readonly key: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  steps: fc.array(fc.nat(1000), { minLength: 1, maxLength: 9 }),
  how: fc.constantFrom("replace", "replace", "replace", "delete", "repeat", "add"),
  value: jsonValues,
  key: texts,
});

/** JSON with a few changes somewhere. */
export function mutated(json: string): fc.Arbitrary<unknown> {
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const root = { value: JSON.parse(json) as unknown };
    for (const each of changes) apply(root, each);
    return root.value;
  });
}

type Node = Record<string, unknown>;

function apply(root: { value: unknown }, { steps, how, value, key }: Change): void {
  let parent: Node = root;
  let name = "value";
  for (const step of steps) {
    const inner = parent[name];
    const keys = typeof inner === "object" && inner !== null ? Object.keys(inner) : [];
    if (keys.length === 0) break;
    parent = inner as Node;
    name = keys[step % keys.length] as string;
  }
  if (how === "replace") set(parent, name, value);
  else if (how === "add") set(parent, Array.isArray(parent) ? String(parent.length) : key, value);
  else if (how === "repeat" && Array.isArray(parent)) parent.push(parent[Number(name)]);
  else if (Array.isArray(parent)) parent.splice(Number(name), 1);
  else delete parent[name];
}

/** As JSON.parse sets it: also a key that objects take for their prototype. */
function set(target: Node, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A command line, and the files of the folder that it runs in. */
export interface Call {
  readonly args: readonly string[];
  readonly files: { readonly [path: string]: string };
}

/** What came of it. `crash`: an error that the command did not expect. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly crash?: string;
}

/** Runs command lines in one other process, thousands of them: to start the command takes longer than to run it. */
export class CommandRunner {
  #process = startRunner();

  async run(call: Call): Promise<Outcome> {
    this.#process.input.write(`${JSON.stringify(call)}\n`);
    const { value, done } = await this.#process.answers.next();
    if (done !== true) return JSON.parse(value);
    this.#process = startRunner();
    return { code: null, out: "", err: "", crash: "the process has ended" };
  }

  end(): void {
    this.#process.input.end();
  }
}

function startRunner() {
  const { stdin, stdout } = spawn(process.execPath, [`${ROOT}/test/fuzz-runner.ts`], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return { input: stdin, answers: createInterface({ input: stdout })[Symbol.asyncIterator]() };
}

/** What is answered in words, also with --json. */
const IN_WORDS = /^(?:help|--help|-h|--version|-V)$/;

/** What holds for every command line. */
export function expectOrderly({ args }: Pick<Call, "args">, { code, out, err, crash }: Outcome): void {
  expect(crash).toBeUndefined();
  expect([0, 1, 2]).toContain(code);
  // An error that the command did not expect, said as an issue.
  expect(out).not.toContain('"code": "internal"');
  expect(`${out}\n${err}`).not.toMatch(/^ {4}at .*:\d+/m);
  // Further back it may be the value of another option.
  if (args[1] !== "--json" || args.some((each) => IN_WORDS.test(each))) return;
  expect(() => JSON.parse(out)).not.toThrow();
  expect(err).toBe("");
}
