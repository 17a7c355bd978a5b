import { fragmentsOf } from "@personakit/core/internal";
import { z } from "zod";
import type { PersonaUnit, Units } from "../units.ts";

/** The personas that `personakit init` can propose: the command knows no content, so that it is told here. */
export function catalogueFile({ personas }: Units): [path: string, text: string] {
  return ["packages/cli/catalogue.json", `${JSON.stringify(personas.map(entryOf), null, 2)}\n`];
}

function entryOf({ package: own, persona, exportName }: PersonaUnit): object {
  const params = fragmentsOf(persona).flatMap((fragment) =>
    Object.entries(fragment.params).flatMap(([name, schema]) => {
      const { enum: values, items } = z.toJSONSchema(schema, { io: "input" }) as Shape;
      // What no package is called, no repository shows.
      const choices = (values ?? items?.enum ?? []).filter((value) => !value.includes(" "));
      if (choices.length === 0) return [];
      const standard = (fragment.values as { readonly [name: string]: unknown })[name];
      // Where a repository shows several, the first one wins.
      const ranked = [
        ...choices.filter((value) => value === standard),
        ...choices.filter((value) => value !== standard),
      ];
      return [{ fragment: fragment.id, name, values: ranked, ...(values === undefined ? { list: true } : {}) }];
    }),
  );
  const { id, appliesTo } = persona;
  return { package: own.manifest.name, export: exportName, id, appliesTo, params };
}

interface Shape {
  readonly enum?: readonly string[];
  readonly items?: { readonly enum?: readonly string[] };
}
