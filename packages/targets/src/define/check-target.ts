import type { Issue } from "@personakit/core";
import {
  CAPABILITIES,
  COLORS,
  FIELD_NAME,
  hintFor,
  isRecord,
  KEBAB_CASE,
  MODEL_TIERS,
} from "@personakit/core/internal";
import type { Features } from "../features/features.ts";
import type { Restriction } from "../features/field.ts";
import { type Key, type Source, sourceOf } from "../format/keys.ts";
import { issue } from "../issues/issue.ts";
import type { TargetSpec } from "./target.ts";

// A target may come from JavaScript, so types prove nothing.

type Given = { readonly [key: string]: unknown };

/** Everything that is wrong with a target's definition. */
export function checkTarget(spec: unknown): Issue[] {
  if (!isRecord(spec)) return [issue("invalid-target", "defineTarget", "the definition is missing")];
  const place = `target "${String(spec.id)}"`;
  const features = isRecord(spec.features) ? spec.features : {};
  const found = [
    ...checkOptions(spec, place),
    ...checkFacts(spec, place),
    ...checkFiles(spec.files, place),
    ...checkFeatures(features, place),
    ...checkFields(spec.fields, place),
  ];
  if (found.length > 0) return found;
  // Only valid parts can be compared.
  return [...checkServers(features, place), ...checkKeys(spec as unknown as TargetSpec<object>, place)];
}

const OPTIONS: { readonly [Name in keyof Required<TargetSpec<object>>]: true } = {
  id: true,
  tool: true,
  readers: true,
  signs: true,
  checked: true,
  reserved: true,
  limits: true,
  files: true,
  features: true,
  fields: true,
  ownFields: true,
  frontMatter: true,
  reading: true,
  filledIn: true,
  guard: true,
  wrap: true,
  also: true,
  combined: true,
};

/** A misspelt option must not be ignored. */
function checkOptions(spec: Given, place: string): Issue[] {
  const known = Object.keys(OPTIONS);
  return Object.keys(spec)
    .filter((name) => !known.includes(name))
    .map((name) => issue("invalid-target", place, `there is no option "${name}"`, hintFor(name, known)));
}

function checkFacts({ id, checked }: Given, place: string): Issue[] {
  const found: Issue[] = [];
  if (typeof id !== "string" || !KEBAB_CASE.test(id)) {
    found.push(issue("invalid-target", place, "the id is not kebab-case", 'Expected a form such as "acme-agent".'));
  }
  if (!isRecord(checked) || !/^\d{4}-\d{2}-\d{2}$/.test(String(checked.date))) {
    found.push(issue("invalid-target", place, "checked.date is not a date", "Expected a form such as 2026-11-21."));
  }
  return found;
}

const ORDERS: readonly Restriction["order"][] = ["levels", "taken", "left", "given", "unordered"];
const CONCERNS: readonly unknown[] = [undefined, "tools", "approval"] satisfies (Restriction["about"] | undefined)[];

/** Everything that is wrong with a target's fields. */
export function checkFields(fields: unknown, place: string): Issue[] {
  if (fields === undefined) return [];
  const at = `${place}, fields`;
  if (!isRecord(fields)) return [issue("invalid-target", at, "this is not an object")];
  return Object.entries(fields).flatMap(([name, field]) => {
    const problem = FIELD_NAME.test(name) ? problemOfField(field) : "this is not the name of a field";
    return problem === undefined ? [] : [issue("invalid-target", `${at}.${name}`, problem)];
  });
}

function problemOfField(field: unknown): string | undefined {
  if (!isRecord(field) || !isRecord(field.schema)) return "it has no schema";
  if (!isText(field.does)) return "it does not say what it does";
  const { restricts } = field;
  if (restricts === undefined) return undefined;
  if (!isRecord(restricts) || !ORDERS.includes(restricts.order as Restriction["order"])) {
    return `restricts has no order: ${ORDERS.join(", ")}`;
  }
  if (!CONCERNS.includes(restricts.about)) return "restricts is about neither tools nor approval";
  const { order, levels, absent } = restricts;
  if (order !== "levels" || (Array.isArray(levels) && levels.flat().includes(absent))) return undefined;
  return "its levels do not contain the one of a missing field";
}

function checkFiles(files: unknown, place: string): Issue[] {
  const { main, reference, links, block, also = [] }: Given = isRecord(files) ? files : {};
  const { main: fromMain = reference, reference: fromReference = reference }: Given = isRecord(links) ? links : {};
  return [
    ...checkTemplate(main, block === undefined ? ["name"] : [], ["name"], `${place}, files.main`),
    ...checkTemplate(reference, ["reference"], ["name"], `${place}, files.reference`),
    ...checkTemplate(fromMain, ["reference"], ["name"], `${place}, files.links.main`),
    ...checkTemplate(fromReference, ["reference"], ["name"], `${place}, files.links.reference`),
    ...checkAlso(also, `${place}, files.also`),
  ];
}

function checkAlso(also: unknown, place: string): Issue[] {
  if (!Array.isArray(also)) return [issue("invalid-template", place, "this is not a list")];
  return also.flatMap((template) => checkTemplate(template, ["name"], ["reference"], place));
}

/** Checks that a template has every placeholder that it needs, and no others except `allowed`. */
function checkTemplate(
  template: unknown,
  needed: readonly string[],
  allowed: readonly string[],
  place: string,
): Issue[] {
  if (!isText(template)) return [issue("invalid-template", place, "it is missing or empty")];
  const found = [...template.matchAll(/<(\w+)>/g)].map(([, name = ""]) => name);
  return [
    ...needed.filter((name) => !found.includes(name)).map((name) => `there is no <${name}> in it`),
    ...found
      .filter((name) => ![...needed, ...allowed].includes(name))
      .map((name) => `<${name}> is not a placeholder here`),
  ].map((problem) => issue("invalid-template", place, problem));
}

