import type { Issue } from "@personakit/core";
import { issuesOf } from "@personakit/core/internal";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  allowed,
  type Context,
  defineTarget,
  denied,
  dropped,
  each,
  exactOnly,
  introduceTarget,
  joined,
  type KnownFields,
  kept,
  mapped,
  named,
  readFrontMatter,
  readOnly,
  unrestricted,
  words,
} from "../../index.ts";
import { documentWith, linked } from "../compile.testing.ts";

const TOOLS = { read: ["read"], search: ["find"], edit: ["write"], shell: ["run"], web: ["browse"], spawn: [] };

const text = z.string().min(1);

const acme = {
  id: "acme-agent",
  tool: "Acme",
  readers: ["Acme"],
  checked: { date: "2026-11-21", version: "1", source: "https://acme.example" },
  files: { main: "acme/<name>.txt", reference: "acme/<name>/<reference>.txt" },
  features: {
    description: kept,
    examples: dropped("Acme shows descriptions in one line"),
    model: exactOnly("Acme inherits the model"),
    tools: allowed(TOOLS),
    mcpServers: named("mcp:<server>"),
    color: dropped("Acme's agents have no colour"),
    paths: dropped("Acme does not load by file"),
  },
  frontMatter: {
    schema: z.strictObject({ description: text, tools: text.exactOptional(), model: text.exactOptional() }),
    keys: { description: "description", tools: joined("tools", " "), model: "model" },
  },
} as const;

/** What is wrong with a definition, as JavaScript may write it. */
function issuesIn(spec: object): readonly Pick<Issue, "code" | "place" | "problem" | "hint">[] {
  try {
    defineTarget(spec as never);
  } catch (error) {
    return issuesOf(error) ?? [{ code: "bug", problem: String(error) }];
  }
  return [];
}

const MODE = { order: "levels", levels: ["safe", "free"], absent: "free", about: "approval" } as const;
const withFeatures = (features: object) => issuesIn({ ...acme, features: { ...acme.features, ...features } });

