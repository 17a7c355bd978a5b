import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { derive } from "./derive/index.ts";
import { orphans } from "./derive/orphans.ts";
import { ROOT } from "./workspace.ts";

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
