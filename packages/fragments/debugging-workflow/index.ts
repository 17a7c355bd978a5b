import { defineFragment, must, type Named } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "debugging-workflow",
  version: manifest.version,
  title: "Debugging workflow",
  summary: "The five steps from a bug report to a tested fix. Choose it for any role that repairs code.",
  list: "steps",
  rules: {
    /** A failure on demand. */
    reproduce: must(
      "**Reproduce first.** Turn the report into one command or test that fails every time; if you cannot, add logging, say so, and change nothing else.",
      { why: "Without a failing case, nothing shows that a fix is one." },
    ),
    /** The whole trace. */
    stackTrace: must(
      "**Stack trace.** Read all of it, down through each `cause` to the first frame in the project's own code; the step ends when you can name file, line and value.",
    ),
    /** The obvious causes. */
    usualSuspects: must(
      "**Usual suspects.** Rule out one by one, each with a command or a look: environment variables, a stopped database, the port, a typo in the query, a missing `await`.",
      { why: "Each takes a minute, and a debugger shows none of them." },
    ),
    /** The failing layer. */
    isolateLayer: must(
      "**Layer isolation.** Call the service without the handler, then the query without the service; the step ends when one layer fails on input that you know is right.",
    ),
    /** The cause, fixed and tested. */
    rootCause: must(
      "**Root cause.** Fix the cause where it arises and add a test that fails without the fix; never hide the symptom behind a retry, a cast or an empty `catch`.",
    ),
  },
});

/** The five steps from a bug report to a tested fix. */
export interface DebuggingWorkflow extends Named<typeof fragment> {}
export const debuggingWorkflow: DebuggingWorkflow = fragment;
