import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, vi } from "vitest";
import { loadUnits } from "../../scripts/units.ts";
import { allBlocks, type Block } from "./blocks.ts";
import { installedPackages, type Load, loaderIn } from "./packages.ts";
import { modulesOf, writeModules } from "./typescript.ts";

/** What tests need that run samples. */
export interface Running {
  /** Imports one of the packages that samples use. */
  readonly load: Load;
  /** Imports a sample as it is compiled; `made` picks one of several by a part of its code. What it declares must be stubbed as a global. */
  readonly run: (id: string, made?: string) => ReturnType<Load>;
  /** The file of that module. */
  readonly pathOf: (id: string, made?: string) => string;
  /** The code of a sample. */
  readonly codeOf: (id: string) => string;
}

/** Writes every sample as a module, until the tests of the file have run. */
export async function runningSamples(extra: readonly Block[] = []): Promise<Running> {
  const blocks = [...allBlocks(await loadUnits()), ...extra];
  const packages = installedPackages();
  const modules = modulesOf(blocks.filter(({ language }) => language === "ts"));
  const [folder, remove] = writeModules(modules, packages);
  afterAll(() => {
    vi.unstubAllGlobals();
    remove();
  });
  const pathOf = (id: string, made = ""): string => {
    const found = modules.find(({ block }) => block.id === id && block.code.includes(made));
    if (found === undefined) throw new Error(`no persona has ${id} with ${made}`);
    return join(folder, found.name);
  };
  return {
    load: await loaderIn(packages),
    run: async (id, made) => await import(pathToFileURL(pathOf(id, made)).href),
    pathOf,
    codeOf: (id) => blocks.find((block) => block.id === id)?.code ?? "",
  };
}
