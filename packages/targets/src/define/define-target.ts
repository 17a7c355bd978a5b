import { makeKnown } from "../features/known.ts";
import { hiddenInArtifact, lookAt } from "../format/seen.ts";
import { throwIssues } from "../issues/issue.ts";
import type { Artifact } from "../model/compiled.ts";
import { unify } from "../read/line-ends.ts";
import { withoutMark } from "../read/mark.ts";
import { isFrom } from "../read/verbatim.ts";
import { checkFields, checkTarget } from "./check-target.ts";
import { compileFor, ownedFields } from "./compile.ts";
import type { CombinedFile, Target, TargetSpec } from "./target.ts";

/**
 * Defines a target from data. Throws a PersonaKitError with everything that is wrong: an id that is not kebab-case, an invalid
 * date, a feature that is missing or treated in an impossible way, a missing word, or a front matter key that
 * leaves out what the features promise. Later, the target throws one for invisible characters in its output,
 * whichever function of the definition wrote them.
 *
 * @example
 * ```ts
 * import { allowed, defineTarget, dropped, exactOnly, joined, kept, named } from "@personakit/targets";
 * import { z } from "zod";
 *
 * const text = z.string().min(1);
 *
 * export const acmeAgent = defineTarget({
 *   id: "acme-agent",
 *   tool: "Acme",
 *   readers: ["Acme"],
 *   checked: { date: "2026-11-21", version: "1.0.0", source: "https://acme.example/agents" },
 *   files: { main: ".acme/agents/<name>.md", reference: ".acme/references/<name>/<reference>.md" },
 *   features: {
 *     description: kept,
 *     examples: dropped("Acme shows descriptions in one line"),
 *     model: exactOnly("Acme inherits the model unless you give an exact id"),
 *     tools: allowed({
 *       read: ["read"],
 *       search: ["find"],
 *       edit: ["write"],
 *       shell: ["run"],
 *       web: ["browse"],
 *       spawn: [],
 *     }),
 *     mcpServers: named("mcp:<server>"),
 *     color: dropped("Acme's agents have no colour"),
 *     paths: dropped("agents are called by description, not by file"),
 *   },
 *   frontMatter: {
 *     schema: z.strictObject({
 *       name: text,
 *       description: text,
 *       tools: text.exactOptional(),
 *       model: text.exactOptional(),
 *     }),
 *     keys: { name: "id", description: "description", tools: joined("tools", ", "), model: "model" },
 *   },
 * });
 * ```
 */
export function defineTarget<Data extends object>(spec: TargetSpec<Data>): Target {
  throwIssues(checkTarget(spec));
  return ownTarget(spec);
}

/** The same for a target of this package. A test checks its definition; here, that would take 2 ms of every start. */
export function ownTarget<Data extends object>(spec: TargetSpec<Data>): Target {
  const { guard, wrap, also, combined, ...facts } = spec;
  const { features, fields, filledIn } = spec;
  makeKnown(spec.id, { features, fields, filledIn, owned: () => ownedFields(spec) });
  return {
    kind: "target",
    schemaVersion: 1,
    path: spec.files.main,
    restricts: spec.features.tools.kind !== "unrestricted",
    ...facts,
    ...(combined === undefined ? {} : { combined: refusingHidden(combined, `target ${spec.id}`) }),
    compile(document) {
      const { artifacts, fidelity, pages, place } = compileFor(spec, document);
      for (const page of pages) lookAt(page);
      refuseHidden(isFrom(document, spec.id) ? artifacts.map(unified) : artifacts, place);
      return { artifacts, fidelity };
    },
  };
}

function refusingHidden(combined: CombinedFile, place: string): CombinedFile {
  return {
    path: combined.path,
    member: (document) => combined.member(document),
    read: (text) => combined.read(text),
    toText(members) {
      const text = combined.toText(members);
      refuseHidden([{ path: combined.path, text, origins: [] }], place);
      return text;
    },
  };
}

/** A file as it stood may begin with a byte order mark, and end its lines in any way: neither hides anything. */
function unified(artifact: Artifact): Artifact {
  return { ...artifact, text: withoutMark(unify(artifact.text, "").text) };
}

function refuseHidden(artifacts: readonly Artifact[], place: string): void {
  throwIssues(artifacts.flatMap((artifact) => hiddenInArtifact(artifact, place, artifact.parts)));
}

/**
 * Lets all targets know one that another copy of this package has defined, so that they can tell whether a persona's fields for it restrict
 * the persona. Throws a PersonaKitError for fields that are not valid. Returns nothing.
 *
 * @example
 * ```ts
 * import { introduceTarget, type Target } from "@personakit/targets";
 *
 * export function use(targets: readonly Target[]): void {
 *   for (const target of targets) introduceTarget(target);
 * }
 * ```
 */
export function introduceTarget(
  target: Pick<Target, "id" | "features" | "fields" | "frontMatter" | "ownFields" | "filledIn">,
): void {
  const { id, features, fields, filledIn } = target;
  throwIssues(checkFields(fields, `target "${id}"`));
  makeKnown(id, { features, fields, filledIn, owned: () => ownedFields(target) });
}
