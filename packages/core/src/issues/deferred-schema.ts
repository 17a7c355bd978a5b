import type { z } from "zod";
import type { Test } from "./accepts.ts";
import { own } from "./values.ts";

/** Tests that JSON Schema has no word for, by the name that a schema's `check` gives them. */
export interface NamedTests {
  readonly [name: string]: Test;
}

/** Makes what says yes in the place of a schema: `pnpm sync` writes one for each. */
export type TestMaker = (options: {
  readonly checks: NamedTests;
  /** Also asks that keys come in the order of the schema, those that it does not name after them: as zod returns them. */
  readonly inOrder: boolean;
}) => Test;

/** Whether the keys of an object that have a place come in their order, and before all others. */
export function isInOrder(value: object, keys: readonly string[]): boolean {
  let at = 0;
  for (const key in value) {
    const place = keys.indexOf(key, at);
    if (place === -1 && keys.includes(key)) return false;
    at = place === -1 ? keys.length : place;
  }
  return true;
}

/** What is given to whoever makes a schema: zod itself. */
export type Zod = typeof z;

/** A schema of zod that is made only where there is something wrong to be said. */
export interface DeferredSchema<Data> {
  /** Whether a value certainly fits. A no is zod's to say: `safeParse`. */
  accepts(value: unknown): boolean;
  /** As zod's own. A value that is already as zod would return it is returned itself. */
  safeParse(value: unknown): z.ZodSafeParseResult<Data>;
  /** The schema itself, made once. */
  readonly zod: z.ZodType<Data>;
}

/** The schemas of a package. */
export interface DeferredSchemas {
  /** All that `schemaOf` has made, by name: what `pnpm sync` derives from. */
  readonly schemas: ReadonlyMap<string, DeferredSchema<unknown>>;
  /** A schema. A refinement of it says with `.meta({ check })` which of `checks` it stands for. */
  schemaOf<Data>(name: string, make: (z: Zod) => z.ZodType<Data>, checks?: NamedTests): DeferredSchema<Data>;
}

/**
 * Schemas that say yes by code which `pnpm sync` has derived from them, and no by zod, which `load` gives. One that nothing is
 * derived from yet says everything by zod.
 */
export function deferredSchemas(tests: { readonly [name: string]: TestMaker }, load: () => Zod): DeferredSchemas {
  const schemas = new Map<string, DeferredSchema<unknown>>();
  return {
    schemas,
    schemaOf(name, make, checks = {}) {
      // Each would be accepted as the other.
      if (schemas.has(name)) throw new Error(`there are two schemas "${name}"`);
      const schema = deferredSchema(own(tests, name) ?? none, () => make(load()), checks);
      schemas.set(name, schema);
      return schema;
    },
  };
}

const none: TestMaker = () => () => false;

function deferredSchema<Data>(maker: TestMaker, make: () => z.ZodType<Data>, checks: NamedTests): DeferredSchema<Data> {
  let accepts: Test | undefined;
  let returns: Test | undefined;
  let made: z.ZodType<Data> | undefined;
  return {
    accepts(value) {
      accepts ??= maker({ checks, inOrder: false });
      return accepts(value);
    },
    safeParse(value) {
      returns ??= maker({ checks, inOrder: true });
      return returns(value) ? { success: true, data: value as Data } : this.zod.safeParse(value);
    },
    get zod() {
      made ??= make();
      return made;
    },
  };
}
