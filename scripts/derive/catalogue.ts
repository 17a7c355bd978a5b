import { fragmentsOf } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import { z } from "zod";
import type {
  Catalogue,
  CatalogueFragment,
  CataloguePersona,
  ParamShape,
} from "../../packages/cli/src/catalogue/catalogue.ts";
import type { FragmentUnit, PersonaUnit, Units } from "../units.ts";
import { artifactsOf } from "./compiled.ts";

/** What `personakit add` lists and `init` proposes: the command knows no content, so it is told here. */
export function catalogueFile({ personas, fragments }: Units): [path: string, text: string] {
  const catalogue: Catalogue = {
    personas: personas.map((unit) => personaEntry(unit, fragments)),
    fragments: fragments.map(fragmentEntry),
  };
  return ["packages/cli/catalogue.json", `${JSON.stringify(catalogue, null, 2)}\n`];
}

function personaEntry(unit: PersonaUnit, published: readonly FragmentUnit[]): CataloguePersona {
  const { package: own, persona, exportName } = unit;
  const { id, appliesTo, description } = persona;
  const isPublished = (fragment: { readonly id: string }) => published.some((each) => each.fragment.id === fragment.id);
  const fragments = fragmentsOf(persona).filter(isPublished);
  const values = fragments.flatMap((fragment) => {
    const standard = published.find((each) => each.fragment.id === fragment.id)?.fragment.values ?? {};
    const others = Object.entries(fragment.values).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify((standard as Values)[name]),
    );
    return others.length === 0 ? [] : [[fragment.id, Object.fromEntries(others)] as const];
  });
  return {
    package: own.manifest.name,
    export: exportName,
    id,
    summary: description.does,
    tokens: countTokens(artifactsOf(unit)[0]?.artifacts[0]?.text ?? ""),
    triggers: description.triggers ?? [],
    ...(appliesTo === undefined ? {} : { appliesTo }),
    fragments: fragments.map((fragment) => fragment.id),
    ...(values.length === 0 ? {} : { values: Object.fromEntries(values) }),
  };
}

function fragmentEntry({ package: own, fragment, text }: FragmentUnit): CatalogueFragment {
  const params = Object.entries(fragment.params).map(([name, schema]) => {
    const { $schema, description, ...shape } = z.toJSONSchema(schema, { io: "input" });
    return [name, shape as ParamShape] as const;
  });
  return {
    package: own.manifest.name,
    id: fragment.id,
    summary: fragment.summary,
    tokens: countTokens(text),
    rules: Object.keys(fragment.rules),
    ...(params.length === 0 ? {} : { params: Object.fromEntries(params) }),
  };
}

type Values = { readonly [name: string]: unknown };
