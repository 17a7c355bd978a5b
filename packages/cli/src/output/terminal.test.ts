import { hiddenRuns } from "@personakit/targets";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FORMATTERS, writeReport } from "./formats.ts";
import { columns, oneSafeLine, writeLine, writeLines } from "./terminal.ts";

const PARTS = [
  "::",
  "::error::",
  "##[",
  "##vso[",
  "##",
  ":",
  "[",
  " ",
  "\t",
  "\n",
  "\r",
  "\r\n",
  "\u0085",
  "\u2028",
  "a",
];
const HIDDEN = [
  "\u001B[2J",
  "\u001B]8;;http://a\u0007",
  "\u009B",
  "\u202E",
  "\u200B",
  "\u3000",
  "\uFEFF",
  "\u{E0041}",
  "\uD800",
];

/** Text of somebody who wants more than one line of a terminal. */
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PARTS, ...HIDDEN), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 12 })
  .map((parts) => parts.join(""));

let written = "";

beforeEach(() => {
  written = "";
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      written += text;
      return true;
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** As GitHub's and Azure's runners look for a command in a line. */
function isCommand(line: string): boolean {
  return line.trimStart().startsWith("::") || line.includes("##[") || line.includes("##vso[");
}

describe("a line", () => {
  test("is one line without controls, hidden characters and commands, whatever the text", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        written = "";
        writeLine(text);
        const [line = "", ...others] = written.split("\n");
        expect(others).toEqual([""]);
        expect(hiddenRuns(line)).toEqual([]);
        expect(line).not.toMatch(/(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(isCommand(line)).toBe(false);
        expect(oneSafeLine(line)).toBe(line);
      }),
      { numRuns: 3000 },
    );
  });

  test("stays as it is when a reader sees all of it", () => {
    for (const text of ["a\tb", "  5 € « net »", "core::fmt, ## A [b]", "👩‍👧 می‌خواهم"])
      expect(oneSafeLine(text)).toBe(text);
  });

  test("shows what it will not do", () => {
    expect(oneSafeLine("a\n\u001B[2J\u202E")).toBe("a\\n\\u{1b}[2J\\u{202e}");
    expect(oneSafeLine("  ::warning::x")).toBe("  :\\:warning::x");
    expect(oneSafeLine("x ##[error]y ##vso[task.setvariable]")).toBe("x ##\\[error]y ##\\vso[task.setvariable]");
  });
});

test("lines of our own are safe one by one", () => {
  writeLines("-a\n::add-mask::x\n");
  expect(written).toBe("-a\n:\\:add-mask::x\n\n");
});

test("columns align what is shown", () => {
  expect(
    columns([
      ["a\n", "1"],
      ["bcd", "2"],
    ]),
  ).toEqual(["a\\n  1", "bcd  2"]);
});

test.each(["text", "github"] as const)(
  "a report as %s writes no line but its own, and no command but its own",
  (format) => {
    fc.assert(
      fc.property(hostile, hostile, (text, diff) => {
        written = "";
        const finding = {
          code: "edited",
          problem: text,
          place: text,
          hint: text,
          file: `f${text}`,
          line: 1,
          diff: `-${diff}\n`,
        };
        const report = { kind: "findings", issues: [finding] } as const;
        writeReport(format, report);
        const lines = written.split("\n").slice(0, -1);
        expect(lines).toHaveLength(FORMATTERS[format](report).length);
        for (const line of lines) {
          const own = format === "github" ? line.replace(/^::error [^:]*::/, "") : line;
          expect(hiddenRuns(line)).toEqual([]);
          if (format === "text") expect(isCommand(own)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  },
);
