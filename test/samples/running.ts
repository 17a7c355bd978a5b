import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, vi } from "vitest";
import { loadUnits } from "../../scripts/units.ts";
import { allBlocks, blocksOf } from "./blocks.ts";
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

/**
 * Writes every sample as a module, until the tests of the file have run.
 *
 * @param more Parameters of fragments that no persona uses, by the fragment's id.
 */
export async function runningSamples(more: { readonly [fragment: string]: object } = {}): Promise<Running> {
  const units = await loadUnits();
  const extra = units.fragments.flatMap(({ fragment }) => {
    const values = more[fragment.id];
    return values === undefined ? [] : blocksOf(fragment.with(values), "a test");
  });
  const blocks = [...allBlocks(units), ...extra];
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
