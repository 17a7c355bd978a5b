import fc from "fast-check";
import { expect, test } from "vitest";
import { packPackages } from "../installed.ts";
import { checkInRunner } from "./commands.ts";
import { FUZZ_TIMEOUT, fuzz } from "./fuzz.ts";
import { DOCUMENT, mutated } from "./inputs.ts";

// Command lines and configurations: whatever they say, the answer is a report and one of three exit codes.

const check = checkInRunner();

const PERSONA = `${JSON.stringify({
  ...DOCUMENT,
  sections: [
    {
      title: "Own",
      list: "bullets",
      origin: { unit: "own" },
      entries: [{ kind: "rule", strength: "must", text: "Do it.", origin: { unit: "own", rule: "a" } }],
    },
  ],
})}\n`;

/** What needs no registry: those that would fetch get only what is on the disk. */
const COMMANDS = [
  "build",
  "check",
  "list",
  "explain",
  "targets",
  "eject",
  "override",
  "remove",
  "init",
  "pack",
  "help",
  "diff",
  "semver",
  "doctor",
];

const word = fc.oneof(
  fc.constantFrom(
    ...[
      "one.json",
      "./one.json",
      "one",
      "./none",
      "/",
      ".",
      "node:fs",
      "data:text/javascript,1",
      "AGENTS.md:1",
      "own/a",
      "-",
      "--",
    ],
    ...[
      "--json",
      "--out",
      "--target",
      "agents-md",
      "claude-agent",
      "nothing",
      "--frozen",
      "--strict",
      "--force",
      "--format",
    ],
    ...[
      "sarif",
      "github",
      "text",
      "--dry-run",
      "--help",
      "--version",
      "--quality",
      "--all",
      "--as",
      "--yes",
      "--check",
      "--write",
      "--fix",
      "--only",
      "--checks",
      "--config",
      "load",
    ],
    ...["out", "../out", "HEAD", "a\u0000b", "", " ", "\u001B[31m", "__proto__", "--__proto__", "-x", "--json=1"],
  ),
  fc.string({ unit: "binary", maxLength: 12 }).filter((text) => !text.startsWith("-w")),
);
const commandLines = fc.record({
  args: fc
    .tuple(fc.oneof(fc.constantFrom(...COMMANDS), word), fc.array(word, { maxLength: 5 }), fc.boolean())
    .map(([command, words, json]) => [command, ...(json ? ["--json"] : []), ...words])
    .filter((args) => !args.some((each) => /^(?:add|update|-w|--watch)/.test(each))),
  files: fc.constant({ "one.json": PERSONA, "package.json": "{}\n" }),
});

test(
  "a command line",
  async () => {
    await fuzz(commandLines, 1500, check);
  },
  FUZZ_TIMEOUT,
);

const CONFIG = JSON.stringify({
  personas: [
    { persona: "./one.json", targets: ["agents-md", "claude-agent"], out: "out" },
    { persona: "./one.json", extend: { id: "two", rules: { own: { a: { must: "B." } } }, addRules: {} } },
  ],
  targets: ["agent-skill"],
  out: ".",
  checks: { off: { load: "Tried out." }, use: [] },
});
const COMMANDS_OF_PROJECT = [["check"], ["build", "--dry-run"], ["list"], ["explain", "own/a"], ["doctor"]].map(
  ([command = "", ...rest]) => [command, "--json", ...rest],
);

test(
  "a mutated configuration in JSON",
  async () => {
    const calls = fc.tuple(mutated(CONFIG), fc.constantFrom(...COMMANDS_OF_PROJECT)).map(([config, args]) => ({
      args,
      files: { "one.json": PERSONA, "personakit.config.json": JSON.stringify(config) },
    }));
    await fuzz(calls, 1000, check);
  },
  FUZZ_TIMEOUT,
);

const newProject = packPackages("personakit");

test.each<[name: string, args: readonly string[]]>([
  ["a document of 4,000 levels", ["build", "./deep.json", "--json"]],
  ["a list of 100,000 names", ["build", "./many.json", "--json"]],
  ["a cell of 200,000 backslashes", ["build", "./slashes.json", "--json"]],
])("the built command says what is wrong with %s", (_name, args) => {
  const project = newProject();
  project.write(
    "deep.json",
    `{"kind":"document","schemaVersion":1,"id":"x","a":${"[".repeat(4000)}${"]".repeat(4000)}}`,
  );
  project.write("many.json", { ...JSON.parse(PERSONA), mcpServers: Array.from({ length: 100_000 }, () => "a") });
  const columns = ["\\".repeat(200_000)];
  const entries = [{ kind: "table", columns, rows: [], origin: { unit: "own", rule: "a" } }];
  const document = JSON.parse(PERSONA);
  project.write("slashes.json", { ...document, sections: [{ ...document.sections[0], entries }] });
  const { code, out, err } = project.run(...args);
  expect({ code, err }).toEqual({ code: 2, err: "" });
  expect(JSON.parse(out).errors).not.toHaveLength(0);
});
