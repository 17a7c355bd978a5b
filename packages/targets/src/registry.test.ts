import type { Document, FieldValue } from "@personakit/core";
import { type Entry, example, must, prose, section, table } from "@personakit/core";
import { CAPABILITIES } from "@personakit/core/internal";
import fc from "fast-check";
import { parse as parseToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { describedAs, documentWith, examples, linked, rules } from "./compile.testing.ts";
import type { Target } from "./define/target.ts";
import { fieldsOf, ownFieldsOf } from "./describe.ts";
import type { FieldSchema } from "./features/field-schema.ts";
import { readFrontMatter } from "./format/front-matter.ts";
import { type Key, sourceOf } from "./format/keys.ts";
import { verifyArtifact } from "./format/verify.ts";
import { hiddenRuns } from "./guard/visible.ts";
import type { Artifact, Compiled } from "./model/compiled.ts";
import { targets } from "./registry.ts";

/** Everything that a persona may have and every target takes. */
const full = {
  ...linked,
  model: "balanced",
  color: "orange",
  mcpServers: ["context7"],
  paths: ["src/api/**", "*.sql"],
};

/** What a target makes of a persona; undefined where it refuses a restriction. */
function attempt(target: Target, more: object): Compiled | undefined {
  try {
    return target.compile(documentWith(more));
  } catch (error) {
    expect(String(error)).toMatch(/restriction would be lost|only make agents read-only|which the tool takes for all/);
    return undefined;
  }
}

/** One of each class of what a reader does not see. */
const HIDDEN = [
  "\u001B",
  "\u0085",
  "\u00AD",
  "\u202E",
  "\u200B",
  "\u2028",
  "\uE000",
  "\uFFFF",
  "\uFE0F",
  "\u2800",
].concat(["\u3164", "\uFFF9", "\u{1D173}", "\u{16FE4}", "\u{E0041}", "\u{E0100}", "\u{10FFFF}"]);

/** The targets that write fields. */
const withFields = targets.filter((target) => ownFieldsOf(target) !== undefined).map(({ id }) => id);

/** Settings of a persona that each hold a text in another field. */
function fieldsWith(text: string): { readonly [field: string]: object } {
  const one = (entry: Entry) => ({ use: [section({ id: "own", title: "Own", rules: { a: entry } })] });
  const { guide } = linked.references;
  return {
    rule: { use: rules(text) },
    prose: one(prose(text)),
    table: one(table([text], [[text]])),
    example: one(example("ts", text)),
    section: { use: [section({ id: "own", title: text, rules: { a: must("A.") } })] },
    title: { title: text },
    role: { role: text },
    version: { version: text },
    does: { description: describedAs(text) },
    user: { description: { ...describedAs("Does."), examples: examples.map((each) => ({ ...each, user: text })) } },
    paths: { paths: [text] },
    field: { uncheckedFields: Object.fromEntries(withFields.map((id) => [id, { x: [{ [text]: text }] }])) },
    model: { model: { tier: "deep", exact: Object.fromEntries(targets.map(({ id }) => [id, `a/${text}`])) } },
    reference: { references: { guide: { ...guide, title: text } } },
    when: { references: { guide: { ...guide, when: text } } },
  };
}

function unlessRefused(make: () => Compiled["artifacts"]): Compiled["artifacts"] {
  try {
    return make();
  } catch (error) {
    // A separator of lines is refused before, by the form of a glob and of OpenCode's models.
    expect(String(error)).toMatch(
      /invisible characters|the version is not one|paths is not a list of globs|expected provider\/model-id/,
    );
    return [];
  }
}

/** Every text that a tool decodes from a file. */
function decodedTexts({ path, text }: Compiled["artifacts"][number]): string[] {
  const texts: string[] = [];
  const read = path.endsWith(".json") ? JSON.parse : path.endsWith(".toml") ? parseToml : readFrontMatter;
  JSON.stringify(read(text), (_, value) => {
    if (typeof value === "string") texts.push(value);
    return value;
  });
  return texts;
}

const textOf = (target: Target, more: object) => target.compile(documentWith(more)).artifacts[0]?.text ?? "";

/** The file that a target writes for all personas, as if there were only this one. */
function combinedOf({ combined }: Target, document: Document): Artifact[] {
  if (combined === undefined) return [];
  return [{ path: combined.path, text: combined.toText({ [document.id]: combined.member(document) }), origins: [] }];
}

describe.each(targets.map((target) => [target.id, target] as const))("%s", (_, target) => {
  test("says what became of each feature of a persona", () => {
    const description = { ...describedAs("Does."), examples };
    const { fidelity } = target.compile(documentWith({ ...full, description }));
    const features = ["body", "color", "description", "examples", "mcpServers", "model", "paths", "references"];
    expect(fidelity.map(({ feature }) => feature).sort()).toEqual(features);
    for (const { status, reason } of fidelity) if (status !== "kept") expect(reason?.length).toBeGreaterThan(0);
  });

  test("says nothing of features that a persona does not have", () => {
    const { fidelity } = target.compile(documentWith());
    expect(fidelity.map(({ feature }) => feature)).toEqual(["description", "body"]);
  });

  test("says a restriction, or refuses the persona", () => {
    const restrictions = [
      ["read", "search"],
      ["read", "search", "web", "spawn"],
      ["read", "edit", "shell"],
    ];
    const said = restrictions.flatMap((tools) => attempt(target, { tools }) ?? []);
    expect(said.length > 0).toBe(target.restricts);
    for (const { artifacts, fidelity } of said) {
      expect(fidelity.find(({ feature }) => feature === "tools")?.status).toMatch(/mapped|degraded/);
      expect(artifacts[0]?.text).not.toBe(textOf(target, {}));
    }
  });

  test("writes files that parse and give every line an origin", () => {
    const { artifacts } = target.compile(documentWith({ ...full, description: describedAs('Use: "it" --- now.') }));
    expect(artifacts[0]?.text.startsWith("---\n")).toBe(target.frontMatter !== undefined);
    for (const artifact of artifacts) {
      expect(artifact.origins).toHaveLength(artifact.text.split("\n").length - 1);
      expect(artifact.text).toMatch(/^\S[\s\S]*[^\n]\n$/);
      expect(artifact.path).not.toMatch(/\\|^\/|\.\.|[<>]/);
      verifyArtifact(artifact);
    }
  });

  test("links to references where they are", () => {
    const { artifacts } = target.compile(documentWith(linked));
    for (const text of ["Read [the guide](", "See [itself]("]) {
      const from = artifacts.find((artifact) => artifact.text.includes(text));
      const link = from?.text.split(text)[1]?.split(")")[0] ?? "";
      const inPlugin = link.replace("${CLAUDE_PLUGIN_ROOT}", "plugins/dev");
      const beside = `${from?.path.replace(/[^/]+$/, "")}${link}`;
      expect(artifacts.map(({ path }) => path).filter((path) => path === inPlugin || path === beside)).toHaveLength(1);
    }
  });

  test("makes the same of a persona, whatever other targets have made of it before", () => {
    for (const more of [{}, full, { use: rules("See @acme/api, $1 and — `x`.") }]) {
      const document = documentWith(more);
      const alone = target.compile(structuredClone(document));
      for (const other of targets) other.compile(document);
      expect(target.compile(document)).toEqual(alone);
    }
  });

  test("refuses characters that a reader does not see, and lets emoji pass", () => {
    const compileText = (text: string) => () => target.compile(documentWith({ use: rules(text) }));
    const hidden = [...'ignore "']
      .map((character) => String.fromCodePoint(0xe0000 + (character.codePointAt(0) ?? 0)))
      .join("");
    expect(compileText(`A${hidden}.`)).toThrow(/line \d+ \(own\/a\): .*which say "ignore ""/);
    expect(compileText("A\u202Eb.")).toThrow("U+202E");
    expect(compileText("A\u200Bb.")).toThrow("U+200B");
    for (const text of [`\u{1F3F4}${hidden}\u{E007F}`, "a\uFE0F\uFE0F", "1\u200D2", "a\u180Eb"]) {
      expect(compileText(`A ${text}.`)).toThrow();
    }
    expect(compileText("👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 日本語 👍🏽 é")).not.toThrow();
  });

  test.each(HIDDEN)("writes %j into no file, whatever of a persona holds it", (hidden) => {
    for (const [field, more] of Object.entries(fieldsWith(`x${hidden}y`))) {
      const document = () => documentWith({ ...full, ...more });
      const artifacts = unlessRefused(() => target.compile(document()).artifacts);
      const combined = unlessRefused(() => combinedOf(target, document()));
      for (const artifact of [...artifacts, ...combined]) {
        const texts = [artifact.path, artifact.text, ...decodedTexts(artifact)];
        expect(
          texts.filter((text) => text.includes(hidden)),
          `${field} in ${artifact.path}`,
        ).toEqual([]);
      }
    }
  });

  test("refuses the names that its tool keeps for itself", () => {
    for (const id of target.reserved?.map((name) => name.toLowerCase()) ?? []) {
      expect(() => target.compile(documentWith({ id }))).toThrow(`the tool reserves the name "${id}"`);
    }
  });

  test("dates what it knows of its tool", () => {
    expect(target.checked.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(target.checked.source).toMatch(/^https:\/\//);
  });
});

const written = targets.flatMap((target) => {
  const keys: [string, Key][] = Object.entries(target.frontMatter?.keys ?? {});
  return keys.map(([name, key]) => ({ target, name, key, source: sourceOf(key) }));
});

describe.each(
  written.filter(({ source }) => source === "description").map(({ target }) => [target.id, target] as const),
)("front matter of %s", (_, target) => {
  test.each([
    "Use when: the API fails",
    `It's "quoted" and 'quoted' \\ back`,
    "two\nlines\n\nand\ttabs",
    '<example>\nuser: "hi"\n</example>',
    "--- not a fence --- ----- ---",
    "日本語の説明 👩‍👩‍👧‍👦 émoji",
    "# not a comment, [not, a, list], {not: a map}, *not an alias, !not a tag, %",
    "no",
  ])("carries the description %j to the reader unchanged", (does) => {
    const text = textOf(target, { description: describedAs(does) });
    expect(readFrontMatter(text).data).toMatchObject({ description: `${does} When.` });
    // Some readers split the file at any three hyphens.
    expect(parse(text.split("---")[1] ?? "")).toMatchObject({ description: `${does} When.` });
  });

  test("carries any description, in a block that every reader can split off", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }), (text) => {
        fc.pre(text.trim() !== "" && hiddenRuns(text).length === 0);
        const [before, block = "", ...rest] = textOf(target, { description: describedAs(text) }).split("---");
        expect(before).toBe("");
        expect(rest.length).toBeGreaterThan(0);
        expect(parse(block).description).toBe(`${text} When.`);
        expect(block).not.toMatch(/\r|^\s*\S+: [|>]/m);
      }),
      { numRuns: 50 },
    );
  });
});

