import { defineFragment, may, md, must, type Named, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const RUNNERS = {
  vitest: {
    command: "vitest run --coverage",
    threshold: "test.coverage.thresholds.lines",
    timers: "vi.useFakeTimers()",
    moduleMock: "vi.mock",
    shuffle: "vitest run --sequence.shuffle",
  },
  jest: {
    command: "jest --coverage",
    threshold: "coverageThreshold.global.lines",
    timers: "jest.useFakeTimers()",
    moduleMock: "jest.mock",
    shuffle: "jest --randomize",
  },
  "node:test": {
    command: "node --test --experimental-test-coverage",
    threshold: "--test-coverage-lines",
    timers: "mock.timers.enable()",
    moduleMock: "mock.module",
    shuffle: "node --test --test-randomize",
  },
};

const fragment = defineFragment({
  id: "testing-standards",
  version: manifest.version,
  title: "Testing standards",
  summary: "What must be tested, how much of it, and against what. Choose it for any service with business logic.",
  params: {
    coverage: z
      .number()
      .int()
      .min(0)
      .max(100)
      .default(80)
      .describe("Floor for unit test coverage of business logic, in percent of lines."),
    runner: z.enum(["vitest", "jest", "node:test"]).default("vitest").describe("The test runner."),
  },
  rules: {
    /** The coverage floor. */
    coverageFloor: ({ coverage, runner }) =>
      must(
        md`Cover business logic with unit tests to at least ${coverage} % of lines, and set \`${RUNNERS[runner].threshold}\` so that \`${RUNNERS[runner].command}\` fails below it.`,
        { why: "A floor that nothing checks is gone after a few merges.", enforcedBy: RUNNERS[runner].command },
      ),
    /** Database tests on the real engine. */
    realDatabase: must(
      "Run integration tests of database operations on a throwaway instance of production's engine and version (or its vendor's emulator), with all migrations applied; never on mocks or another engine.",
      { why: "Constraints, locks and SQL dialects are what such tests are there to find." },
    ),
    /** API tests, refusals included. */
    refusals: must(
      "Write API integration tests for every endpoint, refusals included: invalid input, missing credentials, another user's record, an absent record, a conflict, a failing dependency.",
      { why: "Error paths run rarely, so nobody notices when they break." },
    ),
    /** A test for every bug. */
    regressionTest: must("Commit the test that reproduces a bug together with its fix.", {
      why: "A fix without a failing test may have fixed something else.",
    }),
    /** Test data and independence. */
    ownData: ({ runner }) =>
      should(
        "Create each test's data with factory functions and undo it by rollback or truncation, so that tests pass alone and in any order.",
        { enforcedBy: RUNNERS[runner].shuffle },
      ),
    /** The place of mocks. */
    mocksAtTheEdge: ({ runner }) =>
      should(
        md`Replace only what you do not own, at its edge: HTTP through \`msw\`, time through \`${RUNNERS[runner].timers}\`. Pass fakes of your own modules as arguments instead of \`${RUNNERS[runner].moduleMock}\`.`,
        { why: "A test that mocks the module next door passes when that module breaks." },
      ),
    /** End-to-end tests. */
    endToEnd: may(
      "Run end-to-end tests of the few journeys that no release may break, such as sign-in and payment, against a deployed environment.",
    ),
    /** Load tests. */
    load: may(
      "Load-test an endpoint that has a latency or throughput target with `k6`, and write the target into the script as a threshold.",
      {
        evidence: [
          { source: "k6 documentation, Thresholds", url: "https://grafana.com/docs/k6/latest/using-k6/thresholds/" },
        ],
      },
    ),
  },
  decides: ({ coverage, runner }) => ({ "testing.coverage": coverage, "testing.runner": runner }),
});

/** What must be tested, how much of it, and against what. */
export interface TestingStandards extends Named<typeof fragment> {}
export const testingStandards: TestingStandards = fragment;
