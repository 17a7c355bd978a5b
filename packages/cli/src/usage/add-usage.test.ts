import { Command as Program } from "commander";
import { expect, test } from "vitest";
import { addUsage } from "./add-usage.ts";
import { defaultsOf, defineCommand, type Given } from "./define-command.ts";
import { choice, flag, list, repeated, text, textOr } from "./options.ts";

const command = defineCommand({
  name: "try",
  group: "daily",
  summary: "Try it",
  arguments: [["[source...]", "sources"]],
  options: {
    dryRun: flag("write nothing", "n"),
    as: text("name", "the name"),
    out: textOr(".", "folder", "the folder", "o"),
    target: list("ids", "the targets", "t"),
    set: repeated("setting", "settings"),
    format: choice(["text", "json"], "format", "the form"),
  },
  run: async () => 0,
});

/** What the command is given for a command line. Throws what the parser says. */
function given(...args: readonly string[]): Given {
  let found: Given | undefined;
  const program = new Program("personakit").exitOverride().configureOutput({ writeErr: () => {} });
  addUsage(program, command, (call) => {
    found = call;
  });
  program.parse(args, { from: "user" });
  return found as Given;
}

test("without options a command has its defaults, with the parser and without it", () => {
  const options = { json: false, dryRun: false, out: ".", format: "text" };
  expect(given()).toEqual({ command, args: [], options });
  expect(defaultsOf(command)).toEqual(options);
});

test.each([
  [["--dry-run"], { dryRun: true }],
  [["--set", "a.b=1,2", "--set", "c.d=3"], { set: ["a.b=1,2", "c.d=3"] }],
  [["-n"], { dryRun: true }],
  [["--json"], { json: true }],
  [["-j"], { json: true }],
  [["--as", "other"], { as: "other" }],
  [["-o", "sub"], { out: "sub" }],
  [["--format", "json"], { format: "json" }],
  [["--target", "a"], { target: ["a"] }],
  [["--target", "a,b"], { target: ["a", "b"] }],
  [["--target", "a, b,", "-t", "c"], { target: ["a", "b", "c"] }],
  [["--target", ","], { target: [] }],
])("%j gives %j", (args, options) => {
  expect(given(...args).options).toMatchObject(options);
});

test("arguments are given in their order, apart from options", () => {
  expect(given("a.mjs", "--dry-run", "b.mjs").args).toEqual(["a.mjs", "b.mjs"]);
});

test.each([
  [["--format", "xml"], "Allowed choices are text, json."],
  [["--dry-runs"], "Did you mean --dry-run?"],
  [["--as"], "argument missing"],
])("%j is refused", (args, message) => {
  expect(() => given(...args)).toThrow(message);
});
