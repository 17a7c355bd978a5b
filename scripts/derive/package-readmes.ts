import { readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS } from "../../packages/cli/src/commands.ts";
import { type Package, packages, ROOT } from "../workspace.ts";
import { apiReference, type EntryPoint } from "./api.ts";
import { SHARED } from "./manifest.ts";
import { filled, tableOf } from "./markdown.ts";

/** The READMEs of the packages of code: hand-written, but for their tables. */
export async function packageReadmes(): Promise<[path: string, text: string][]> {
  const owns = packages().filter(({ kind }) => kind !== "fragment" && kind !== "persona");
  return Promise.all(
    owns.map(async (own): Promise<[string, string]> => {
      const path = `${own.folder}/README.md`;
      const text = filled(path, readFileSync(join(ROOT, path), "utf8"), "api", apiReference(entriesOf(own)));
      return [path, own.kind === "cli" ? filled(path, text, "commands", await commandTable()) : text];
    }),
  );
}

/** What a package exports to its users. What is shared is for our own packages. */
function entriesOf({ folder, kind, manifest }: Package): EntryPoint[] {
  return Object.entries(manifest.exports as { readonly [name: string]: string }).flatMap(([name, module]) => {
    if (!module.endsWith(".ts") || SHARED[kind]?.includes(name.slice(2))) return [];
    return [{ name: manifest.name + name.slice(1), path: join(folder, module) }];
  });
}

async function commandTable(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  return tableOf(
    ["Command", "What it does"],
    commands.map(({ name, summary, details }) => [`\`${name}\``, [`${summary}.`, details ?? []].flat().join(" ")]),
  );
}
