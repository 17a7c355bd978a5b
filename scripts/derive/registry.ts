import { readdirSync } from "node:fs";
import { join } from "node:path";
import { camelCase } from "../../packages/cli/src/scaffold/case.ts";
import { ROOT } from "../workspace.ts";

/** The names of the modules in a folder, tests aside. */
function modulesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => /^[^.]+\.ts$/.test(name))
    .map((name) => name.slice(0, -".ts".length))
    .sort();
}

/** The ids of all targets. From their files: a new one is not in the registry that is loaded now. */
export function targetIds(): string[] {
  return modulesIn("packages/targets/src/targets");
}

/** The lists of all targets and all checks: a new file in their folder is a new one, and nothing else is to be written. */
export function registryFiles(): [path: string, text: string][] {
  return [registryOf("targets", "Target", "./define/target.ts"), registryOf("checks", "Check", "./model/check.ts")];
}

function registryOf(kind: "targets" | "checks", type: string, from: string): [path: string, text: string] {
  const ids = modulesIn(`packages/${kind}/src/${kind}`);
  const imports = [
    `import type { ${type} } from "${from}";`,
    ...ids.map((id) => `import { ${camelCase(id)} } from "./${kind}/${id}.ts";`),
  ];
  const items = ids.map((id) => `  ${camelCase(id)},`);
  const text = [
    `// Written by \`pnpm sync\` from the files in ./${kind}.`,
    // In the order that the formatter wants.
    ...imports.sort((a, b) => (pathIn(a) < pathIn(b) ? -1 : 1)),
    "",
    `/** Every ${type.toLowerCase()}, by id. */`,
    `export const ${kind}: readonly ${type}[] = [`,
    ...items,
    "];",
    "",
  ];
  return [`packages/${kind}/src/registry.ts`, text.join("\n")];
}

function pathIn(line: string): string {
  return line.slice(line.indexOf('"'));
}
