import { join } from "node:path";
import type { CopyFile } from "@personakit/core/copies";
import { readText } from "../files/text.ts";
import { CommandError, failure } from "../issues/command-error.ts";
import { openProject, planOf } from "../project/open-project.ts";
import { configFilesIn } from "../sources/config.ts";
import type { Draft, DraftEntry } from "./draft.ts";
import type { Facts } from "./facts.ts";
import { inMirror } from "./mirror.ts";

/** Builds what a draft touches, in a folder of its own, and says which of its files cannot stay in it, and why. */
export async function unproved(
  { folder, isTaken }: Pick<Facts, "folder" | "isTaken">,
  { entries, texts }: Pick<Draft, "entries" | "texts">,
  files: readonly CopyFile[],
): Promise<Map<string, string>> {
  const failed = new Map<string, string>();
  if (entries.length === 0) return failed;
  const written = new Map<string, string | undefined>(texts.map(({ path, text }) => [path, text]));
  for (const name of configFilesIn(folder)) written.set(name, undefined);
  const known = new Map(files.map(({ path, text }) => [path, text]));
  const textOf = (path: string) => known.get(path) ?? readText(join(folder, path));
  return inMirror(folder, written, async (mirror) => {
    const ids = new Map<string, string>();
    const build = async (some: readonly DraftEntry[]): Promise<string | undefined> => {
      const project = openProject([], { out: mirror, added: some.map(({ built }) => built) });
      if (project === undefined) throw failure("internal", undefined, "there is nothing to prove");
      const { personas } = await planOf(project);
      for (const { document, request } of personas) ids.set(some[request.entry ?? 0]?.path ?? "", document.id);
      const built = new Map(
        personas.flatMap(({ artifacts }) => artifacts.map(({ path, text }) => [path, text] as const)),
      );
      const wanted = some.flatMap(({ outputs }) => outputs);
      const missing = wanted.find((path) => !built.has(path));
      if (missing !== undefined) return `${missing} would not be built`;
      const other = [...built].find(([path, text]) => textOf(path) !== text)?.[0];
      return other === undefined ? undefined : `${other} would be built with other bytes`;
    };
    const attempt = async (some: readonly DraftEntry[]) => {
      try {
        return await build(some);
      } catch (error) {
        const problems = CommandError.from(error).issues.map(({ problem }) => problem);
        return [...new Set(problems)].join("; ");
      }
    };
    const refuse = ({ path, changes }: DraftEntry, why: string) => {
      // A source that did not change itself fails with a fragment that did.
      for (const each of changes.length > 0 ? changes : [path]) failed.set(each, why);
    };
    const refuseTaken = () => {
      for (const each of entries) {
        const id = ids.get(each.path);
        if (!each.hasOutputs && id !== undefined && isTaken(id))
          refuse(each, `another persona that is built is called "${id}"`);
      }
    };
    // All at once is fast; only where something is wrong does it matter with which one.
    if ((await attempt(entries)) === undefined) {
      refuseTaken();
      return failed;
    }
    for (const each of entries) {
      const why = await attempt([each]);
      if (why !== undefined) refuse(each, why);
    }
    if (failed.size > 0) return failed;
    // Each on its own is right, and all together are not: two may have one name.
    const owners = new Map<string, DraftEntry>();
    for (const each of entries) {
      const id = ids.get(each.path) ?? "";
      const owner = owners.get(id);
      if (owner === undefined) owners.set(id, each);
      else refuse(each, `two personas have this id, "${id}": the other is for ${owner.path}`);
    }
    refuseTaken();
    if (failed.size > 0) return failed;
    const together: DraftEntry[] = [];
    for (const each of entries) {
      const why = await attempt([...together, each]);
      if (why === undefined) together.push(each);
      else refuse(each, why);
    }
    if (failed.size === 0) throw failure("internal", undefined, "the copies could not be made one text");
    return failed;
  });
}
