import { type AnyFragment, compile, definePersona, type PlacedEntry } from "@personakit/core";
import { entriesOf } from "@personakit/core/internal";
import type { Artifact } from "@personakit/targets";
import { z } from "zod";
import { artifactsOf } from "../../scripts/derive/compiled.ts";
import type { Units } from "../../scripts/units.ts";

/** A fenced block of compiled text. */
export interface Block {
  /** The example that it comes from: `authentication/totpCode`, or `backend-developer/project-structure/folders`. */
  readonly id: string;
  /** The info string of its fence. */
  readonly language: string;
  readonly code: string;
  /** Where it stands: a path and a line, or the parameters that make it. */
  readonly place: string;
}

/** Every different block of the personas, as their files have it, then those that other parameters make. */
export function allBlocks({ personas, fragments }: Units): Block[] {
  const shown = personas.flatMap((unit) => artifactsOf(unit).flatMap(({ artifacts }) => artifacts.flatMap(blocksIn)));
  const variants = fragments.flatMap(({ fragment }) => variantsOf(fragment));
  const seen = new Set<string>();
  return [...shown, ...variants].filter(({ id, language, code }) => {
    const key = JSON.stringify([id, language, code]);
    return !seen.has(key) && seen.add(key);
  });
}

/** The fenced blocks of a file, by their fences and not by what the source says they are. */
export function blocksIn({ path, text, origins }: Artifact): Block[] {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  for (let start = 0; start < lines.length; start++) {
    const [, fence, language = ""] = /^ {0,3}(`{3,}|~{3,})\s*(\S*)/.exec(lines[start] ?? "") ?? [];
    if (fence === undefined) continue;
    const length = lines.slice(start + 1).findIndex((line) => line.trim() === fence);
    const code = lines.slice(start + 1, start + 1 + length).join("\n");
    const { unit = "", rule, persona } = origins[start] ?? {};
    const id = [persona, unit, rule].filter((part) => part !== undefined).join("/");
    blocks.push({ id, language, code, place: `${path}:${start + 1}` });
    start += length + 1;
  }
  return blocks;
}

/** The examples of a fragment for each value of each parameter that is one of a few, the others at their defaults. */
function variantsOf(fragment: AnyFragment): Block[] {
  const settings = Object.entries(fragment.params).flatMap(([name, schema]) =>
    choicesOf(z.toJSONSchema(schema)).map((value) => ({ [name]: value })),
  );
  return [{}, ...settings].flatMap((values) => {
    const place = [fragment.id, ...Object.entries(values).flat()].join(" ");
    return blocksOf(fragment.with(values), place);
  });
}

/** The examples of a fragment with the parameters that it has. */
export function blocksOf(fragment: AnyFragment, place: string): Block[] {
  const persona = definePersona({
    id: "reader",
    title: "Reader",
    description: { does: "Reads.", when: "Always.", notFor: "" },
    role: "Reads.",
    use: [fragment],
  });
  return entriesOf(compile(persona)).flatMap((entry) => blockOf(entry, place));
}

function blockOf(entry: PlacedEntry, place: string): Block[] {
  if (entry.kind !== "example") return [];
  return [{ id: `${entry.origin.unit}/${entry.origin.rule}`, language: entry.language, code: entry.code, place }];
}

/** The values of a parameter that has only a few. */
function choicesOf({ type, enum: values, const: value, anyOf = [] }: z.core.JSONSchema.BaseSchema): unknown[] {
  if (type === "boolean") return [true, false];
  if (value !== undefined) return [value];
  return values ?? anyOf.flatMap((each) => (typeof each === "object" ? choicesOf(each) : []));
}
