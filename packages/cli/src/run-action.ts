import type { ExitCode } from "./exit-code.ts";

/** Runs a command, and says what has kept it from its end, in the form that was asked for. */
export async function runAction(
  action: () => Promise<ExitCode>,
  { json, format }: { readonly json: boolean; readonly format?: string },
): Promise<ExitCode> {
  try {
    return await action();
  } catch (error) {
    const { CommandError } = await import("./command-error.ts");
    const failure = CommandError.from(error);
    if (json || format === "json") writeErrors(failure.lines);
    else if (format === "sarif" || format === "github") {
      const { githubErrors, sarif } = await import("./findings.ts");
      const lines =
        format === "github" ? githubErrors(failure.lines) : [JSON.stringify(sarif([], failure.lines), null, 2)];
      process.stdout.write(`${lines.join("\n")}\n`);
    } else for (const line of failure.lines) process.stderr.write(`error: ${line}\n`);
    return failure.code;
  }
}

/** Errors as the one JSON document of a command. */
export function writeErrors(errors: readonly string[]): void {
  process.stdout.write(`${JSON.stringify({ ok: false, errors }, null, 2)}\n`);
}
