import type { Document } from "@personakit/core";
import { isRecord, KEBAB_CASE, plainCopy, type Zod } from "@personakit/core/internal";
import { introduceTarget, type Target, targets } from "@personakit/targets";
import type { z } from "zod";
import { failure } from "../issues/command-error.ts";
import { zod } from "../issues/schema.ts";
import { readExports } from "./import-module.ts";
import { refuseNewer } from "./unit.ts";

// A third-party target is data and functions: the data is checked on load, and the functions' results on each call.

/** The expected shapes, made only if there is such a target: most projects have none, and zod is slow to load. */
function formsOf(z: Zod) {
  const text = z.string();
  const method = z.custom<(...args: never[]) => unknown>((value) => typeof value === "function", "expected a function");

  const head = z.looseObject({
    id: text.regex(KEBAB_CASE, { error: "expected kebab-case" }),
    tool: text,
    readers: z.array(text),
    restricts: z.boolean(),
    signs: z.array(text).optional(),
    compile: method,
    files: z.looseObject({
      main: text,
      reference: text,
      also: z.array(text).optional(),
      block: z.looseObject({}).optional(),
    }),
    limits: z
      .array(
        z.looseObject({
          what: text,
          unit: text,
          max: z.number(),
          beyond: text,
          measure: method,
          severity: z.enum(["error", "warning"]),
        }),
      )
      .optional(),
    combined: z.looseObject({ path: text, member: method, toText: method, read: method }).optional(),
  });

  const origin = z.looseObject({ unit: text, rule: text.optional() });
  const compiled = z.object({
    artifacts: z.array(
      z.object({
        path: text.min(1),
        text,
        origins: z.array(origin),
        block: text.optional(),
        fileLimit: z.object({ bytes: z.number(), beyond: text }).optional(),
      }),
    ),
    fidelity: z.array(
      z.object({
        feature: text,
        status: z.enum(["kept", "mapped", "degraded", "dropped", "elsewhere"]),
        reason: text.optional(),
      }),
    ),
  });
  return {
    head,
    compiled,
    text,
    number: z.number(),
    numberOrText: z.union([z.number(), text]),
    members: z.record(text, z.unknown()).optional(),
    anything: z.unknown(),
  };
}

let forms: ReturnType<typeof formsOf> | undefined;

const checked = new WeakMap<object, Target>();

/** A target from a copied module value. Throws a CommandError if it is not one. The same copy gives the same target. */
export function targetOf(copy: object, place: string): Target {
  const own = targets.find(({ id, compile }) => id === (copy as Target).id && compile === (copy as Target).compile);
  if (own !== undefined) return own;
  const known = checked.get(copy);
  if (known !== undefined) return known;
  const target = checkTarget(copy as Target, place);
  checked.set(copy, target);
  // Its package may have a copy of its own of what all targets know of each other.
  if (isRecord(target.features) && isRecord(target.features.tools) && isRecord(target.features.mcpServers)) {
    readExports(place, () => introduceTarget(target));
  }
  return target;
}

function checkTarget(copy: Target, place: string): Target {
  refuseNewer(place, copy, 1);
  forms ??= formsOf(zod());
  const { head, compiled, text, number, numberOrText, members, anything } = forms;
  const { compile, limits, combined } = formOf(head, copy, place, "this is not a target") as Target;
  const at = `${place}, target ${copy.id}`;
  const made = <Value>(schema: z.ZodType, make: () => Value, problem: string) =>
    formOf(schema, readExports(at, make), at, problem) as Value;
  return {
    ...copy,
    // What it throws is reported with the persona that it could not compile.
    compile(document) {
      return formOf(compiled, compile(copyOf(document)), at, "it makes no files") as ReturnType<typeof compile>;
    },
    limits: limits?.map(({ measure, ...limit }) => ({
      ...limit,
      measure(document, artifacts) {
        const size = limit.unit === "tokens" ? numberOrText : number;
        return made(size, () => measure(copyOf(document), artifacts), `it does not measure ${limit.what}`);
      },
    })),
    combined: combined && {
      path: combined.path,
      member: (document) => made(anything, () => plainCopy(combined.member(copyOf(document)), at), ""),
      toText: (all) => made(text, () => combined.toText(all), `it makes no text for ${combined.path}`),
      read: (written) => made(members, () => combined.read(written), `it does not read ${combined.path}`),
    },
  };
}

/** Each target gets its own copy of the document. */
function copyOf(document: Document): Document {
  return structuredClone(document);
}

/** A value as a schema says. Throws a CommandError for another one. */
function formOf(schema: z.ZodType, value: unknown, place: string, problem: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const cause = result.error.issues.map(({ path, message }) => [...path.map(String), message].join(": ")).join("; ");
  throw failure("invalid-target", place, problem, { cause });
}
