import type { Check, Facts, Found, InstructionFile } from "@personakit/checks";
import { isRecord } from "@personakit/core/internal";
import { failure } from "../issues/command-error.ts";
import { readExports } from "./import-module.ts";
import { refuseNewer, type UnitHead } from "./unit.ts";

// A check of others is data and functions: the data is checked on load, and what the functions find on each call.

const known = new WeakMap<object, Check>();

/**
 * A check from a copied module value, where `define` refuses what is none. Throws a CommandError for that. The same copy gives the same
 * check.
 */
export function checkOf(copy: UnitHead, place: string, define: (spec: Check) => Check): Check {
  const check = known.get(copy) ?? checked(copy, place, define);
  known.set(copy, check);
  return check;
}

function checked(copy: UnitHead, place: string, define: (spec: Check) => Check): Check {
  refuseNewer(place, copy, 1);
  const { inFile, inRepository, ...rest } = copy as UnitHead & Check;
  const at = `${place}, check ${rest.id}`;
  const looking = {
    ...(inFile === undefined
      ? {}
      : { inFile: (file: InstructionFile, facts: Facts) => found(at, () => inFile(file, facts)) }),
    ...(inRepository === undefined ? {} : { inRepository: (facts: Facts) => found(at, () => inRepository(facts)) }),
  };
  return readExports(place, () => define({ ...rest, ...looking }));
}

function found(place: string, look: () => Iterable<Found>): Found[] {
  return readExports(place, () => {
    const all = [...look()];
    if (all.every(isFound)) return all;
    throw failure("invalid-check", place, "what it finds has no path or no problem");
  });
}

function isFound(value: unknown): value is Found {
  return isRecord(value) && typeof value.path === "string" && typeof value.problem === "string";
}