type FeatureName = keyof Features;

/** The ways to treat each feature, as you write them. */
const WAYS: { readonly [Name in FeatureName]: { readonly [Kind in Features[Name]["kind"]]: string } } = {
  description: { kept: "kept", mapped: "mapped(why)" },
  examples: { kept: "kept", dropped: "dropped(why)" },
  model: { words: "words(table)", exactOnly: "exactOnly(why)", dropped: "dropped(why)" },
  tools: {
    allowed: "allowed(table)",
    denied: "denied(table)",
    readOnly: "readOnly({ how, also })",
    unrestricted: "unrestricted",
  },
  mcpServers: { kept: "kept", named: "named(template)", dropped: "dropped(why)" },
  color: { words: "words(table)", dropped: "dropped(why)" },
  paths: { kept: "kept", dropped: "dropped(why)" },
};

const NAMES = Object.keys(WAYS) as FeatureName[];

function checkFeatures(features: Given, place: string): Issue[] {
  const unknown = Object.keys(features).filter((name) => !Object.hasOwn(WAYS, name));
  return [
    ...unknown.map((name) =>
      issue("impossible-feature", `${place}, features`, `there is no feature "${name}"`, hintFor(name, NAMES)),
    ),
    ...NAMES.flatMap((name) => checkFeature(name, features[name], `${place}, features.${name}`)),
  ];
}

function checkFeature(name: FeatureName, way: unknown, place: string): Issue[] {
  const ways: { readonly [kind: string]: string } = WAYS[name];
  const hint = `Expected ${Object.values(ways).join(" or ")}.`;
  if (way === undefined) return [issue("missing-feature", place, "the target does not define it", hint)];
  const kind = isRecord(way) ? String(way.kind) : "";
  if (!isRecord(way) || !Object.hasOwn(ways, kind)) {
    const problem = kind === "" ? "this is not a valid value" : `it cannot be ${kind}`;
    return [issue("impossible-feature", place, problem, hint)];
  }
  return checkWords(name, way, place);
}

/** What each way needs in addition to its kind. */
function checkWords(name: FeatureName, way: Given, place: string): Issue[] {
  if (way.kind === "named") return checkTemplate(way.template, ["server"], [], place);
  const missing = missingWords(name, way);
  return missing.length === 0 ? [] : [issue("incomplete-words", place, `it is missing ${missing.join(", ")}`)];
}

function missingWords(name: FeatureName, { kind, why, words, tools, how, also }: Given): string[] {
  if (kind === "words") return (name === "model" ? MODEL_TIERS : COLORS).filter((key) => !isText(wordFor(words, key)));
  if (kind === "allowed" || kind === "denied") return CAPABILITIES.filter((key) => !isTexts(wordFor(tools, key)));
  if (kind === "readOnly") return [...(isText(how) ? [] : ["how"]), ...(isTexts(also) ? [] : ["also"])];
  return kind === "kept" || kind === "unrestricted" || isText(why) ? [] : ["why"];
}

function wordFor(table: unknown, name: string): unknown {
  return isRecord(table) ? table[name] : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && /\S/.test(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

/** A list of allowed tools takes away what it does not name; nothing else has a place for names. */
function checkServers({ tools, mcpServers }: Given, place: string): Issue[] {
  if (!isRecord(tools) || !isRecord(mcpServers)) return [];
  const isListed = tools.kind === "allowed";
  if (mcpServers.kind !== (isListed ? "kept" : "named")) return [];
  const problem = isListed
    ? "a list of allowed tools takes them away"
    : "there is no list of allowed tools to name them in";
  const hint = `Expected ${isListed ? "named(template)" : "kept"} or dropped(why).`;
  return [issue("impossible-feature", `${place}, features.mcpServers`, problem, hint)];
}

/** The front matter source that carries each feature. */
const SAID: readonly { readonly feature: FeatureName; readonly kinds: readonly string[]; readonly source: Source }[] = [
  { feature: "description", kinds: ["kept"], source: "description" },
  { feature: "examples", kinds: ["kept"], source: "description" },
  { feature: "model", kinds: ["words", "exactOnly"], source: "model" },
  { feature: "tools", kinds: ["allowed", "denied"], source: "tools" },
  { feature: "tools", kinds: ["readOnly"], source: "readOnly" },
  { feature: "color", kinds: ["words"], source: "color" },
  { feature: "paths", kinds: ["kept"], source: "paths" },
];

/** A feature that is kept but written nowhere would be lost, although the report says that it is kept. */
function checkKeys({ features, frontMatter, wrap }: TargetSpec<object>, place: string): Issue[] {
  const sources = Object.values<Key>({ ...frontMatter?.keys, ...frontMatter?.plain }).map(sourceOf);
  const said = SAID.filter(({ feature, kinds }) => kinds.includes(features[feature].kind));
  const at = `${place}, frontMatter.keys`;
  const unwritten = wrap === undefined ? said.filter(({ source }) => !sources.includes(source)) : [];
  const known = ["id", undefined, ...said.map(({ source }) => source)];
  const unsaid = sources.filter((source) => !known.includes(source));
  return [
    ...unwritten.map(({ feature }) => issue("unwritten-feature", at, `no key carries the ${feature}`)),
    ...unsaid.map((source) => issue("unwritten-feature", at, `a key uses ${source}, which the features do not define`)),
  ];
}
