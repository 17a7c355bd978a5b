import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";
import { packPackages } from "./installed.ts";

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

/** The packages of an example repository find each other as in a workspace. */
function linkMembers(folder: string): void {
  const packages = join(folder, "packages");
  for (const leaf of existsSync(packages) ? readdirSync(packages) : []) {
    const { dependencies } = JSON.parse(readFileSync(join(packages, leaf, "package.json"), "utf8"));
    for (const name of Object.keys(dependencies).filter((each) => each.startsWith("@acme/"))) {
      const link = join(packages, leaf, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(packages, name.replace("@acme/", "")), link, "junction");
    }
  }
}
