import { execFileSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { packages, ROOT } from "./workspace.ts";

// One compiler run writes the declarations of all packages; each package then gets its own beside its JavaScript.
const types = join(ROOT, ".build/types");
rmSync(types, { recursive: true, force: true });
execFileSync("tsc", ["-p", "tsconfig.build.json"], { stdio: "inherit", shell: process.platform === "win32" });
for (const { folder, kind } of packages()) {
  // A declaration that is imported and not written would show only in a user's project.
  const sources = join(ROOT, folder, "src");
  if (existsSync(sources) && !existsSync(join(types, kind, "src")))
    throw new Error(`${folder}: declarations of src are missing`);
  cpSync(join(types, folder.replace(/^packages\//, "")), join(ROOT, folder, "dist"), { recursive: true });
}
