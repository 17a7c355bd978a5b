// What must not type-check. `tsc` reads this file; an expected error that does not come is an error itself.
import { expectTypeOf } from "vitest";
import { z } from "zod";
import {
  allowed,
  defineTarget,
  dropped,
  exactOnly,
  type Feature,
  type Features,
  joined,
  kept,
  named,
  type Target,
  unrestricted,
  type Vocabulary,
  words,
} from "../../index.ts";

const TOOLS: Vocabulary = { read: ["r"], search: ["s"], edit: ["e"], shell: ["x"], web: ["w"], spawn: [] };

const facts = {
  id: "acme",
  tool: "Acme",
  readers: ["Acme"],
  checked: { date: "2026-11-21", version: "1", source: "https://acme.example" },
};
const files = { main: "acme/<name>.md", reference: "acme/<name>/<reference>.md" } as const;
const features: Features = {
  description: kept,
  examples: dropped("w"),
  model: words({ fast: "f", balanced: "b", deep: "d" }),
  tools: allowed(TOOLS),
  mcpServers: named("mcp__<server>"),
  color: dropped("w"),
  paths: kept,
};
const schema = z.strictObject({ name: z.string(), globs: z.string().exactOptional() });
const keys = { name: "id", globs: joined("paths", ",") } as const;

expectTypeOf(defineTarget({ ...facts, files, features, frontMatter: { schema, keys } })).toEqualTypeOf<Target>();

// Every feature is there, and a target can leave out only what its files always say.
expectTypeOf<keyof Features>().toEqualTypeOf<Exclude<Feature, "fields" | "references" | "body">>();
const { paths, ...others } = features;
// @ts-expect-error a feature is forgotten
defineTarget({ ...facts, files, features: others });
// @ts-expect-error there is no such feature
defineTarget({ ...facts, files, features: { ...features, colour: dropped("w") } });

// A restriction is said or refused, never dropped.
expectTypeOf<Features["tools"]["kind"]>().toEqualTypeOf<"allowed" | "denied" | "readOnly" | "unrestricted">();
// @ts-expect-error a restriction is dropped
defineTarget({ ...facts, files, features: { ...features, tools: dropped("it is only a hint") } });
// @ts-expect-error a restriction is kept, in no tool's words
defineTarget({ ...facts, files, features: { ...features, tools: kept } });

// Each feature has ways of its own.
expectTypeOf<Features["model"]["kind"]>().toEqualTypeOf<"words" | "exactOnly" | "dropped">();
expectTypeOf<Features["description"]["kind"]>().toEqualTypeOf<"kept" | "mapped">();
expectTypeOf<Features["mcpServers"]["kind"]>().toEqualTypeOf<"named" | "kept" | "dropped">();
// @ts-expect-error a description is never dropped
defineTarget({ ...facts, files, features: { ...features, description: dropped("w") } });
// @ts-expect-error only a model has exact ids
defineTarget({ ...facts, files, features: { ...features, color: exactOnly("w") } });
// @ts-expect-error only tools are unrestricted
defineTarget({ ...facts, files, features: { ...features, mcpServers: unrestricted } });

// Tables are complete.
// @ts-expect-error a tier has no word
const tiers: Features["model"] = words({ fast: "f", deep: "d" });
// @ts-expect-error colours are not tiers
const swapped: Features["model"] = words({ red: "r" });
// @ts-expect-error a capability has no list
allowed({ read: ["r"] });
// @ts-expect-error the name of a server has no place
named("mcp");

// Paths have a place for the names that they need.
// @ts-expect-error all personas would have one file
defineTarget({ ...facts, files: { ...files, main: "acme.md" }, features });
// @ts-expect-error all references would have one file
defineTarget({ ...facts, files: { ...files, reference: "acme/<name>.md" }, features });
defineTarget({
  ...facts,
  files: { ...files, main: "ACME.md", block: { fileLimit: { bytes: 1, beyond: "cuts" } } },
  features,
});

// Every key of a schema has a source, and every source a key.
// @ts-expect-error a key is forgotten
defineTarget({ ...facts, files, features, frontMatter: { schema, keys: { name: "id" } } });
// @ts-expect-error there is no such key
defineTarget({ ...facts, files, features, frontMatter: { schema, keys: { ...keys, color: "color" } } });
// @ts-expect-error nothing is said under that name
defineTarget({ ...facts, files, features, frontMatter: { schema, keys: { ...keys, name: "title" } } });

export { swapped, tiers };
