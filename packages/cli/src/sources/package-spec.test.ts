import { expect, test } from "vitest";
import { isPath, parseSpec } from "./package-spec.ts";

test.each([
  ["one", { name: "one" }],
  ["@acme/one", { name: "@acme/one" }],
  ["@acme/one@1.2.0", { name: "@acme/one", wanted: "1.2.0" }],
  ["one@^1.2", { name: "one", wanted: "^1.2" }],
  ["one@>=1.0.0-beta.1", { name: "one", wanted: ">=1.0.0-beta.1" }],
  ["one@next", { name: "one", wanted: "next" }],
])("%s is a name in the registry", (spec, parts) => {
  expect(parseSpec(spec)).toEqual({ kind: "registry", spec, ...parts });
});

test.each(["./one", "../one", "/one", "C:\\one", "one.tgz", "folder/one.tgz"])("%s is a place here", (spec) => {
  expect(isPath(spec)).toBe(true);
  expect(parseSpec(spec)).toEqual({ kind: "path", spec });
});

const REPOSITORIES = [
  "git+https://example.com/one.git",
  "git+ssh://git@example.com/one.git#main",
  "git://example.com/one.tgz",
  "git@github.com:acme/one.git",
  "github:acme/one",
  "acme/one",
  "acme/one#semver",
];

test.each(REPOSITORIES)("%s is a repository, and is taken only where that is asked for", (spec) => {
  expect(() => parseSpec(spec)).toThrow("git repository");
  expect(parseSpec(spec, { allowGit: true })).toEqual({ kind: "git", spec });
});

test.each([
  "https://example.com/one.tgz",
  "http://example.com/one",
  "file:../one",
  "file:one.tgz",
  "npm:one",
  "one@npm:two",
  "one@https://example.com/one.tgz",
  "one@git+https://example.com/one.git",
  "one@file:../one",
  "one@../one",
  "one@-g",
  "--global",
  "-g",
  "a;b",
  "one@1 && rm",
  "one@%PATH%",
  'one@"x',
  "one@$(x)",
  "one\n@two",
  "@acme/one/two",
  "@acme",
  "./one\0",
  "",
])("%j is refused, with --allow-git too", (spec) => {
  for (const allowGit of [false, true]) expect(() => parseSpec(spec, { allowGit })).toThrow();
});
