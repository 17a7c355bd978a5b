import type { Document, Issue } from "@personakit/core";
import { type Artifact, countTokens, mostTokens, type Target } from "@personakit/targets";
import { issue } from "../issues/command-error.ts";
import { DEFAULT_TARGETS } from "./choose-targets.ts";

/** What is measured of a persona. */
interface Member {
  readonly document: Document;
  readonly request: { readonly targets: readonly Target[] };
  readonly artifacts: readonly (Artifact & {
    readonly targets: readonly string[];
    readonly isOwnText?: true;
    readonly isSource?: true;
  })[];
}

/** A warning for each pair of targets whose files the same tool loads. */
export function doubleLoading(chosen: readonly Target[]): Issue[] {
  return chosen.flatMap((a, index) =>
    chosen.slice(index + 1).flatMap((b) => {
      const both = a.readers.filter((reader) => b.readers.includes(reader));
      // An agent and a skill: what is built by default, for tools that read only one of them.
      if (both.length === 0 || [a.id, b.id].every((id) => DEFAULT_TARGETS.includes(id))) return [];
      const tools = both.length === 1 ? `${both[0]} loads` : `${both.join(", ")} load`;
      const problem = `${tools} both, so it loads each persona twice`;
      return [issue("loaded-twice", `${a.id} and ${b.id}`, problem, "Build only one of them.")];
    }),
  );
}

/** How much one persona takes of something. */
interface Size {
  readonly name: string;
  /** Or the text whose tokens it is. */
  readonly size: number | string;
  /** Whether its file lies there already, and nothing is written but copies of it. */
  readonly isInPlace: boolean;
}

/** Adds up what counts towards limits that all personas of a build share. */
export class SharedLimits {
  /** By target, a list for each of its limits. */
  readonly #sizes = new Map<Target, readonly Size[][]>();

  add({ document, request, artifacts }: Member): void {
    for (const target of request.targets) {
      const { id, limits = [] } = target;
      if (limits.length === 0) continue;
      const own = artifacts.filter(({ targets }) => targets.includes(id));
      const sizes = this.#sizes.get(target) ?? limits.map(() => []);
      this.#sizes.set(target, sizes);
      const isInPlace = own.some(({ isSource }) => isSource) && own.every(({ isOwnText }) => isOwnText);
      for (const [index, limit] of limits.entries()) {
        sizes[index]?.push({ name: document.id, size: limit.measure(document, own), isInPlace });
      }
    }
  }

  /** What exceeds them: an error if text that is built would be lost, otherwise a warning. */
  issues(): { readonly errors: readonly Issue[]; readonly warnings: readonly Issue[] } {
    const found = { error: [] as Issue[], warning: [] as Issue[] };
    for (const [{ id, limits = [] }, sizes] of this.#sizes) {
      for (const [index, limit] of limits.entries()) {
        const of = sizes[index] ?? [];
        const over = overLimit(id, limit, of);
        // What lies there already is lost whether it is said or not.
        if (over !== undefined) found[of.every(({ isInPlace }) => isInPlace) ? "warning" : limit.severity].push(over);
      }
    }
    return { errors: found.error, warnings: found.warning };
  }
}

type Limit = NonNullable<Target["limits"]>[number];

/** A measured size as a number. */
export function countedOf(size: number | string): number {
  return typeof size === "string" ? countTokens(size) : size;
}

function overLimit(id: string, { what, unit, max, beyond }: Limit, of: readonly Size[]): Issue | undefined {
  const most = of.reduce((sum, { size }) => sum + (typeof size === "string" ? mostTokens(size) : size), 0);
  if (most <= max) return undefined;
  const sizes = of.map(({ name, size }) => ({ name, size: countedOf(size) }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  if (total <= max) return undefined;
  const largest = [...sizes].sort((a, b) => b.size - a.size).slice(0, 3);
  const names = largest.map(({ name, size }) => `${name} (${size})`).join(", ");
  const problem = `${what} takes ${total} ${unit}; above ${max} the tool ${beyond}`;
  return issue("shared-limit", id, problem, `Largest: ${names}.`);
}
