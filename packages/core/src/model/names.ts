/** Ids of fragments, personas, references and targets: what every file system and every tool accepts. */
export const KEBAB_CASE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Ids of rules: camelCase, so that they are property names and get completion, hover and go to definition. */
export const RULE_ID = /^[a-z][A-Za-z0-9]*$/;

/** The longest id of a persona, in characters (Agent Skills specification, `name`). */
export const MAX_PERSONA_ID = 64;

/** Names that Windows keeps for devices: no file can have them. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** What keeps a value from being an id that files are called by, as a sentence goes on after "the id"; undefined for nothing. */
export function problemOfFileId(value: unknown): string | undefined {
  if (typeof value !== "string" || !KEBAB_CASE.test(value)) return "is not kebab-case";
  if (value.length > MAX_PERSONA_ID) return `has more than ${MAX_PERSONA_ID} characters`;
  return DEVICE_NAME.test(value) ? "is the name of a device on Windows, which no file can have" : undefined;
}

/** Whether a value can be the id of a persona or a reference: kebab-case, at most 64 characters, and a file's name. */
export function isPersonaId(value: unknown): value is string {
  return problemOfFileId(value) === undefined;
}

/** Names of MCP servers. */
export const SERVER_NAME = /^[\w-]+$/;

/** Globs: tools read several of them from one line. */
export const GLOB = /^[^\s,'"]+$/;

/** Exact ids of models, as tools and programs take them. */
export const MODEL_ID = /^[\w.:/@-]+$/;

/** Names of fields in front matter. */
export const FIELD_NAME = /^[A-Za-z][\w-]{0,99}$/;

/**
 * Names of tools as tools write them, with a pattern in brackets where they take one: `Bash(git log *)`. Made where it is needed: a pattern
 * of what is not seen takes a while.
 */
export function toolName(): RegExp {
  return /^[\w*@/:.-]{1,200}(?:\([^()\p{C}\p{Zl}\p{Zp}]{1,200}\))?$/u;
}

/** Versions of units: semver, and what people write instead of it. They stand in lockfiles and in what is printed. */
export const VERSION = /^[\w.+-]{1,128}$/;

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
