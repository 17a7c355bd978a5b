/** The parts of a small persona that a test cares about, each as source text. */
export interface PersonaParts {
  /** The only rule of its section: `must("A.")`. */
  readonly rule?: string;
  /** More options of its definition; one that is there already is overridden. */
  readonly more?: string;
}

/** The definition of a small persona: an expression for a module that has {@link IMPORTS}. */
export function personaSource(id: string, { rule = 'must("A.")', more = "" }: PersonaParts = {}): string {
  return `definePersona({
  id: ${JSON.stringify(id)}, title: "T", role: "R.",
  description: { does: "Does.", when: "When.", notFor: "Not." },
  use: [section({ id: "own", title: "Own", rules: { a: ${rule} } })],
  ${more}
})`;
}

/** What the source of a small persona is written with. */
export const IMPORTS = 'import { definePersona, drop, example, may, must, section, should } from "@personakit/core";\n';

/** A module that exports one small persona as `persona`. */
export function personaModule(id: string, parts: PersonaParts = {}): string {
  return `${IMPORTS}export const persona = ${personaSource(id, parts)};\n`;
}

/** A reference of a small persona, for its `more`. */
export const REFERENCE =
  'references: { deep: { title: "D", when: "w", use: [section({ id: "d", title: "D", rules: { b: must("B.") } })] } },';

/** The `package.json` of a package of content, with what its `exports` lead to. */
export function packageJson(name: string, version: string, exports: string | object): object {
  return { name, version, type: "module", exports };
}

/** What a command said on stderr, without what it said while it waited for a registry: a busy machine waits. */
export function withoutWaits(err: string): string {
  return err.replace(/^warning: still waiting for the registry: .*\n/gm, "");
}