describe("a target of another package", () => {
  test("compiles as ours do", () => {
    const target = defineTarget(acme);
    const tools = ["read", "spawn"];
    const { artifacts, fidelity } = target.compile(documentWith({ ...linked, tools, mcpServers: ["context7"] }));
    expect(target).toMatchObject({ kind: "target", schemaVersion: 1, path: "acme/<name>.txt", restricts: true });
    expect(artifacts.map(({ path }) => path)).toEqual(["acme/dev.txt", "acme/dev/guide.txt"]);
    expect(artifacts[0]?.text).toContain("[the guide](acme/dev/guide.txt)");
    expect(readFrontMatter(artifacts[0]?.text ?? "").data).toEqual({
      description: "Does. When.",
      tools: "read mcp:context7",
    });
    expect(fidelity).toEqual([
      { feature: "description", status: "kept" },
      { feature: "tools", status: "degraded", reason: "the tool cannot name spawn" },
      { feature: "mcpServers", status: "kept" },
      { feature: "references", status: "kept" },
      { feature: "body", status: "kept" },
    ]);
  });

  test("adds by functions what data cannot say", () => {
    const { frontMatter, ...rest } = acme;
    const withFiles = (also: readonly string[]) =>
      defineTarget({
        ...rest,
        features: { ...acme.features, tools: unrestricted, mcpServers: kept },
        files: { ...acme.files, also },
        guard: ({ text, origins }, { place }) => ({ text: text.replace("Dev", place), origins }),
        wrap: ({ text, origins }, { said, origin }) => ({
          text: `${said.description}\n${text}`,
          origins: [origin, ...origins],
        }),
        also: ({ document, target, origin }: Context) => [
          { path: `acme/${document.id}.json`, text: `"${target}"\n`, origins: [origin] },
        ],
      });
    const target = withFiles(["acme/<name>.json"]);
    const [main, more] = target.compile(documentWith()).artifacts;
    expect(main?.text).toMatch(/^Does\. When\.\n# persona "dev", target acme-agent\n/);
    expect(main?.origins).toHaveLength((main?.text.split("\n").length ?? 0) - 1);
    expect(more).toMatchObject({ path: "acme/dev.json", text: '"acme-agent"\n' });
    expect(() => withFiles([]).compile(documentWith())).toThrow("makes acme/dev.json, which is not among its files");
    expect(target.restricts).toBe(false);
  });

  test("writes keys as plain text below the others", () => {
    const of = (keys: object, plain: object, paths?: readonly string[]) =>
      defineTarget({
        ...acme,
        features: { ...acme.features, tools: unrestricted, mcpServers: kept, model: dropped("none"), paths: kept },
        frontMatter: { schema: z.looseObject({}) as never, keys, plain } as never,
      }).compile(documentWith(paths === undefined ? {} : { paths })).artifacts[0]?.text;
    const plain = { globs: joined("paths", ",") };
    expect(of({ description: "description" }, plain, ["*.ts", "[id]/**"])).toMatch(
      /^---\ndescription: "Does\. When\."\nglobs: \*\.ts,\[id\]\/\*\*\n---\n\n# Dev\n/,
    );
    expect(of({ description: "description" }, plain)).toMatch(/^---\ndescription: "Does\. When\."\n---\n\n# Dev\n/);
    expect(() => of({ description: "description" }, {})).toThrow("no key carries the paths");
  });

  test("writes its keys in its own order, after another that says the same", () => {
    const keysOf = (keys: readonly ("name" | "description")[]) => {
      const all = { name: "id", description: "description" } as const;
      const target = defineTarget({
        ...acme,
        features: { ...acme.features, tools: unrestricted, mcpServers: kept, model: dropped("Acme inherits it") },
        frontMatter: {
          schema: z.looseObject({}) as unknown as z.ZodType<typeof all>,
          keys: Object.fromEntries(keys.map((key) => [key, all[key]])) as typeof all,
        },
      });
      return target.compile(documentWith()).artifacts[0]?.text.split("\n").slice(1, 3);
    };
    expect(keysOf(["name", "description"])).toEqual(['name: "dev"', 'description: "Does. When."']);
    expect(keysOf(["description", "name"])).toEqual(['description: "Does. When."', 'name: "dev"']);
  });

  test("has fields of its own, which other targets know, too", () => {
    const fields = {
      turns: { schema: { type: "integer", minimum: 1 }, does: "stops the agent" },
      mode: { schema: { enum: ["safe", "free"] }, does: "says what it may do", restricts: MODE },
    } as const satisfies KnownFields;
    const target = defineTarget({ ...acme, id: "fields-agent", fields });
    const more = { fields: { "fields-agent": { mode: "safe", turns: 3 } } };
    expect(readFrontMatter(target.compile(documentWith(more)).artifacts[0]?.text ?? "").data).toEqual({
      description: "Does. When.",
      turns: 3,
      mode: "safe",
    });
    const other = defineTarget({ ...acme, id: "other-agent" });
    expect(() => other.compile(documentWith(more))).toThrow("fields-agent restricts the persona by mode");
    expect(() => other.compile(documentWith({ fields: { "fields-agent": { turns: 3 } } }))).not.toThrow();
    expect(() => target.compile(documentWith({ fields: { "fields-agent": { turns: 0 } } }))).toThrow("from 1");
  });

  test("can be introduced by another copy of this package, if its fields are valid", () => {
    const { features } = defineTarget({ ...acme, id: "copied-agent" });
    const fields = { mode: { schema: {}, does: "says what it may do", restricts: MODE } };
    introduceTarget({ id: "foreign-agent", features, fields });
    const other = defineTarget({ ...acme, id: "other-agent" });
    const more = { fields: { "foreign-agent": { mode: "safe" } } };
    expect(() => other.compile(documentWith(more))).toThrow("foreign-agent restricts the persona by mode");
    const wrong = { mode: { does: "says what it may do" } } as never;
    expect(() => introduceTarget({ id: "foreign-agent", features, fields: wrong })).toThrow("it has no schema");
  });

  test("says what its schema refuses, with the key", () => {
    const schema = acme.frontMatter.schema.extend({ description: z.string().max(5) });
    const target = defineTarget({ ...acme, frontMatter: { ...acme.frontMatter, schema } });
    expect(() => target.compile(documentWith())).toThrow('persona "dev", target acme-agent, description: Too big');
  });
});

describe("a definition, wrong as JavaScript allows it,", () => {
  test("needs a valid id, a date and a place for its files, and all is said at once", () => {
    const files = { main: "acme/agent.txt", reference: "acme/<persona>/<reference>.txt", links: { main: "x" } };
    const found = issuesIn({ ...acme, id: "Acme", checked: { ...acme.checked, date: "today" }, files });
    expect(found.map(({ place, problem }) => `${place}: ${problem}`)).toEqual([
      'target "Acme": the id is not kebab-case',
      'target "Acme": checked.date is not a date',
      'target "Acme", files.main: there is no <name> in it',
      'target "Acme", files.reference: <persona> is not a placeholder here',
      'target "Acme", files.links.main: there is no <reference> in it',
      'target "Acme", files.links.reference: <persona> is not a placeholder here',
    ]);
  });

  test.each([
    [[], "this is not an object"],
    [{ "a: b": { schema: {}, does: "d" } }, "this is not the name of a field"],
    [{ a: { does: "d" } }, "it has no schema"],
    [{ a: { schema: {} } }, "it does not say what it does"],
    [{ a: { schema: {}, does: "d", restricts: { order: "up" } } }, "restricts has no order"],
    [
      { a: { schema: {}, does: "d", restricts: { order: "taken", about: "x" } } },
      "is about neither tools nor approval",
    ],
    [
      { a: { schema: {}, does: "d", restricts: { order: "levels", levels: ["a"], absent: "b" } } },
      "of a missing field",
    ],
  ])("needs fields of a form, and is refused with %j", (fields, problem) => {
    expect(issuesIn({ ...acme, fields } as never)).toMatchObject([
      { code: "invalid-target", problem: expect.stringContaining(problem) },
    ]);
  });

  test.each([undefined, null, "acme", [], {}])("is refused as %j", (spec) => {
    expect(issuesIn(spec as never)[0]?.code).toBe("invalid-target");
  });

  test("cannot have a guard that nothing calls", () => {
    expect(issuesIn({ ...acme, gaurd: (body: object) => body })).toEqual([
      {
        code: "invalid-target",
        place: 'target "acme-agent"',
        problem: 'there is no option "gaurd"',
        hint: 'Did you mean "guard"?',
      },
    ]);
  });

  test.each(Object.keys(acme.features))("cannot forget the feature %s", (feature) => {
    const found = withFeatures({ [feature]: undefined });
    expect(found).toMatchObject([{ code: "missing-feature", place: `target "acme-agent", features.${feature}` }]);
  });

  test("cannot drop a restriction", () => {
    expect(withFeatures({ tools: dropped("it is only a hint") })).toEqual([
      {
        code: "impossible-feature",
        place: 'target "acme-agent", features.tools',
        problem: "it cannot be dropped",
        hint: "Expected allowed(table) or denied(table) or readOnly({ how, also }) or unrestricted.",
      },
    ]);
  });

  test.each([
    ["a feature that there is not", { colour: dropped("none") }, 'there is no feature "colour"', "impossible-feature"],
    ["another value", { model: "opus" }, "this is not a valid value", "impossible-feature"],
    ["an inherited kind", { color: { kind: "toString" } }, "it cannot be toString", "impossible-feature"],
    [
      "a tier without a word",
      { model: words({ fast: "a", deep: "" }) },
      "it is missing balanced, deep",
      "incomplete-words",
    ],
    ["a colour without a word", { color: words({ red: "a" }) }, "it is missing blue, green", "incomplete-words"],
    [
      "a capability without a list",
      { tools: allowed({ ...TOOLS, web: "browse" } as never) },
      "web",
      "incomplete-words",
    ],
    [
      "no table",
      { tools: denied(undefined as never), mcpServers: kept },
      "it is missing read, search",
      "incomplete-words",
    ],
    [
      "half a switch",
      { tools: readOnly({ how: "x" } as never), mcpServers: kept },
      "it is missing also",
      "incomplete-words",
    ],
    ["no reason", { paths: dropped("") }, "it is missing why", "incomplete-words"],
    ["servers without a name", { mcpServers: named("mcp" as never) }, "there is no <server> in it", "invalid-template"],
    ["servers that a list takes away", { mcpServers: kept }, "takes them away", "impossible-feature"],
    ["servers that no list names", { tools: denied(TOOLS) }, "no list of allowed tools", "impossible-feature"],
  ])("is refused for %s", (_, features, problem, code) => {
    expect(withFeatures(features)).toMatchObject([{ code, problem: expect.stringContaining(problem) }]);
  });

  test.each([
    [
      "says less than its features",
      { keys: { description: "description", model: "model" } },
      "no key carries the tools",
    ],
    [
      "says more than its features",
      { keys: { ...acme.frontMatter.keys, color: "color" } },
      "a key uses color, which the features do not define",
    ],
    ["has no front matter at all", undefined, "no key carries the description"],
  ])("is refused when it %s", (_, change, problem) => {
    const frontMatter = change === undefined ? undefined : { ...acme.frontMatter, ...change };
    expect(issuesIn({ ...acme, frontMatter })).toContainEqual(
      expect.objectContaining({ code: "unwritten-feature", problem }),
    );
  });

  test("need not say a feature that it does otherwise, or that a function writes", () => {
    const { frontMatter, ...rest } = acme;
    const silent = { description: mapped("always on"), model: dropped("none"), tools: unrestricted, mcpServers: kept };
    expect(issuesIn({ ...rest, features: { ...acme.features, ...silent } })).toEqual([]);
    expect(issuesIn({ ...rest, wrap: (file: object) => file })).toEqual([]);
  });
});

test("a list can be a map of the same value", () => {
  const target = defineTarget({
    ...acme,
    features: { ...acme.features, tools: denied({ ...TOOLS, spawn: ["delegate"] }), mcpServers: kept },
    frontMatter: {
      schema: z.strictObject({
        description: text,
        model: text.exactOptional(),
        off: z.record(text, text).exactOptional(),
      }),
      keys: { description: "description", model: "model", off: each("tools", "never") },
    },
  });
  const front = (more: object) => readFrontMatter(target.compile(documentWith(more)).artifacts[0]?.text ?? "").data;
  const tools = ["read", "search", "edit", "shell"];
  expect(front({ tools })).toEqual({ description: "Does. When.", off: { browse: "never", delegate: "never" } });
  expect(front({})).toEqual({ description: "Does. When." });
});
