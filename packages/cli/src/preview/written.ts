import { isPlainObject, isRecord } from "@personakit/core/internal";
import type { OverrideView } from "@personakit/preview";
import type { PlannedPersona } from "../plan/make-plan.ts";
import { changeAsCode, formatSettings, makersOf, removalsIn } from "../sources/override.ts";
import { block, type CodeValue, codeOf } from "../typed/code.ts";
import { extendOf, isEntry, type PatchData, patchWith, type Tried } from "./edits.ts";

/** Where a project says which personas it has. */
export interface Sources {
  /** The configuration, as the user would type it. */
  readonly config: string | undefined;
  /** Whether the persona is the only one of its entry there: an entry extends one. */
  readonly isAlone: boolean;
}

/** What is tried as the sources say it, and where it goes. */
export function overrideText(persona: PlannedPersona, tried: Tried, { config, isAlone }: Sources): OverrideView {
  const { document, request } = persona;
  const { item, source } = request;
  const [write, patch] = [config?.endsWith(".json") ? asJson : asCode, patchWith(persona, tried)];
  if (typeof item === "string" && isAlone) {
    const where = `In ${config}, put this in the place of ${JSON.stringify(item)}:`;
    return { where, text: write({ persona: item, extend: patch }), also: [] };
  }
  if (!isEntry(item)) {
    const where = `Call this on the persona "${document.id}" in ${typeof item === "object" ? config : source}:`;
    return { where, text: `.extend(${asCode(withMakers(patch, tried))})`, also: importsFor(tried) };
  }
  const data = asData(patch);
  if (data === undefined) {
    const where = `In ${config}, put this into the extend of "${document.id}", which is code in part:`;
    return { where, text: partsAsCode(tried), also: [...removalsIn(tried.rules), ...importsFor(tried)] };
  }
  const isNew = extendOf(persona) === undefined;
  const where = isNew ? `add this to the entry of "${document.id}"` : `put this in the place of its extend`;
  return { where: `In ${config}, ${where}:`, text: inside(write({ extend: data })), also: [] };
}

/** The lines between the braces of an object. */
function inside(text: string): string {
  return text
    .split("\n")
    .slice(1, -1)
    .map((line) => line.slice(2))
    .join("\n")
    .replace(/,$/, "");
}

function importsFor({ rules }: Tried): string[] {
  const makers = [...new Set(rules.flatMap(makersOf))];
  return makers.length === 0 ? [] : [`Import ${makers.join(" and ")} from "@personakit/core".`];
}

/** An `extend` with rules as the builder makes them: without a configuration, nothing else is read. */
function withMakers(patch: PatchData, { rules }: Tried): PatchData {
  const codes = rules.flatMap(({ path: [, fragment = "", rule = ""], value }) =>
    value === null || "rule" in value ? [] : [{ fragment, rule, code: () => changeAsCode(value) }],
  );
  if (codes.length === 0) return patch;
  const fragments = [...new Set(codes.map(({ fragment }) => fragment))].map((id) => [
    id,
    Object.fromEntries(codes.flatMap(({ fragment, rule, code }) => (fragment === id ? [[rule, code]] : []))),
  ]);
  return { ...patch, rules: Object.fromEntries(fragments) };
}

/** What is tried alone, to be joined by hand with what stands there. */
function partsAsCode({ params, rules }: Tried): string {
  const values = params.map(({ path: [, fragment = "", name = ""], value }) => [fragment, name, value] as const);
  const ofFragment = (id: string) =>
    values.flatMap(([fragment, name, value]) => (fragment === id ? [[name, value]] : []));
  const fragments = [...new Set(values.map(([fragment]) => fragment))];
  const asMap = Object.fromEntries(fragments.map((id) => [id, Object.fromEntries(ofFragment(id))]));
  const lines = fragments.length === 0 ? [] : [`${inside(asCode({ params: asMap }))},`];
  return [...lines, ...formatSettings(rules, "code")].join("\n");
}

/** With what nobody would see named by its number: it is to be copied from a page. */
function asJson(value: object): string {
  return JSON.stringify(value, null, 2).replace(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/** How many layers of each option are on lines of their own, as a person would write them. */
const LAYERS: { readonly [option: string]: number } = { params: 1, rules: 2, addRules: 2 };

function asCode({ extend, ...value }: { readonly [option: string]: unknown }): string {
  const patch = isRecord(extend) ? { extend: block(layersOf(extend)) } : {};
  return block({ ...layersOf(value), ...patch })(0, 0, 0);
}

function layersOf(options: object): { readonly [option: string]: CodeValue } {
  const laid = Object.entries(options).map(([name, value]) => [name, laidOut(value, LAYERS[name] ?? 0)]);
  return Object.fromEntries(laid);
}

function laidOut(value: unknown, layers: number): CodeValue {
  if (layers === 0 || !isRecord(value)) return codeOf(value as CodeValue);
  return block(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, laidOut(inner, layers - 1)])));
}

/** An `extend` as data, with the short forms of rules; undefined where parts of it are code. */
function asData(value: PatchData): object | undefined {
  const code = Symbol("code");
  const shortened = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(shortened);
    if (typeof part === "function") throw code;
    if (typeof part !== "object" || part === null) return part;
    if (!isPlainObject(part) || part.kind === "fragment" || part.kind === "persona") throw code;
    const { kind, strength = "point", text, reason, ...rest } = part;
    if (kind === "rule") return { [String(strength)]: text, ...(shortened(rest) as object) };
    if (kind === "drop") return { drop: reason };
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, shortened(inner)]));
  };
  try {
    return shortened(value) as object;
  } catch (error) {
    if (error === code) return undefined;
    throw error;
  }
}
