import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";
import { linkMembers, packPackages } from "./installed.ts";

const examples = readdirSync(join(ROOT, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
const manifests = examples.map(({ name }) => ({
  folder: name,
  ...(JSON.parse(readFileSync(join(ROOT, "examples", name, "package.json"), "utf8")) as {
    scripts: { build: string; check?: string };
    devDependencies: { [name: string]: string };
  }),
}));
const newProject = packPackages(...new Set(manifests.flatMap(({ devDependencies }) => Object.keys(devDependencies))));

test.each(manifests)("examples/$folder builds what it has committed", ({ folder, scripts }) => {
  const project = newProject();
  cpSync(join(ROOT, "examples", folder), project.folder, {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  linkMembers(project.folder);
  const before = project.files().map((path) => [path, readFileSync(join(project.folder, path), "utf8")]);
  for (const script of [scripts.check ?? scripts.build, scripts.build]) {
    const { code, out, err } = project.run(...script.split(" ").slice(1));
    expect(err).toBe("");
    expect(code, out).toBe(0);
  }
  expect(project.files().map((path) => [path, readFileSync(join(project.folder, path), "utf8")])).toEqual(before);
});
