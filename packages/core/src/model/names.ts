/** Ids of fragments, personas, references and targets: what every file system and every tool accepts. */
export const KEBAB_CASE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Ids of rules: camelCase, so that they are property names and get completion, hover and go to definition. */
export const RULE_ID = /^[a-z][A-Za-z0-9]*$/;

/** The longest id of a persona, in characters (Agent Skills specification, `name`). */
export const MAX_PERSONA_ID = 64;

/** Names that Windows keeps for devices: no file can have them. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** Whether a value can be the id of a persona: kebab-case, at most 64 characters, and a name that a file can have. */
export function isPersonaId(value: unknown): value is string {
  return (
    typeof value === "string" && KEBAB_CASE.test(value) && value.length <= MAX_PERSONA_ID && !DEVICE_NAME.test(value)
  );
}

/** Names of MCP servers. */
export const SERVER_NAME = /^[\w-]+$/;

/** Globs: tools read several of them from one line. */
export const GLOB = /^[^\s,'"]+$/;

/** Exact ids of models, as tools and programs take them. */
export const MODEL_ID = /^[\w.:/@-]+$/;

/** A unit and its version, where it has one: `security-checklist@1.2.0`. */
export function nameWithVersion({
  id,
  version,
}: {
  readonly id: string;
  readonly version?: string | undefined;
}): string {
  return version === undefined ? id : `${id}@${version}`;
}
