import { type AnyFragment, type Document, definePersona, type PersonaData, snapshotOfFragment } from "@personakit/core";
import { fragmentsIn, fragmentsOf } from "@personakit/core/internal";
import type { SeenFragment } from "@personakit/preview";
import { documentOf, snapshotOf } from "../sources/unit.ts";
import { onceForEach, type SeenProject } from "./seen-project.ts";

/** A fragment while it is collected. */
interface Found {
  version: string | undefined;
  package: string | undefined;
  fragment: AnyFragment | undefined;
  readonly users: SeenFragment["users"][number][];
}

/**
 * The ids of the fragments of a project, sorted: those that were named as sources, and the published ones that its personas use.
 */
export function fragmentIds(project: SeenProject): readonly string[] {
  return [...foundIn(project).keys()].sort();
}

/** A fragment of a project; whole where a persona in code has it, whatever the persona has taken out. Returns undefined where there is none. */
export function seenFragment(project: SeenProject, id: string): SeenFragment | undefined {
  const each = foundIn(project).get(id);
  return each && seen(id, each);
}

const foundIn = onceForEach(({ personas, named }): ReadonlyMap<string, Found> => {
  const all = new Map<string, Found>();
  const entry = (id: string, version: string | undefined): Found => {
    const other = all.get(id) ?? { version, package: undefined, fragment: undefined, users: [] };
    all.set(id, other);
    return other;
  };
  for (const { fragment, package: from } of named)
    Object.assign(entry(fragment.id, fragment.version), { fragment, package: from });
  for (const { document, request } of personas) {
    const own = request.unit.kind === "persona" ? publishedIn(request.unit) : new Map<string, AnyFragment>();
    for (const [id, version] of versionsIn(document, own)) {
      const fragment = own.get(id);
      const one = entry(id, version);
      one.fragment ??= fragment;
      one.users.push({ document, ...(fragment === undefined ? {} : { values: { ...fragment.values } }) });
    }
  }
  return all;
});

function publishedIn(persona: PersonaData): Map<string, AnyFragment> {
  const published = fragmentsOf(persona).filter(({ version, home }) => version !== undefined && home === undefined);
  return new Map(published.map((fragment) => [fragment.id, fragment]));
}

/** The fragments that a persona is made of. One of which it has taken out everything has no section any more. */
function versionsIn(document: Document, own: ReadonlyMap<string, AnyFragment>): Map<string, string | undefined> {
  return new Map([
    ...[...own].map(([id, { version }]) => [id, version] as const),
    ...fragmentsIn(document).map(({ id, version }) => [id, version] as const),
  ]);
}

function seen(id: string, { version, package: from, fragment, users }: Found): SeenFragment {
  const whole = fragment === undefined ? undefined : wholeOf(fragment);
  return {
    ...{ id, users },
    ...(version === undefined ? {} : { version }),
    ...(from === undefined ? {} : { package: from }),
    ...(whole === undefined ? {} : { whole }),
  };
}

/** A fragment with its defaults, compiled alone; undefined where it cannot stand alone, because it links to a reference of its persona. */
function wholeOf(given: AnyFragment): SeenFragment["whole"] {
  try {
    const fragment = given.with(defaultsOf(given));
    const { title, summary } = fragment;
    const alone = definePersona({
      id: "alone",
      title: title === "" ? false : title,
      description: false,
      role: false,
      use: [fragment],
    });
    return { summary, document: documentOf(alone), snapshot: snapshotOf(fragment) };
  } catch {
    return undefined;
  }
}

function defaultsOf(fragment: AnyFragment): { readonly [name: string]: unknown } {
  const { about } = snapshotOfFragment(fragment);
  const names = Object.keys(fragment.params);
  return Object.fromEntries(names.map((name) => [name, JSON.parse(String(about[`param ${name}`])).default]));
}
