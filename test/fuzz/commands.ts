import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect } from "vitest";
import { ROOT } from "../../scripts/workspace.ts";

// Command lines by the thousand, and what holds for each of them.

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
class CommandRunner {
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
  const { stdin, stdout } = spawn(process.execPath, [`${ROOT}/test/fuzz/runner.ts`], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return { input: stdin, answers: createInterface({ input: stdout })[Symbol.asyncIterator]() };
}

/** Checks command lines in one process, while the tests of a file run. */
export function checkInRunner(): (call: Call) => Promise<void> {
  let runner: CommandRunner;
  beforeAll(() => {
    runner = new CommandRunner();
  });
  afterAll(() => runner.end());
  return async (call) => expectOrderly(call, await runner.run(call));
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
  if (args[1] !== "--json" || args[0] === "--" || args.some((each) => IN_WORDS.test(each))) return;
  const { errors = [] }: { errors?: { message: string }[] } = JSON.parse(out);
  for (const { message } of errors) expect(message.length).toBeLessThan(10_000);
  expect(err).toBe("");
}
