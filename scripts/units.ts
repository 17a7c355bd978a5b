import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type AnyFragment, compile, type Document, definePersona, type PersonaData, render } from "@personakit/core";
import { type Package, packages, ROOT } from "./workspace.ts";

/** A fragment's package and what it exports. */
export interface FragmentUnit {
  readonly package: Package;
  readonly fragment: AnyFragment;
  /** Its name in the package's exports. */
  readonly exportName: string;
  /** The fragment alone, compiled with its defaults. */
  readonly document: Document;
  readonly text: string;
}

/** A persona's package and what it exports. */
export interface PersonaUnit {
  readonly package: Package;
  readonly persona: PersonaData;
  readonly exportName: string;
  readonly document: Document;
}

/** Everything that the content packages export. */
export interface Units {
  readonly packages: readonly Package[];
  readonly fragments: readonly FragmentUnit[];
  readonly personas: readonly PersonaUnit[];
}

/** Imports every content package. Throws when one does not export exactly one unit of its kind. */
export async function loadUnits(): Promise<Units> {
  const all = packages();
  const fragments: FragmentUnit[] = [];
  const personas: PersonaUnit[] = [];
  for (const each of all) {
    if (each.kind === "fragment") {
      const [exportName, fragment] = await onlyExport<AnyFragment>(each, "fragment");
      fragments.push({ package: each, fragment, exportName, ...compileAlone(fragment) });
    }
    if (each.kind === "persona") {
      const [exportName, persona] = await onlyExport<PersonaData>(each, "persona");
      personas.push({ package: each, persona, exportName, document: compile(persona) });
    }
  }
  return { packages: all, fragments, personas };
}

async function onlyExport<Unit>({ folder }: Package, kind: string): Promise<[string, Unit]> {
  const module: object = await import(pathToFileURL(join(ROOT, folder, "index.ts")).href);
  const [first, ...others] = Object.entries(module);
  if (first === undefined || others.length > 0 || first[1].kind !== kind) {
    throw new Error(
      `${folder}/index.ts: expected exactly one export, a ${kind}; found: ${Object.keys(module).join(", ")}`,
    );
  }
  return first;
}

function compileAlone(fragment: AnyFragment): { document: Document; text: string } {
  const description = { does: fragment.summary, when: "Always.", notFor: "" };
  const persona = definePersona({
    id: "reader",
    title: fragment.title,
    description,
    role: fragment.summary,
    use: [fragment],
  });
  const document = compile(persona);
  const { text } = render(document, { referencePath: (id) => id }).body;
  // Only the fragment's own lines: from its heading on.
  return { document, text: text.slice(text.indexOf("\n## ") + 1) };
}
