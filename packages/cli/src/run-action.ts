import { CommandError, type ExitCode } from "./issues/command-error.ts";
import { type Format, writeReport } from "./output/formats.ts";
import type { Given } from "./usage/add-usage.ts";

/** Runs a command, and says what has kept it from its end, in the form that was asked for. */
export async function runAction({ command, args, options }: Given): Promise<ExitCode> {
  try {
    return await command.run(args, options);
  } catch (error) {
    const { issues, advice, exitCode } = CommandError.from(error);
    const format = options.json ? "json" : ((options.format ?? "text") as Format);
    writeReport(format, { kind: "errors", issues, advice });
    return exitCode;
  }
}

/** Says in JSON what is wrong with a command line. */
export function writeUsageError(problem: string): void {
  writeReport("json", { kind: "errors", issues: [{ code: "usage", problem: problem.replace(/\.$/, "") }] });
}
