import { guardUserCode } from "./guard/user-code.ts";
import { CommandError, debugLines, type ExitCode, failure } from "./issues/command-error.ts";
import { type Format, writeReport } from "./output/formats.ts";
import { writeLine, writeLines } from "./output/terminal.ts";
import type { Given } from "./usage/define-command.ts";

/** Runs a command, and prints what stopped it in the requested format. */
export async function runAction({ command, args, options }: Given): Promise<ExitCode> {
  const format = options.json ? "json" : ((options.format ?? "text") as Format);
  try {
    guardUserCode({ format, seconds: secondsOf(options.timeout) });
    return await command.run(args, options);
  } catch (error) {
    return writeError(format, error);
  }
}

/** Prints what is wrong with a command line: the parser's problem as JSON, or its whole message as text. */
export function writeUsageError(format: "text" | "json", problem: string, text: string): void {
  const issue = { code: "usage", problem: problem.replace(/^error: /, "").replace(/\.$/, "") };
  if (format === "json") writeReport(format, { kind: "errors", issues: [issue] });
  else writeLines(text.trimEnd(), "stderr");
}

/** Says an error, whatever it is, and returns its exit code. */
export function writeError(format: Format, error: unknown): ExitCode {
  const { issues, advice, exitCode } = CommandError.known(error) ?? CommandError.internal(error);
  writeReport(format, { kind: "errors", issues, advice });
  for (const line of debugLines(error)) writeLine(line, "stderr");
  return exitCode;
}

/** What a timer can count: a day is longer than anybody waits. */
const MOST_SECONDS = 24 * 60 * 60;

function secondsOf(timeout: unknown): number {
  const seconds = Number(timeout ?? MOST_SECONDS);
  if (seconds > 0 && seconds <= MOST_SECONDS) return seconds;
  throw failure("usage", "--timeout", `"${timeout}" is no number of seconds from above 0 to ${MOST_SECONDS}`);
}
