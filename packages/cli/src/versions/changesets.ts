import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bump } from "@personakit/core";
import { isLess } from "@personakit/core/internal";
import { readFrontMatter } from "@personakit/targets";
import type { NewFile } from "../disk/write-files.ts";
import { failure, messageOf } from "../issues/command-error.ts";

/** What the pending changesets promise for a package. */
export interface Pending {
  readonly bump: Bump;
  /** Whether all of it stands in the changeset that we write for the package. */
  readonly onlyOurs: boolean;
}

/** Where the changesets tool keeps what is pending. */
const FOLDER = ".changeset";

/** Whether a repository has changesets. */
export function hasChangesets(root: string): boolean {
  return existsSync(join(root, FOLDER, "config.json"));
}

/** The bumps of a repository's pending changesets, by package. Throws a CommandError for one that cannot be read. */
export function readPending(root: string): Map<string, Pending> {
  const folder = join(root, FOLDER);
  if (!hasChangesets(root)) {
    throw failure("no-changesets", `${FOLDER}/config.json`, "there is none", "Run changeset init first.");
  }
  const pending = new Map<string, Pending>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md")) {
    for (const [name, bump] of Object.entries(bumpsIn(join(folder, file)))) {
      const earlier = pending.get(name);
      const ours = file === fileName(name);
      const greater = earlier === undefined || isLess(earlier.bump, bump) ? bump : earlier.bump;
      pending.set(name, { bump: greater, onlyOurs: ours && (earlier?.onlyOurs ?? true) });
    }
  }
  return pending;
}

function bumpsIn(path: string): { readonly [name: string]: Bump } {
  try {
    const bumps = Object.entries(readFrontMatter(readFileSync(path, "utf8")).data);
    return Object.fromEntries(bumps.filter(([, bump]) => bump !== "none"));
  } catch (error) {
    throw failure("no-changesets", path, "is not a changeset", { cause: messageOf(error) });
  }
}

/** The one changeset of a package that is ours, in the place of an earlier one. */
export function changesetFor(name: string, bump: Bump | undefined, text: string): NewFile {
  const path = `${FOLDER}/${fileName(name)}`;
  return { path, text: `---\n${JSON.stringify(name)}: ${bump}\n---\n\n${text}\n` };
}

/** One file for each package, so that it is found again. */
function fileName(name: string): string {
  return `rules-of-${name.replace(/^@/, "").replace(/[^\w-]+/g, "-")}.md`;
}
