import { describe, expect, test } from "vitest";
import { repositoryOf } from "../packages/checks/src/examples.testing.ts";
import { checks } from "../packages/checks/src/registry.ts";
import { runChecks } from "../packages/checks/src/run.ts";
import { readRecord } from "../scripts/real-clients/record.ts";
import { claimName, claims, isSeen, shownOn } from "../scripts/real-clients/shown/claims.ts";

// What the doctor says of tools, tools were seen to do: no check of loading or cutting is believed.

const ofTools = checks.filter(({ group }) => group === "load" || group === "cut");
const documented = checks.flatMap(({ examples }) =>
  examples.bad.flatMap(({ tools = [] }) => tools.flatMap((each) => (isSeen(each) ? [] : [each.documented]))),
);

/** Whether a tool goes by a name: "GitHub Copilot CLI" by "GitHub Copilot". */
const isCalled = (tool: string, name: string) => tool === name || tool.startsWith(`${name} `);

describe.each(ofTools.map((check) => [check.id, check] as const))("%s", (id, { examples }) => {
  test.each(examples.bad.map((example, index) => [index + 1, example] as const))(
    "says of bad example %i what the tools do that it names, and whether they were seen to",
    (_, { files, tools = [] }) => {
      const { findings } = runChecks(repositoryOf(files), { only: [id] });
      const named = findings.flatMap((finding) => finding.tools);
      expect(named.filter((name) => !tools.some(({ tool }) => isCalled(tool, name)))).toEqual([]);
      const lost = tools.filter((each) => isSeen(each) && ["lost", "refused"].includes(each.seen.outcome));
      const errors = findings.filter(({ severity }) => severity === "error").flatMap((finding) => finding.tools);
      expect(errors.filter((name) => !lost.some(({ tool }) => isCalled(tool, name)))).toEqual([]);
    },
  );
});

test("a run of each tool agreed with everything that checks say of it, in the version that is known", () => {
  const record = readRecord();
  const open = claims.filter((claim) => shownOn(claim, record) === undefined).map(claimName);
  expect(open, "run pnpm real-clients --part checks").toEqual([]);
});

test("what is only documented names the page", () => {
  expect(
    documented.filter(({ source, date }) => !/^https:\/\/\S+$/.test(source) || !/^\d{4}-\d\d-\d\d$/.test(date)),
  ).toEqual([]);
});
