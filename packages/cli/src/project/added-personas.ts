import type { Document } from "@personakit/core";
import { nameWithVersion, problemOfFileId } from "@personakit/core/internal";
import { LOCKFILE, type Lockfile } from "../disk/lockfile.ts";
import { failure, throwIssues } from "../issues/command-error.ts";
import { chooseTargets } from "../plan/choose-targets.ts";
import type { Request } from "../plan/make-plan.ts";
import { isPath, type PersonaPackage, readPersonaPackage } from "../sources/persona-package.ts";

/** A document under another id. What it says keeps its origins. Throws a CommandError for what is no id. */
export function renamed(document: Document, id: string | undefined): Document {
  const problem = id === undefined ? undefined : problemOfFileId(id);
  if (problem !== undefined) {
    const hint = 'Expected kebab-case of at most 64 characters, such as "web-backend".';
    throw failure("usage", `--as ${id}`, `the name ${problem}`, hint);
  }
  return id === undefined ? document : { ...document, id };
}

/** The personas of a lockfile that came by `add`, with the packages that they came from. */
export function addedPersonas({ personas }: Lockfile): { readonly id: string; readonly spec: string }[] {
  return Object.entries(personas).flatMap(([id, { package: name, version }]) =>
    name === undefined ? [] : [{ id, spec: isPath(name) ? name : nameWithVersion({ id: name, version }) }],
  );
}

/** What building an added persona again takes: for the targets that it was added for. */
export async function requestFor(
  id: string,
  { document, name }: Pick<PersonaPackage, "document" | "name">,
  lockfile: Lockfile,
): Promise<Request> {
  const records = Object.values(lockfile.artifacts).filter(({ persona }) => persona === id);
  const ids = [...new Set(records.flatMap(({ targets }) => targets))];
  const { results: targets, issues } = await chooseTargets(ids, `${LOCKFILE}, targets`, ".");
  throwIssues(issues);
  return { unit: renamed(document, id), source: name, targets, out: "" };
}

/** The added personas as they were added: from the project's packages, or from the registry's cache. */
export async function requestsForAdded(folder: string, lockfile: Lockfile): Promise<Request[]> {
  const requests: Request[] = [];
  for (const { id, spec } of addedPersonas(lockfile)) {
    requests.push(await requestFor(id, await readPersonaPackage(spec, folder, { offline: true }), lockfile));
  }
  return requests;
}
