import type { Document, Rendered } from "@personakit/core";
import { say } from "../features/say.ts";
import { checkSubstitutions } from "../features/substitutions.ts";
import { refuseMarkers } from "../files/block.ts";
import type { Files } from "../files/files.ts";
import { isMadeBy } from "../files/made-by.ts";
import { type Pages, renderPages } from "../files/pages.ts";
import { withFrontMatter } from "../format/front-matter.ts";
import { insteadOf } from "../format/keys.ts";
import { failure, issue, throwIssues } from "../issues/issue.ts";
import type { Artifact, Compiled, Fidelity } from "../model/compiled.ts";
import { type Context, contextOf } from "../model/context.ts";
import { fill } from "../model/template.ts";
import { isFrom, type ReadDocument } from "../read/verbatim.ts";
import { fileOf } from "../read/verbatim-file.ts";
import type { TargetSpec } from "./target.ts";

/** The parts of a target's definition that compiling needs. */
export type Compilable<Data extends object> = Pick<
  TargetSpec<Data>,
  | "id"
  | "reserved"
  | "files"
  | "features"
  | "fields"
  | "ownFields"
  | "frontMatter"
  | "reading"
  | "filledIn"
  | "guard"
  | "wrap"
  | "also"
>;

/** A compiled persona, the pages that its files end with, and its place in issues. */
interface Made extends Compiled {
  readonly pages: readonly Rendered[];
  readonly place: string;
}

/** A persona's files for a target. Throws a PersonaKitError if the target cannot express it. */
export function compileFor<Data extends object>(target: Compilable<Data>, document: Document): Made {
  const context = contextOf(document, target.id);
  if (isFrom(document, target.id)) return asItStood(target, document, context);
  refuseReserved(target, context);
  refuseCarried(context);
  refuseUndescribed(target, context);
  if (document.substitutions !== undefined) throwIssues(checkSubstitutions(target.filledIn, context));
  const { features, fields } = target;
  const { said, fidelity } = say({ features, fields, owned: () => ownedFields(target) }, context);
  const pages = renderPages(target.files, context);
  const guarded = target.guard?.(pages.body, context) ?? pages.body;
  const file: Rendered & Pick<Artifact, "parts"> =
    target.frontMatter === undefined ? guarded : withFrontMatter(target.frontMatter, said, guarded, context);
  const main = target.wrap?.(file, { ...context, said }) ?? file;
  const also = target.also?.(context) ?? [];
  refuseUnlisted(target, also, context);
  return {
    // What a function has made of the file is not those parts any more, whatever it has copied.
    artifacts: [placed(target, main, main === file ? file.parts : undefined, context), ...pages.references, ...also],
    fidelity: [...fidelity, ...accountOfCarried(document), ...accountOf(document, pages, target.files)],
    pages: [guarded, ...pages.texts],
    place: context.place,
  };
}

/** The file that the document was read from, as it stood there: nothing is mapped, guarded or lost. */
function asItStood(target: Compilable<object>, document: ReadDocument, { place }: Context): Made {
  const { files } = target;
  const { references, ...file } = fileOf(document, target, place);
  const pages = Object.entries(references).map(([reference, page]) => ({
    path: fill(files.reference, { name: document.id, reference }),
    ...page,
  }));
  const main = { path: fill(files.main, { name: document.id }), ...file };
  return { artifacts: [main, ...pages], fidelity: accountOf(document), pages: [], place };
}

/** The fidelity of fields that only the file itself has a place for. */
function accountOfCarried({ source }: Document): Fidelity[] {
  if (source === undefined || source.carried.length === 0) return [];
  const names = source.carried.map(({ field }) => field).join(", ");
  return [{ feature: "fields", status: "dropped", reason: `${names}: only ${source.target} has a place for it` }];
}

/** Throws for a restriction that stands only in the file that the document was read from. */
function refuseCarried({ document: { source }, target, place }: Context): void {
  if (source === undefined) return;
  throwIssues(
    source.carried.flatMap(({ field, restricts }) => {
      if (!restricts) return [];
      const problem = `${source.target} restricts the agent by ${field}, in words that ${target} has no place for, so the restriction would be lost`;
      const hint = `Say it in other words in the file, or build for ${source.target} only.`;
      return [issue("lost-restriction", `${place}, ${field}`, problem, hint)];
    }),
  );
}

