import fc from "fast-check";
import { expect } from "vitest";

// Inputs that nobody wrote on purpose. Whatever they are, the answer is a result or issues: never another error.

/** How long all fuzzers may look for something new, in seconds. Without it they look at the same inputs each time. */
const SECONDS = Number(process.env.PERSONAKIT_FUZZ ?? 0);

/** How many fuzzers share that time. */
const FUZZERS = 10;

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
