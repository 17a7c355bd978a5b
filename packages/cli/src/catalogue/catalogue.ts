import type { Detection } from "@personakit/core";

/** What PersonaKit itself publishes, as it was when this version of the command was made. */
export interface Catalogue {
  readonly personas: readonly CataloguePersona[];
  readonly fragments: readonly CatalogueFragment[];
}

/** A published persona. */
export interface CataloguePersona {
  readonly package: string;
  /** The name of its export. */
  readonly export: string;
  readonly id: string;
  /** One sentence. */
  readonly summary: string;
  /** Of its main file. */
  readonly tokens: number;
  /** The words that call it. */
  readonly triggers: readonly string[];
  /** Absent: any project. */
  readonly appliesTo?: Detection;
  /** The ids of the published fragments that it is made of. */
  readonly fragments: readonly string[];
  /** The parameters that it sets itself, by fragment. */
  readonly values?: { readonly [fragment: string]: { readonly [name: string]: unknown } };
}

/** A published fragment. */
export interface CatalogueFragment {
  readonly package: string;
  readonly id: string;
  readonly summary: string;
  readonly tokens: number;
  /** The ids of its rules. */
  readonly rules: readonly string[];
  /** Its parameters, as JSON Schemas. */
  readonly params?: { readonly [name: string]: ParamShape };
}

/** The JSON Schema of a parameter, as far as we look into it. */
export interface ParamShape {
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: { readonly enum?: readonly unknown[] };
  readonly [keyword: string]: unknown;
}

/** A parameter of a fragment in a persona. */
export interface PersonaParam {
  readonly fragment: string;
  readonly name: string;
  readonly shape: ParamShape;
  /** The value that the published persona has. */
  readonly value: unknown;
}

/** Loads the catalogue: a few commands need it, and it is not small. */
export async function loadCatalogue(): Promise<Catalogue> {
  const { default: catalogue } = await import("../../catalogue.json", { with: { type: "json" } });
  return catalogue as Catalogue;
}

/** The parameters of a published persona, fragment by fragment. */
export function paramsOf(persona: CataloguePersona, { fragments }: Catalogue): PersonaParam[] {
  return persona.fragments.flatMap((id) => {
    const { params = {} } = fragments.find((fragment) => fragment.id === id) ?? {};
    return Object.entries(params).map(([name, shape]) => {
      const own = persona.values?.[id] ?? {};
      return { fragment: id, name, shape, value: Object.hasOwn(own, name) ? own[name] : shape.default };
    });
  });
}
