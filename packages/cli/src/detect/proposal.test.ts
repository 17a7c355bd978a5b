import { expect, test } from "vitest";
import { type CatalogueEntry, type ChoiceParam, propose } from "./proposal.ts";
import type { Repository } from "./repository.ts";

const entry = (id: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  package: `@acme/${id}`,
  export: id,
  id,
  params: [],
  ...more,
});
const repository = (dependencies: readonly string[], more: Partial<Repository> = {}): Repository => ({
  dependencies,
  ranges: {},
  files: [],
  isModule: true,
  uses: {},
  ...more,
});

const any = entry("any");
const nextjs = entry("nextjs", { appliesTo: { dependencies: ["next"], files: ["next.config.js"] } });
const lambda = entry("lambda", { appliesTo: { dependencies: ["aws-cdk-lib", "@aws-sdk/*"] } });
const express = entry("express", { appliesTo: { dependencies: ["express"] } });
const catalogue = [any, express, lambda, nextjs];

test.each([
  ["a dependency", repository(["next"]), [["nextjs", ["next"]]]],
  ["a file", repository([], { files: ["next.config.js"] }), [["nextjs", ["next.config.js"]]]],
  ["a scope, named once", repository(["@aws-sdk/a", "@aws-sdk/b"]), [["lambda", ["@aws-sdk/a"]]]],
  ["no more than a part of a name", repository(["next-auth"]), [["any", []]]],
  ["nothing", repository(["pg"]), [["any", []]]],
] as const)("%s speaks for the personas that fit", (_, found, expected) => {
  expect(propose(found, catalogue).map(({ entry: { id }, because }) => [id, because])).toEqual(expected);
});

const vite = { uses: { "front end": ["react"], "test runner": ["vitest"] } };

test("a front end alone gets none that is for any project, and one that fits it", () => {
  expect(propose(repository(["react"], vite), catalogue)).toEqual([]);
  expect(propose(repository(["react", "next"], vite), catalogue).map(({ entry: { id } }) => id)).toEqual(["nextjs"]);
});

test.each(["framework", "database client", "ORM", "CDK"])(
  "a front end with a back end (%s) gets one for any project",
  (kind) => {
    const found = repository(["react"], { uses: { ...vite.uses, [kind]: ["x"] } });
    expect(propose(found, catalogue).map(({ entry: { id } }) => id)).toEqual(["any"]);
  },
);

test("the two with the most signs come first; of equals, the catalogue's order decides", () => {
  const found = repository(["express", "next", "aws-cdk-lib"], { files: ["next.config.js"] });
  expect(propose(found, catalogue).map(({ entry: { id } }) => id)).toEqual(["nextjs", "express"]);
});

const param = (values: readonly string[], more: Partial<ChoiceParam> = {}): ChoiceParam => ({
  fragment: "topic",
  name: "choice",
  values,
  list: false,
  ...more,
});
const answered = (found: Repository, ...params: readonly ChoiceParam[]) =>
  propose(found, [entry("any", { params })])[0]?.params;

test.each([
  ["a package", ["jest"], ["vitest", "jest"], "jest"],
  ["a scope", ["@prisma/client"], ["prisma", "drizzle"], "prisma"],
  ["a client of a service", ["@aws-sdk/client-sqs"], ["sns", "sqs"], "sqs"],
  ["a name in another case", ["dynamodb"], ["DynamoDB"], "DynamoDB"],
])("%s answers a parameter", (_, dependencies, values, choice) => {
  expect(answered(repository(dependencies), param(values))).toEqual({ topic: { choice } });
});

test.each([
  ["a configuration", "biome.json", ["eslint", "biome"], "biome"],
  ["a module of settings", "jest.config.ts", ["vitest", "jest"], "jest"],
  ["a hidden one", ".gitlab-ci.yml", ["github-actions", "gitlab-ci"], "gitlab-ci"],
  ["a lockfile", "uv.lock", ["poetry", "uv"], "uv"],
])("%s at the root answers a parameter", (_, file, values, choice) => {
  expect(answered(repository([], { files: [file] }), param(values))).toEqual({ topic: { choice } });
});

test.each(["packages", "server.js"])("%s, a folder or a source file, answers none", (file) => {
  expect(answered(repository([], { files: [file] }), param(["context7", "packages", "server"]))).toEqual({});
});

test("of two answers the first stands, which is the default", () => {
  const found = repository(["jest", "vitest"]);
  expect(answered(found, param(["vitest", "jest"]))).toEqual({ topic: { choice: "vitest" } });
});

test("a list takes every answer", () => {
  const found = repository(["jest", "vitest"]);
  expect(answered(found, param(["vitest", "jest", "mocha"], { list: true }))).toEqual({
    topic: { choice: ["vitest", "jest"] },
  });
});

test("the package manager answers too, and parameters of one fragment stand together", () => {
  const found = repository(["zod"], { packageManager: "pnpm" });
  const params = [param(["npm", "pnpm"]), param(["zod"], { name: "other" }), param(["mocha"], { name: "third" })];
  expect(answered(found, ...params)).toEqual({ topic: { choice: "pnpm", other: "zod" } });
});
