import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { contentDependencies } from "./derive/manifest.ts";
import { packages, ROOT } from "./workspace.ts";

// A new import must be linked before the module that has it can be loaded.
let linked = true;
for (const { kind, folder, manifest } of packages()) {
  if (kind !== "fragment" && kind !== "persona") continue;
  const dependencies = contentDependencies({ folder });
  if (JSON.stringify(dependencies) === JSON.stringify(manifest.dependencies)) continue;
  writeFileSync(join(ROOT, folder, "package.json"), `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`);
  linked = false;
}
if (!linked) execFileSync("pnpm", ["install"], { cwd: ROOT, stdio: "inherit", shell: process.platform === "win32" });

const { derive } = await import("./derive/index.ts");
const { orphans } = await import("./derive/orphans.ts");

const files = await derive();
for (const [path, text] of files) {
  const absolute = join(ROOT, path);
  if (existsSync(absolute) && readFileSync(absolute, "utf8") === text) continue;
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, text);
  console.log(`written  ${path}`);
}
for (const path of orphans(files)) {
  rmSync(join(ROOT, path));
  console.log(`removed  ${path}`);
}
