import { type AnyFragment, type Document, snapshotOfFragment } from "@personakit/core";
import { targets } from "@personakit/targets";
import { type PackageFile, packDocument } from "./packed-document.ts";
import { canRestrict } from "./unit.ts";

/** The export that leads to what a fragment's package promises. */
export const API_EXPORT = "./api.json";

/** The export that leads to a package's compiled document. */
export const DOCUMENT_EXPORT = "./document.json";

/** The target whose files a package carries, so that skill installers find them without a tool of ours. */
const CARRIED = { target: "agent-skill", folder: ".agents/" };

const skillTarget = targets.find(({ id }) => id === CARRIED.target);

/** Whether a persona can be a skill: a restricted one cannot, where the format has no way to say that. */
export function canCarrySkill(document: Document): boolean {
  return skillTarget !== undefined && canRestrict(skillTarget, document);
}

/** The skill's files, and the document packed over them. `path` is where the package exports the document from. */
export function personaFiles(document: Document, path: string): PackageFile[] {
  const skill = canCarrySkill(document) ? (skillTarget?.compile(document).artifacts ?? []) : [];
  const files = skill.map((file) => ({ path: file.path.slice(CARRIED.folder.length), text: file.text }));
  return [...files, { path, text: `${JSON.stringify(packDocument(document, files))}\n` }];
}

/** What a fragment promises, as JSON. `path` is where the package exports it from. */
export function fragmentFile(fragment: AnyFragment, path: string): PackageFile {
  return { path, text: `${JSON.stringify(snapshotOfFragment(fragment))}\n` };
}
