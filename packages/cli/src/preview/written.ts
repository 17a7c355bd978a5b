import { isPlainObject } from "@personakit/core/internal";
import type { OverrideView } from "@personakit/preview";
import type { PlannedPersona } from "../plan/make-plan.ts";
import { type Change, changeAsCode, formatSettings, removalsIn, type Setting } from "../sources/override.ts";
import { block, type Code, type CodeValue, codeOf } from "../typed/code.ts";
import { extendOf, isEntry, type PatchData, type TriedChanges } from "./edits.ts";

/** How a project's sources say what is tried. */
export interface Sources {
  /** The configuration, as the user would type it. */
  readonly config: string | undefined;
  /** Whether its source gives it alone: an entry of the configuration extends one persona. */
  readonly isAlone: boolean;
}

/** What is tried as it is written in the sources; `patch` is the whole `extend`. */
export function overrideText(
  persona: PlannedPersona,
  tried: TriedChanges,
  patch: PatchData,
  { config, isAlone }: Sources,
): OverrideView {
  const { document, request } = persona;
  const { item } = request;
  const write = config?.endsWith(".json") ? asJson : asCode;
  if (typeof item === "string" && isAlone) {
    const where = `In ${config}, put this in the place of ${JSON.stringify(item)}:`;
    return { where, text: write({ persona: item, extend: patch }), also: [] };
  }
  if (!isEntry(item)) {
    const where = `Call this on the persona "${document.id}" in ${config === undefined || typeof item === "string" ? request.source : config}:`;
    const makers = [...new Set(changesIn(tried).map((change) => changeAsCode(change).replace(/\(.*/s, "")))];
    const also = makers.length === 0 ? [] : [`Import ${makers.join(" and ")} from "@personakit/core".`];
    return { where, text: `.extend(${asCode({ ...patch, rules: rulesAsCode(tried) })})`, also };
  }
  const data = asData(patch);
  if (data === undefined) {
    const lines = formatSettings(settingsIn(tried), "code");
    const also = [...removalsIn(settingsIn(tried)), "Join it with what stands there: parts of that are code."];
    return { where: `Put this into the extend of "${document.id}" in ${config}:`, text: lines.join("\n"), also };
  }
  const text = write({ extend: data }).replace(/^\{\n|\n\}$/g, "");
  const where =
    extendOf(persona) === undefined
      ? `In ${config}, add this to the entry of "${document.id}":`
      : `In ${config}, put this in the place of the extend of "${document.id}":`;
  return { where, text: text.replace(/^ {2}/gm, "").replace(/,$/, ""), also: [] };
}

function changesIn({ rules }: TriedChanges): Change[] {
  return Object.values(rules).flatMap((changes) => Object.values(changes).flatMap((change) => change ?? []));
}

function rulesAsCode({ rules }: TriedChanges): { readonly [fragment: string]: { readonly [rule: string]: Code } } {
  return Object.fromEntries(
    Object.entries(rules).map(([fragment, changes]) => [
      fragment,
      Object.fromEntries(
        Object.entries(changes).flatMap(([rule, change]) =>
          change === undefined ? [] : [[rule, () => changeAsCode(change)]],
        ),
      ),
    ]),
  );
}

/** What is tried, value by value. */
function settingsIn({ rules }: TriedChanges): Setting[] {
  return Object.entries(rules).flatMap(([fragment, changes]) =>
    Object.entries(changes).map(([rule, change = null]) => ({ path: ["rules", fragment, rule], value: change })),
  );
}

function asJson(value: object): string {
  return JSON.stringify(value, null, 2);
}

/** The parts of an entry that are maps of more: each of their members is on a line of its own. */
const MAPS = ["extend", "params", "rules", "addRules"];

function asCode(value: object): string {
  return blockOf(value, true)(0, 0, 0);
}

function blockOf(value: object, isOpen: boolean): Code {
  if (!isOpen) return codeOf(value as CodeValue);
  const parts = Object.entries(value).map(([key, inner]) => {
    const isMap = MAPS.includes(key) && typeof inner === "object" && inner !== null;
    return [key, isMap ? blockOf(key === "rules" ? opened(inner) : inner, true) : inner];
  });
  return block(Object.fromEntries(parts));
}

/** The changes of each fragment on lines of their own. */
function opened(rules: object): object {
  return Object.fromEntries(
    Object.entries(rules).map(([fragment, changes]) => [fragment, isDrop(changes) ? changes : block(changes)]),
  );
}

function isDrop(changes: object): boolean {
  return "drop" in changes && typeof changes.drop === "string";
}

/** An `extend` as data, with the short forms of rules; undefined where parts of it are code. */
function asData(patch: PatchData): object | undefined {
  try {
    return shortened(patch) as object;
  } catch (error) {
    if (error instanceof CodeInside) return undefined;
    throw error;
  }
}

class CodeInside extends Error {}

/** What the builder has made of a rule, as a configuration says it. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "object" || value === null) {
    if (value === undefined || ["string", "number", "boolean"].includes(typeof value)) return value;
    if (value === null) return value;
    throw new CodeInside();
  }
  if (!isPlainObject(value)) throw new CodeInside();
  const { kind, strength = "point", text, reason, ...rest } = value;
  if (kind === "rule") return { [String(strength)]: text, ...(shortened(rest) as object) };
  if (kind === "drop") return { drop: reason };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}
