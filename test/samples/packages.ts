import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../scripts/workspace.ts";
import { installOnce } from "../install-once.ts";

/** The folder in which the packages are installed that samples use. */
export function installedPackages(): string {
  return installOnce(join(ROOT, "test/samples"));
}

/** Imports one of those packages, of which the compiler knows no types here. */
// biome-ignore lint/suspicious/noExplicitAny: The types are in a folder that a checkout does not have yet.
export type Load = (name: string) => Promise<any>;

/**
 * What loads the packages stands beside them, because a module finds only what is installed above it.
 * GitHub's parser imports JSON as only bundlers do.
 */
const LOADER = `
  import { readFileSync } from "node:fs";
  import { registerHooks } from "node:module";
  registerHooks({
    load: (url, context, next) =>
      url.includes("/@actions/workflow-parser/") && url.endsWith(".json")
        ? { format: "module", shortCircuit: true, source: "export default " + readFileSync(new URL(url), "utf8") }
        : next(url, context),
  });
  export const load = (name) => import(name);
`;

/** Imports one of the installed packages. */
export async function loaderIn(packages: string): Promise<Load> {
  const path = join(packages, "load.mjs");
  writeFileSync(path, LOADER);
  const { load } = await import(pathToFileURL(path).href);
  return load;
}
