import type { Document } from "@personakit/core";
import { CommandError } from "./command-error.ts";
import { isPersonaId } from "./document-schema.ts";
import type { Manifest } from "./manifest.ts";
import { isPath, type PersonaPackage, readPersonaPackage } from "./package.ts";
import type { Request } from "./plan.ts";
import { chooseTargets } from "./project.ts";

/** A document under another id. What it says keeps its origins. Throws a CommandError for what is no id. */
export function renamed(document: Document, id: string | undefined): Document {
  if (id !== undefined && !isPersonaId(id)) {
    throw new CommandError([`--as ${id}: expected kebab-case of at most 64 characters, such as "web-backend".`]);
  }
  return id === undefined ? document : { ...document, id };
}

/** The personas of a manifest that came by `add`, with the packages that they came from. */
export function addedPersonas({ personas }: Manifest): { readonly id: string; readonly spec: string }[] {
  return Object.entries(personas).flatMap(([id, { package: name, version }]) =>
    name === undefined ? [] : [{ id, spec: version === undefined || isPath(name) ? name : `${name}@${version}` }],
  );
}

/** What building an added persona again takes: for the targets that it was added for. */
export async function requestFor(
  id: string,
  { document, name }: Pick<PersonaPackage, "document" | "name">,
  manifest: Manifest,
): Promise<Request> {
  const records = Object.values(manifest.artifacts).filter(({ persona }) => persona === id);
  const errors: string[] = [];
  const ids = [...new Set(records.flatMap(({ targets }) => targets))];
  const targets = await chooseTargets(ids, MANIFEST_TARGETS, ".", errors);
  if (errors.length > 0) throw new CommandError(errors);
  return { unit: renamed(document, id), source: name, targets, out: "" };
}

const MANIFEST_TARGETS = "personakit.lock.json, targets";

/** The added personas as they were added: from the project's packages, or from the registry's cache. */
export async function requestsForAdded(folder: string, manifest: Manifest): Promise<Request[]> {
  const requests: Request[] = [];
  for (const { id, spec } of addedPersonas(manifest)) {
    requests.push(await requestFor(id, await readPersonaPackage(spec, folder, true), manifest));
  }
  return requests;
}