/** Throws for a persona without a description, where a tool chooses by it. */
function refuseUndescribed({ features }: Pick<Compilable<object>, "features">, { document, place }: Context): void {
  const { description: way } = features;
  if (document.description !== "" || way.kind !== "kept" || way.optional === true) return;
  if (way.optional === "withPaths" && document.paths !== undefined) return;
  const [what, hint] =
    document.source === undefined
      ? ["the persona has", "Give it one, or build it for tools that do not choose by it."]
      : ["the file says", "Add one to its front matter, as description: ..."];
  throw failure("no-description", place, `${what} no description, and this tool chooses by it`, hint);
}

/** The fields that a target writes itself, each with what to say instead; undefined for a format without fields. */
export function ownedFields({
  frontMatter,
  ownFields,
}: Pick<Compilable<object>, "frontMatter" | "ownFields">): { readonly [name: string]: string } | undefined {
  return ownFields ?? (frontMatter && insteadOf({ ...frontMatter.keys, ...frontMatter.plain }));
}

function refuseReserved(
  { reserved = [] }: Pick<Compilable<object>, "reserved">,
  { document: { id }, place }: Context,
): void {
  // Two that differ in capital letters alone are hard to tell apart, too.
  if (!reserved.some((name) => name.toLowerCase() === id)) return;
  const hint = "Build it under another id: extend({ id: ... }).";
  throw failure("reserved-name", place, `the tool reserves the name "${id}"`, hint);
}

/** A file that the target does not declare could never be removed again. */
function refuseUnlisted(target: Compilable<object>, also: readonly Artifact[], { document, place }: Context): void {
  for (const artifact of also) {
    if (isMadeBy(target, document.id, artifact)) continue;
    const problem = `the target makes ${artifact.path}, which is not among its files`;
    throw failure("unlisted-file", place, problem, "Add it to files.also.");
  }
}

/** The main file at its path, or as a block of the user's file. */
function placed(
  { files: { main, block } }: Pick<Compilable<object>, "files">,
  { text, origins }: Rendered,
  parts: Artifact["parts"],
  { document: { id }, place }: Context,
): Artifact {
  const path = fill(main, { name: id });
  if (block === undefined) return parts === undefined ? { path, text, origins } : { path, text, parts, origins };
  refuseMarkers({ text, origins }, place);
  return { path, block: id, fileLimit: block.fileLimit, text, origins };
}

/** The fidelity of the references and the body, which every target writes. */
function accountOf(document: Document, pages?: Pages, files?: Files): Fidelity[] {
  const body: Fidelity = pages?.isShortened
    ? { feature: "body", status: "mapped", reason: "rules other than must are in a reference" }
    : { feature: "body", status: "kept" };
  if (document.references.length === 0) return [body];
  const reason = pages && files && referenceElsewhere(document, pages, files);
  return [
    reason === undefined
      ? { feature: "references", status: "kept" }
      : { feature: "references", status: "degraded", reason },
    body,
  ];
}

/** Where a file that was written by hand names a reference by its path, and not by a link, the path is that of its own tool. */
function referenceElsewhere(
  { id: name, source, references }: Document,
  { body }: Pages,
  files: Files,
): string | undefined {
  if (source === undefined) return undefined;
  const linkTo = (reference: string) => fill(files.links?.main ?? files.reference, { name, reference });
  const moved = references.filter(({ id }) => linkTo(id) !== `references/${id}.md` && namesPath(body.text, id));
  const [first] = moved;
  if (first === undefined) return undefined;
  const more = moved.length === 1 ? "" : `, and ${moved.length - 1} more so`;
  return `the text says references/${first.id}.md, which is ${linkTo(first.id)} here${more}`;
}

function namesPath(text: string, reference: string): boolean {
  return new RegExp(`(?:^|[^\\w/-])(?:\\./)?references/${reference}\\.md`).test(text);
}
