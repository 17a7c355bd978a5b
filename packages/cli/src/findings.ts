import type { Finding } from "./commands/check.ts";
import { shorten } from "./report.ts";

/** Findings as GitHub's workflow commands, which show as annotations of a pull request. */
export function githubAnnotations(findings: readonly Finding[]): string[] {
  return findings.map(({ file, line, message, diff, state }) => {
    const place = `file=${property(shorten(file))},line=${line},title=${property(`personakit: ${state}`)}`;
    return `::error ${place}::${data(diff === "" ? message : `${message}\n${diff}`)}`;
  });
}

/** Errors as GitHub's workflow commands. */
export function githubErrors(lines: readonly string[]): string[] {
  return lines.map((line) => `::error title=personakit::${data(line)}`);
}

/** The escapes of workflow commands (GitHub, toolkit `command.ts`). */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Findings as a SARIF 2.1.0 log, for code scanning. `errors`: what kept the check from being made. */
export function sarif(findings: readonly Finding[], errors: readonly string[] = []): object {
  const rules = [...new Set(findings.map(({ state }) => state))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "personakit",
            informationUri: "https://github.com/personakit/personakit",
            rules: rules.map((id) => ({
              id,
              shortDescription: { text: `A built file is not as it should be: ${id}.` },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: errors.length === 0,
            toolExecutionNotifications: errors.map((text) => ({ level: "error", message: { text } })),
          },
        ],
        results: findings.map(({ state, message, diff, file, line }) => ({
          ruleId: state,
          ruleIndex: rules.indexOf(state),
          level: "error",
          message: { text: diff === "" ? message : `${message}\n${diff}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(shorten(file)), uriBaseId: "%SRCROOT%" },
                region: { startLine: line },
              },
            },
          ],
        })),
      },
    ],
  };
}