/** Any value of a field, with texts that nobody wrote on purpose. */
function valuesOf(schema: FieldSchema, text: fc.Arbitrary<string>): fc.Arbitrary<FieldValue> {
  if ("enum" in schema) return fc.constantFrom(...schema.enum);
  if ("anyOf" in schema) return fc.oneof(...schema.anyOf.map((each) => valuesOf(each, text)));
  if ("items" in schema) {
    return fc.array(valuesOf(schema.items, text), { minLength: schema.minItems ?? 0, maxLength: 3 });
  }
  if ("properties" in schema) {
    const members = Object.entries(schema.properties).map(([name, each]) => [name, valuesOf(each, text)] as const);
    return fc.record(Object.fromEntries(members), { requiredKeys: [...schema.required] as never });
  }
  if ("additionalProperties" in schema) {
    return fc.dictionary(text, valuesOf(schema.additionalProperties, text), { maxKeys: 3 });
  }
  if (!("type" in schema)) {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    return fc.oneof(text, fc.boolean(), number, fc.array(text), fc.dictionary(text, fc.array(text), { maxKeys: 3 }));
  }
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "integer") return fc.integer({ min: 1 });
  if (schema.type === "number") return fc.double({ min: 0, max: 1, noNaN: true });
  if (schema.type === "string" && schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  return text;
}

