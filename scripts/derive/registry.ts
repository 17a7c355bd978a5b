import { readdirSync } from "node:fs";
import { join } from "node:path";
import { camelCase } from "../../packages/cli/src/scaffold/case.ts";
import { ROOT } from "../workspace.ts";

/** Where targets live, one file each. */
const FOLDER = "packages/targets/src/targets";

/** The ids of all targets. From their files: a new one is not in the registry that is loaded now. */
export function targetIds(): string[] {
  return readdirSync(join(ROOT, FOLDER))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => name.slice(0, -".ts".length))
    .sort();
}

/** The list of all targets: a new file in the folder is a new target, and nothing else is to be written. */
export function registryFile(): [path: string, text: string] {
  const ids = targetIds();
  const imports = ids.map((id) => `import { ${camelCase(id)} } from "./targets/${id}.ts";`);
  const items = ids.map((id) => `  ${camelCase(id)},`);
  const text = [
    "// Written by `pnpm sync` from the files in ./targets.",
    'import type { Target } from "./define/target.ts";',
    ...imports,
    "",
    "/** Every target, by id. */",
    "export const targets: readonly Target[] = [",
    ...items,
    "];",
    "",
  ];
  return ["packages/targets/src/registry.ts", text.join("\n")];
}
