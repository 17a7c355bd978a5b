import type { Issue, Rendered } from "@personakit/core";
import { isRecord } from "@personakit/core/internal";
import { hiddenCharacters } from "../guard/hidden-characters.ts";
import { hidesNothing } from "../guard/visible.ts";
import type { Artifact } from "../model/compiled.ts";
import { Recent } from "../model/recent.ts";
import { readFrontMatter } from "./front-matter.ts";
import { readToml } from "./toml.ts";
import { yamlLibrary } from "./yaml.ts";

/** The last pages of which a reader sees all. */
const clean = new Recent<true>();

/** Looks at a page, once for all files that end with it. */
export function lookAt({ text }: Rendered): void {
  if (clean.get(text) === undefined && hidesNothing(text)) clean.set(text, true);
}

/** Whether a reader sees all of a text, or of what stands above a page that was looked at. */
function isClean(text: string): boolean {
  return clean.get(text) === true || hidesNothing(text.slice(0, text.length - clean.endOf(text).length));
}

/**
 * Files what a reader of an artifact does not see: in its path, in its text, and in a value that its tool decodes, because
 * an escape hides a character as well. `parts`: those of its text, where they are surely its own.
 */
export function hiddenInArtifact(artifact: Artifact, place: string, parts?: Artifact["parts"]): Issue[] {
  const { path, text, origins, block = "" } = artifact;
  // Nothing is hidden by what stands beside it: two parts that are clean are clean together.
  const isSeen = parts === undefined ? isClean(text) : hidesNothing(parts.head) && isClean(parts.page);
  const values = valuesOf(artifact, parts);
  if (isSeen && values.length === 0 && hidesNothing(path) && hidesNothing(block)) return [];
  return [
    ...hiddenCharacters(`${place}, path`, path),
    ...hiddenCharacters(`${place}, block`, block),
    ...(isSeen ? [] : hiddenCharacters(place, text, origins)),
    ...values.flatMap(([key, value]) => hiddenCharacters(`${place}, ${key}`, value)),
  ];
}

/** Files what a reader does not see in any text of a value, or in a key of it. */
export function hiddenInValue(place: string, value: object): Issue[] {
  return textsIn(value, "").flatMap(([key, text]) => hiddenCharacters(`${place}, ${key}`, text));
}

/** An escape of YAML, JSON or TOML that is neither of a quote, a backslash, a line end nor a tab. */
const ESCAPE = /\\[^"\\/nt]/;

/** The texts that a tool reads from a file, where they may not be those that stand in it. */
function valuesOf({ path, text }: Artifact, parts: Artifact["parts"]): [key: string, text: string][] {
  const top = parts?.head ?? text;
  const isMarkdown = top.startsWith("---\n");
  if (!isMarkdown && !/\.(?:json|toml|ya?ml)$/.test(path)) return [];
  // The body of Markdown stands as it is read.
  if (!ESCAPE.test(isMarkdown ? top.slice(0, top.indexOf("\n---\n", 3)) : top)) return [];
  try {
    return textsIn(dataOf(path, text, isMarkdown), "");
  } catch {
    // What does not parse is refused when it is verified.
    return [];
  }
}

function dataOf(path: string, text: string, isMarkdown: boolean): unknown {
  if (path.endsWith(".json")) return JSON.parse(text);
  if (path.endsWith(".toml")) return readToml(text);
  if (/\.ya?ml$/.test(path)) return yamlLibrary().parse(text);
  return isMarkdown ? readFrontMatter(text).data : undefined;
}

/** Every text in a value, keys included, and the way to it. */
function textsIn(value: unknown, way: string): [key: string, text: string][] {
  if (typeof value === "string") return [[way, value]];
  if (Array.isArray(value)) return value.flatMap((each, index) => textsIn(each, `${way}[${index}]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    [`a key of ${way === "" ? "the file" : way}`, key] as [string, string],
    ...textsIn(each, way === "" ? key : `${way}.${key}`),
  ]);
}