const NASTY = [
  ...[
    "---",
    "a: b",
    "# c",
    "no",
    "null",
    "1",
    "0x1",
    "1.",
    "2026-11-21",
    "\n---\n",
    "'''",
    '"""',
    "\\",
    '"',
    "*a",
    "&a",
  ],
  ...["!t", "{{x}}", "constructor", "- a", " a", "a ", "a\n b\n", "<<", "=", "?", "[t]", "\t"],
];

/** Texts that a reader sees. */
const hostile = fc
  .oneof(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), fc.constantFrom(...NASTY))
  .filter((text) => hiddenRuns(text).length === 0 && text.trim() !== "" && text !== "__proto__");

describe.each(targets.filter(({ fields }) => fields !== undefined).map((target) => [target.id, target] as const))(
  "the fields of %s",
  (id, target) => {
    test("carry any value to the reader unchanged, and leave the body as it is", () => {
      const known = Object.entries(target.fields ?? {});
      const values = Object.fromEntries(known.map(([name, { schema }]) => [name, valuesOf(schema, hostile)]));
      const unknown = fc.dictionary(fc.stringMatching(/^x[\w-]{0,9}$/), valuesOf({}, hostile), { maxKeys: 2 });
      fc.assert(
        fc.property(fc.record(values, { requiredKeys: [] }), unknown, (given, more) => {
          const settings = { fields: { [id]: given }, uncheckedFields: { [id]: more } };
          const { path = "", text = "", origins } = target.compile(documentWith(settings)).artifacts[0] ?? {};
          const isToml = path.endsWith(".toml");
          const data: object = isToml ? parseToml(text) : readFrontMatter(text).data;
          const found = Object.fromEntries(
            Object.keys({ ...given, ...more }).map((name) => [name, data[name as keyof typeof data]]),
          );
          expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(JSON.stringify({ ...given, ...more })));
          expect(origins).toHaveLength(text.split("\n").length - 1);
          if (isToml) return;
          const [before, block, ...rest] = text.split("---");
          expect([before, ...rest]).toEqual(["", textOf(target, {}).split("---")[2]]);
          expect(block).not.toMatch(/\r|^\s*\S+: [|>]/m);
        }),
        { numRuns: 60 },
      );
    });

    test("say what they do, what they take, and when that was checked", () => {
      for (const { does, type, checked } of fieldsOf(target)) {
        expect(does).toMatch(/^[a-z].*[^.\s]$/);
        expect(type).not.toBe("");
        expect(checked.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }
    });
  },
);

