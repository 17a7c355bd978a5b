import type { Finding } from "@personakit/checks";
import { expect, test } from "vitest";
import { linesOfFindings } from "./report.ts";

const finding = (check: Finding["check"], path: string, severity: Finding["severity"] = "warning"): Finding => ({
  ...{ check, severity, path, line: 1, column: 1, tools: ["Codex"], problem: "it is wrong" },
});

test("of what is wrong in many files, ten are shown, and how to see the others", () => {
  const many = Array.from({ length: 13 }, (_, at) => finding("load/link", `${at}.md`));
  const all = [...many, finding("cut/body", "z.md")];
  const lines = linesOfFindings("/repository", all, false);
  expect(lines.filter((line) => line.includes("[load/link]"))).toHaveLength(10);
  expect(lines.filter((line) => line.includes("[cut/body]"))).toHaveLength(1);
  expect(lines).toContain("  3 more of load/link: personakit doctor --only load/link");
  expect(linesOfFindings("/repository", all, true).filter((line) => line.includes(" more of "))).toEqual([]);
  expect(linesOfFindings("/repository", all, true)).toHaveLength(16);
});
