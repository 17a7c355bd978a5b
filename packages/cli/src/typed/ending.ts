import { existsSync } from "node:fs";
import { join } from "node:path";

/** What the name of a new module ends in: "ts", "mts", "js" or "mjs". */
export function moduleEnding(
  folder: string,
  {
    isModule,
    dependencies = [],
  }: { readonly isModule?: boolean | undefined; readonly dependencies?: readonly string[] | undefined },
): string {
  const isTyped = dependencies.includes("typescript") || existsSync(join(folder, "tsconfig.json"));
  // A module of one file is an ES module only by its ending where the repository is CommonJS.
  return `${isModule === true ? "" : "m"}${isTyped ? "ts" : "js"}`;
}