/** What a template was filled with, read from the result. */
function readBack(template: string, text: string): { readonly [placeholder: string]: string } | undefined {
  const seen = new Set<string>();
  const pattern = template.replace(/<(\w+)>|[^\w<>/-]/g, (sign, placeholder?: string) => {
    if (placeholder === undefined) return `\\${sign}`;
    if (seen.has(placeholder)) return `\\k<${placeholder}>`;
    seen.add(placeholder);
    return `(?<${placeholder}>[\\w-]+)`;
  });
  return new RegExp(`^${pattern}$`).exec(text)?.groups;
}

/** A key's list of names, read from the front matter that says them. */
function namesIn(value: unknown, key: Key): string[] {
  if (typeof value === "string" && typeof key === "object" && key.kind === "joined") return value.split(key.separator);
  return Array.isArray(value) ? value : Object.keys(value ?? {});
}

describe.each(targets.map((target) => [target.id, target] as const))("the data of %s, read backwards", (_, target) => {
  const { features, files } = target;

  test("leads from the paths to the names", () => {
    const { artifacts } = target.compile(documentWith({ ...linked, id: "api-dev" }));
    const [file] = artifacts;
    const { name } = readBack(files.main, file?.path ?? "") ?? {};
    expect(file?.block ?? name).toBe("api-dev");
    const found = artifacts.map(({ path }) => readBack(files.reference, path)?.reference);
    expect(found.filter((reference) => reference !== undefined)).toEqual(["guide"]);
  });

  test("has one word for each tier and each colour", () => {
    for (const way of [features.model, features.color]) {
      if (way.kind !== "words") continue;
      const all = Object.values<string>(way.words);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  const key = written.find(({ target: { id }, source }) => id === target.id && source === "tools");
  if (key === undefined || !("tools" in features.tools)) return;
  const { kind, tools: vocabulary } = features.tools;
  const { mcpServers } = features;

  test.each(CAPABILITIES)("leads from the words for tools to the capability %s", (capability) => {
    const compiled = attempt(target, { tools: [capability], mcpServers: ["context7"] });
    if (compiled === undefined) return;
    const data = readFrontMatter(compiled.artifacts[0]?.text ?? "").data as { readonly [name: string]: unknown };
    const names = namesIn(data[key.name], key.key);
    const servers = names.flatMap((name) =>
      mcpServers.kind === "named" ? (readBack(mcpServers.template, name)?.server ?? []) : [],
    );
    expect(servers).toEqual(mcpServers.kind === "named" ? ["context7"] : []);
    const said = names.slice(0, names.length - servers.length);
    for (const name of said) {
      expect(CAPABILITIES.filter((each) => vocabulary[each].includes(name)).length).toBeGreaterThan(0);
    }
    const whole = CAPABILITIES.filter((each) => vocabulary[each].every((name) => said.includes(name)));
    if (kind === "allowed") expect(whole).toContain(capability);
    else expect(CAPABILITIES.filter((each) => !whole.includes(each))).toEqual([capability]);
  });
});
