import { expect, test } from "vitest";
import { FINDING_CODES } from "../issues/codes.ts";
import type { Finding } from "../issues/command-error.ts";
import { FORMATTERS, type Report } from "./formats.ts";

const edited: Finding = {
  code: "edited",
  place: "agents/my one.md",
  problem: "was changed by hand",
  hint: "Move it.",
  file: "agents/my one.md",
  line: 3,
  diff: "-100 %\n+90 %\n",
};
const missing: Finding = {
  code: "missing",
  place: "a,b:c.md",
  problem: "is missing",
  file: "a,b:c.md",
  line: 1,
  diff: "",
};
const findings: Report = { kind: "findings", issues: [edited, missing, edited], about: { checked: 7 } };
const errors: Report = {
  kind: "errors",
  issues: [{ code: "cannot-load", place: "p.mjs", problem: "could not be loaded", cause: "boom 100 %" }],
  advice: "Nothing was written.",
};

test("text says each issue in a line, with its diff", () => {
  expect(FORMATTERS.text({ ...findings, issues: [edited, missing] })).toEqual([
    "agents/my one.md: was changed by hand. Move it.",
    "-100 %",
    "+90 %",
    "",
    "a,b:c.md: is missing.",
  ]);
});

test("text marks errors, and ends with what to do", () => {
  expect(FORMATTERS.text(errors)).toEqual([
    "error: p.mjs: could not be loaded: boom 100 %.",
    "error: Nothing was written.",
  ]);
});

test("json is one document: each issue as data, with its line", () => {
  const [line = "", ...others] = FORMATTERS.json({ ...findings, issues: [edited] });
  expect(others).toEqual([]);
  expect(JSON.parse(line)).toEqual({
    ok: false,
    checked: 7,
    findings: [{ ...edited, message: "agents/my one.md: was changed by hand. Move it." }],
  });
});

test("json says what is wrong under errors, with the advice", () => {
  expect(JSON.parse(FORMATTERS.json(errors).join())).toEqual({
    ok: false,
    errors: [{ ...errors.issues[0], message: "p.mjs: could not be loaded: boom 100 %." }],
    advice: "Nothing was written.",
  });
});

test("json of nothing is ok", () => {
  const report: Report = { kind: "findings", issues: [], about: { checked: 2 } };
  expect(JSON.parse(FORMATTERS.json(report).join())).toEqual({ ok: true, checked: 2, findings: [] });
});

test("github annotates the line of each finding; what would end a property or a line is escaped", () => {
  expect(FORMATTERS.github(findings).slice(0, 2)).toEqual([
    "::error file=agents/my one.md,line=3,title=personakit%3A edited::agents/my one.md: was changed by hand. Move it.%0A-100 %25%0A+90 %25%0A",
    "::error file=a%2Cb%3Ac.md,line=1,title=personakit%3A missing::a,b:c.md: is missing.",
  ]);
});

test("github says an error without a place in a file", () => {
  expect(FORMATTERS.github(errors)).toEqual([
    "::error title=personakit%3A cannot-load::p.mjs: could not be loaded: boom 100 %25.",
  ]);
});

function sarifOf(report: Report) {
  const log = JSON.parse(FORMATTERS.sarif(report).join());
  return { version: log.version, run: log.runs[0] };
}

test("sarif has a rule for each code of a finding, and a result with its place", () => {
  const { version, run } = sarifOf(findings);
  expect(version).toBe("2.1.0");
  expect(run.tool.driver.rules).toEqual([
    { id: "edited", shortDescription: { text: FINDING_CODES.edited } },
    { id: "missing", shortDescription: { text: FINDING_CODES.missing } },
  ]);
  expect(run.results).toHaveLength(3);
  for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
  expect(run.results[0]).toMatchObject({
    ruleId: "edited",
    level: "error",
    message: { text: "agents/my one.md: was changed by hand. Move it.\n-100 %\n+90 %\n" },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "agents/my%20one.md", uriBaseId: "%SRCROOT%" },
          region: { startLine: 3 },
        },
      },
    ],
  });
  expect(run.invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
});

test("sarif has a notification for each error, and says that the run has failed", () => {
  const { run } = sarifOf(errors);
  expect(run.results).toEqual([]);
  expect(run.tool.driver.rules).toEqual([]);
  const message = { text: "p.mjs: could not be loaded: boom 100 %." };
  expect(run.invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [{ descriptor: { id: "cannot-load" }, level: "error", message }],
    },
  ]);
});

test("warnings are annotations and notifications of their own, and no results", () => {
  const warnings = [{ code: "renamed-rule", place: "p.mjs", problem: "is called b now", hint: "Write b." }];
  const report: Report = { kind: "findings", issues: [missing], warnings };
  expect(FORMATTERS.github(report).at(-1)).toBe(
    "::warning title=personakit%3A renamed-rule::p.mjs: is called b now. Write b.",
  );
  const [run] = JSON.parse(FORMATTERS.sarif(report).join("")).runs;
  expect(run.results).toHaveLength(1);
  expect(run.invocations[0]).toMatchObject({
    executionSuccessful: true,
    toolExecutionNotifications: [{ descriptor: { id: "renamed-rule" }, level: "warning" }],
  });
});
