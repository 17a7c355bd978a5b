import type { z } from "zod";
import { acceptor, type NamedTests, type Test } from "./accepts.ts";
import { own } from "./values.ts";

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
 * Schemas that say yes by a JSON Schema which `pnpm sync` has derived from them, and no by zod, which `load` gives. One that is
 * not derived yet says everything by zod.
 */
export function deferredSchemas(derived: { readonly [name: string]: unknown }, load: () => Zod): DeferredSchemas {
  const schemas = new Map<string, DeferredSchema<unknown>>();
  return {
    schemas,
    schemaOf(name, make, checks = {}) {
      // Each would be accepted as the other.
      if (schemas.has(name)) throw new Error(`there are two schemas "${name}"`);
      const schema = deferredSchema(own(derived, name) ?? false, () => make(load()), checks);
      schemas.set(name, schema);
      return schema;
    },
  };
}

function deferredSchema<Data>(derived: unknown, make: () => z.ZodType<Data>, checks: NamedTests): DeferredSchema<Data> {
  let accepts: Test | undefined;
  let returns: Test | undefined;
  let made: z.ZodType<Data> | undefined;
  return {
    accepts(value) {
      accepts ??= acceptor(derived, { checks });
      return accepts(value);
    },
    safeParse(value) {
      returns ??= acceptor(derived, { checks, inOrder: true });
      return returns(value) ? { success: true, data: value as Data } : this.zod.safeParse(value);
    },
    get zod() {
      made ??= make();
      return made;
    },
  };
}
