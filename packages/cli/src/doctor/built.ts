import { realpathSync } from "node:fs";
import { relative, resolve } from "node:path";
import { withSlashes } from "../context/paths.ts";
import type { Finding } from "../issues/command-error.ts";
import { findingOf } from "./report.ts";
import { repositoryHere } from "./repository.ts";
import { settingsFor } from "./settings.ts";

/** What checks find in files that a build has written. Warnings and notes are not for a build to fail on. */
export async function checkBuilt(folder: string, paths: readonly string[]): Promise<readonly Finding[]> {
  const library = await import("@personakit/checks");
  const repository = repositoryHere(folder);
  const { root } = repository;
  const { checks, off } = await settingsFor(library, folder, { checks: undefined, config: true });
  const here = realpathSync.native(resolve(folder));
  const built = new Set(paths.map((path) => withSlashes(relative(root, resolve(here, path)))));
  const { findings } = library.runChecks(repository, { checks, off });
  return findings
    .filter(({ path, severity }) => built.has(path) && severity === "error")
    .map((each) => findingOf(root, each));
}
