import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { packages, ROOT } from "./workspace.ts";

// One compiler run writes the declarations of all packages; each package then gets its own beside its JavaScript.
const types = join(ROOT, ".build/types");
rmSync(types, { recursive: true, force: true });
execFileSync("tsc", ["-p", "tsconfig.build.json"], { stdio: "inherit", shell: process.platform === "win32" });
for (const { folder } of packages()) {
  cpSync(join(types, folder.replace(/^packages\//, "")), join(ROOT, folder, "dist"), { recursive: true });
}
