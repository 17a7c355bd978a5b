import { join } from "node:path";
import { isPersonaId, isRecord, KEBAB_CASE, VERSION, type Zod } from "@personakit/core/internal";
import { readText } from "../files/text.ts";
import { CommandError, failure, issue, messageOf } from "../issues/command-error.ts";
import { schemaOf } from "../issues/schema.ts";
import { ALL_PERSONAS } from "../plan/make-plan.ts";
import { LOCKFILE, type Lockfile } from "./lockfile.ts";

// The lockfile comes with a repository, and anybody may have written it: it names no code, no place outside of the project,
// and nothing that a program would be run for.

/** The longest path, in characters. */
const LONGEST = 1024;

const schema = schemaOf("lockfile", makeSchema, { isProjectPath, isKey, isPersonaId });

function makeSchema(z: Zod) {
  const path = z
    .string()
    .max(LONGEST)
    .refine(isProjectPath, { error: "expected a path in the project" })
    .meta({ check: "isProjectPath" });
  const key = z
    .string()
    .max(LONGEST)
    .refine(isKey, { error: "expected a path in the project, or path#persona" })
    .meta({ check: "isKey" });
  const personaId = z.string().refine(isPersonaId, { error: "expected a persona's id" }).meta({ check: "isPersonaId" });
  const id = z.string().regex(KEBAB_CASE, { error: "expected kebab-case" });
  const version = z.string().regex(VERSION, { error: "expected a version" });
  const name = z.string().regex(/^(?:@[A-Za-z0-9~][\w.~-]*\/)?[A-Za-z0-9~][\w.~-]*$/);
  const place = z.string().regex(/^(?:\.{1,2}$|(?:\.{1,2}\/|\/|[A-Za-z]:)[^\p{Cc}]+$)/u);
  const repository = z.string().regex(/^git [@\w./~-]+$/);
  const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: "expected a SHA-256 in hexadecimal" });
  const commit = z.string().regex(/^git:[0-9a-f]{40,64}$/);
  // Hashes with names: see `PublishedRecord`.
  const rules = z.string().regex(/^[\w-]{10}\d\S+(?: [\w-]{10}\d\S+)*$/, { error: "expected rules with hashes" });
  const about = z.string().regex(/^(?:[\w-]{10}\S+(?: [\w-]{10}\S+)*)?$/, { error: "expected names with hashes" });
  const published = z.strictObject({ rules: z.record(id, rules), about });

  return z.strictObject({
    schemaVersion: z.literal(1),
    personas: z.record(
      personaId,
      z.strictObject({
        version: version.optional(),
        package: z.union([name, place, repository], { error: "expected a package's name or a path" }).optional(),
        document: sha256.optional(),
        extends: z
          .string()
          .regex(/^[\w.@+-]{1,256}$/, { error: "expected id@version" })
          .optional(),
        includes: z.record(id, version).optional(),
        fragments: z.record(id, version),
        published: published.optional(),
      }),
    ),
    artifacts: z.record(
      key,
      z.strictObject({
        sha256,
        targets: z.array(id),
        persona: z.union([personaId, z.literal(ALL_PERSONAS)], { error: "expected a persona's id" }),
        gap: z
          .string()
          .regex(/^(?:\r?\n){0,2}$/, { error: "expected line ends" })
          .optional(),
        original: z.union([commit, path], { error: "expected a path in the project, or a commit" }).optional(),
      }),
    ),
    ejected: z.array(key),
    folders: z.array(path),
  });
}

/** The lockfile of a project in which nothing was written yet. */
const EMPTY: Lockfile = {
  schemaVersion: 1,
  personas: Object.create(null),
  artifacts: Object.create(null),
  ejected: [],
  folders: [],
};

/** Reads the lockfile of a project; an empty one where there is none. Throws a CommandError with what is wrong in it. */
export function readLockfile(folder: string): Lockfile {
  const text = readText(join(folder, LOCKFILE));
  if (text === undefined) return EMPTY;
  const lockfile = parseLockfile(text);
  // A persona may be called "constructor": what every object inherits is no record.
  for (const map of [lockfile.personas, lockfile.artifacts]) Object.setPrototypeOf(map, null);
  return { ...lockfile, text };
}

/** At most this many are said: a file that is none of ours would fail at every part. */
const MOST_ISSUES = 5;

/** The lockfile that a text is. Throws a CommandError with what is not as the command writes it. */
export function parseLockfile(text: string): Lockfile {
  const value = parse(text);
  const schemaVersion = isRecord(value) ? value.schemaVersion : undefined;
  if (typeof schemaVersion === "number" && schemaVersion > 1) {
    const hint = "Update personakit, or restore the file.";
    throw failure("newer-schema", LOCKFILE, `schema version ${schemaVersion}, expected 1`, hint);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data as Lockfile;
  const found = result.error.issues.slice(0, MOST_ISSUES).map(({ path: at, message }) => {
    return issue("invalid-lockfile", LOCKFILE, at.length === 0 ? message : `${placeIn(at)}: ${message}`);
  });
  throw new CommandError(found, { advice: `Nothing was written. Restore ${LOCKFILE} from version control.` });
}

function parse(text: string): unknown {
  try {
    // Some editors put a byte order mark before it.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    if (/^<{7}(?: |$)/m.test(text)) {
      const hint = "Run personakit build, which resolves it.";
      throw failure("lockfile-conflict", LOCKFILE, "has a merge conflict", hint);
    }
    const details = { hint: "Restore it from version control.", cause: messageOf(error) };
    throw failure("invalid-lockfile", LOCKFILE, "is not JSON", details);
  }
}

/** Whether an error says that a lockfile holds a merge conflict. */
export function isLockfileConflict(error: unknown): boolean {
  return error instanceof CommandError && error.issues.some(({ code }) => code === "lockfile-conflict");
}

/** `artifacts["a.md"].sha256` */
function placeIn([first, ...rest]: readonly PropertyKey[]): string {
  const parts = rest.map((part) => (/^\w+$/.test(String(part)) ? `.${String(part)}` : `[${JSON.stringify(part)}]`));
  return String(first) + parts.join("");
}

/** Whether a text is a path in the project, with forward slashes, that neither leaves it nor leads into git's own folder. */
function isProjectPath(text: unknown): boolean {
  // No backslash, `#` or colon, and no control character: by name, they would take longer to look up than a lockfile to read.
  return (
    typeof text === "string" &&
    /^[ !"$-9;-[\]-~\xA0-\uFFFF]+$/.test(text) &&
    !/(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$)/i.test(text)
  );
}

function isKey(text: unknown): boolean {
  if (typeof text !== "string") return false;
  if (!text.includes("#")) return isProjectPath(text);
  const [file, block, more] = text.split("#");
  return isProjectPath(file) && (block === undefined || isPersonaId(block)) && more === undefined;
}
