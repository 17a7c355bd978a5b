import { entriesOf } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import type { BuiltPersona } from "./of-persona.ts";
import type { DifferingRule, NumberedLine, TriedFile } from "./trial.ts";

type Built = Pick<BuiltPersona, "document" | "artifacts">;
type File = BuiltPersona["artifacts"][number];

/**
 * Compares the files of two builds of a persona by the rules that their lines come from: a rule that stands elsewhere is the same rule. Returns
 * every file of either, those of the later build first, with the rules that differ.
 *
 * @example
 * ```ts
 * import { compile, type PersonaData } from "@personakit/core";
 * import { differingFiles } from "@personakit/preview";
 * import type { Target } from "@personakit/targets";
 *
 * export function rulesThatDiffer(before: PersonaData, after: PersonaData, target: Target): string[] {
 *   const [earlier, later] = [before, after].map((persona) => {
 *     const document = compile(persona);
 *     return { document, artifacts: target.compile(document).artifacts.map((each) => ({ ...each, targets: [target.id] })) };
 *   });
 *   if (earlier === undefined || later === undefined) return [];
 *   return differingFiles(earlier, later).flatMap(({ differing }) => differing.map(({ path }) => path));
 * }
 * ```
 */
export function differingFiles(before: Built, after: Built): TriedFile[] {
  const paths = [...new Set([...after.artifacts, ...before.artifacts].map(({ path }) => path))];
  const strengths = { before: strengthsIn(before), after: strengthsIn(after) };
  return paths.map((path) => {
    const [earlier, later] = [before, after].map(({ artifacts }) => artifacts.find((each) => each.path === path));
    const tokens = { before: tokensOf(earlier), after: tokensOf(later) };
    if (earlier?.text === later?.text) return { path, tokens, differing: [] };
    return { path, tokens, differing: differingRules(earlier, later, strengths) };
  });
}

function tokensOf(file: File | undefined): number {
  return file === undefined ? 0 : countTokens(file.text);
}

type Strengths = ReadonlyMap<string, string>;

function strengthsIn({ document }: Built): Strengths {
  return new Map(
    entriesOf(document).flatMap((entry) =>
      entry.kind === "rule" && entry.strength !== undefined ? [[pathOf(entry.origin), entry.strength] as const] : [],
    ),
  );
}

function pathOf({ unit, rule }: { readonly unit: string; readonly rule?: string }): string {
  return rule === undefined ? unit : `${unit}/${rule}`;
}

function differingRules(
  earlier: File | undefined,
  later: File | undefined,
  strengths: { readonly before: Strengths; readonly after: Strengths },
): DifferingRule[] {
  const [before, after] = [linesByRule(earlier), linesByRule(later)];
  return inOrder([...before.keys()], [...after.keys()]).flatMap((path) => {
    const [was, is] = [before.get(path) ?? [], after.get(path) ?? []];
    if (textOf(was) === textOf(is)) return [];
    const [earlierStrength, laterStrength] = [strengths.before.get(path), strengths.after.get(path)];
    const strength = {
      ...(earlierStrength === undefined ? {} : { before: earlierStrength }),
      ...(laterStrength === undefined ? {} : { after: laterStrength }),
    };
    return [{ path, strength, before: was, after: is }];
  });
}

function textOf(lines: readonly NumberedLine[]): string {
  return lines.map(([, text]) => text).join("\n");
}

function linesByRule(file: File | undefined): Map<string, NumberedLine[]> {
  const lines = new Map<string, NumberedLine[]>();
  for (const [index, text] of (file?.text.replace(/\n$/, "").split("\n") ?? []).entries()) {
    const origin = file?.origins[index];
    const path = origin === undefined ? "" : pathOf(origin);
    const known = lines.get(path);
    if (known === undefined) lines.set(path, [[index + 1, text]]);
    else known.push([index + 1, text]);
  }
  return lines;
}

/** The names of two lists: those of the later one, with what is gone behind what it stood behind. */
function inOrder(before: readonly string[], after: readonly string[]): string[] {
  const names = [...after];
  let next = 0;
  for (const name of before) {
    const known = names.indexOf(name);
    if (known !== -1) next = known + 1;
    else names.splice(next++, 0, name);
  }
  return names;
}
