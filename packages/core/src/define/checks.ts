import type { Issues } from "../issues/issue.ts";
import { plainCopy } from "../issues/plain.ts";
import { isDecision, isRecord, isTexts, keysOf, said } from "../issues/values.ts";
import { checkInline, checkLines } from "../markdown/inline.ts";
import { targetsSince } from "../model/document.ts";
import type { TargetSettings } from "../model/fields.ts";
import {
  FIELD_NAME,
  GLOB,
  KEBAB_CASE,
  MAX_PERSONA_ID,
  problemOfFileId,
  SERVER_NAME,
  toolName,
  VERSION,
} from "../model/names.ts";
import {
  CAPABILITIES,
  type Capability,
  COLORS,
  type Description,
  type DescriptionExample,
  type Detection,
  fragmentsOf,
  MODEL_TIERS,
  type ModelTier,
  NO_DESCRIPTION,
  type PersonaData,
  type ReferenceSpec,
} from "../model/persona.ts";
import { checkWording } from "../phrases/check-wording.ts";

// What a definition and a patch must both be. Values may come from JavaScript: nothing is what its type says.

/** Files what is wrong with a list of fragments, item by item. */
export function checkUse(issues: Issues, use: unknown, check = checkFragment): void {
  if (!Array.isArray(use)) {
    issues.add("wrong-type", "use is not a list of fragments");
    return;
  }
  if (!issues.atMost("sections", "use", use.length)) return;
  for (const [index, fragment] of use.entries()) check(issues.at(`use[${index}]`), fragment);
}

/** Files a value that is neither a fragment nor a persona. */
export function checkItem(issues: Issues, item: unknown): void {
  if (!isRecord(item) || item.kind !== "persona") {
    checkFragment(issues, item);
    return;
  }
  const { use, references, additions, dropped, mcpServers, edits, decides } = item;
  const isWhole = [use, references, additions, dropped, mcpServers].every(Array.isArray) && isRecord(edits);
  if (isWhole && isRecord(decides)) return;
  issues.add("not-a-fragment", "this is not a whole persona", "Expected what definePersona or extend returns.");
}

/** Files a value that is not a fragment. */
export function checkFragment(issues: Issues, fragment: unknown): void {
  if (isRecord(fragment) && fragment.kind === "fragment") return;
  if (isRecord(fragment) && fragment.kind === "persona") {
    const hint = "A persona can stand in the list `use` of a persona, with all that it has.";
    issues.add("not-a-fragment", `this is the persona "${said(fragment.id)}", not a fragment`, hint);
    return;
  }
  const hint =
    typeof fragment === "string"
      ? "A name is not enough: import it in a module, and name the module in your configuration."
      : "Is it imported, and is the import spelt right?";
  issues.add("not-a-fragment", "this is not a fragment", hint);
}

const REFERENCE_KEYS = keysOf<ReferenceSpec>({ title: true, when: true, use: true });

/** Files what is wrong with a reference. */
export function checkReference(issues: Issues, reference: unknown): void {
  if (!isRecord(reference)) {
    issues.add("wrong-type", "this is not a reference", "Expected { title, when, use }.");
    return;
  }
  const { title, when, use } = reference;
  issues.unknownKeys(reference, REFERENCE_KEYS);
  issues.wrongTexts({ title, when });
  checkLines(issues, { title, when });
  checkUse(issues, use);
  if (Array.isArray(use) && use.length === 0) issues.add("empty-reference", "there is nothing in it");
}

/** Files a capability that there is not. */
export function checkCapability(issues: Issues, tool: unknown): void {
  if (!CAPABILITIES.includes(tool as Capability)) issues.unknown("capability", said(tool), CAPABILITIES);
}

/** Files a version that could not stand in a lockfile. */
export function checkVersion(issues: Issues, version: unknown): void {
  if (version === undefined || (typeof version === "string" && VERSION.test(version))) return;
  issues.add("wrong-type", "the version is not one", 'Expected a form such as "1.2.0".');
}

/** Files a title that is none; `false` stands for no heading. */
export function checkTitle(issues: Issues, title: unknown): void {
  if (title === false) return;
  issues.wrongTexts({ title });
  checkLines(issues, { title });
}

const ROLE = "Write it on one line. More than that belongs in a section: section({ id, title, rules }).";

/** Files what is wrong with a persona, defined or extended. */
export function checkPersona(data: PersonaData, issues: Issues): void {
  checkTitle(issues, data.title);
  if (data.role !== false) issues.wrongTexts({ role: data.role });
  if (typeof data.role === "string") checkInline(issues, "role", data.role.trim(), ROLE);
  checkFileId(issues, data.id, "backend-developer");
  checkVersion(issues, data.version);
  if (!Object.values(data.decides).every(isDecision)) {
    issues.at("decides").add("wrong-type", "a decision is not a text, a number or a boolean");
  }
  // What a file does not say, its author may have had no place for.
  if (data.source === undefined && data.description !== NO_DESCRIPTION) checkDescription(issues, data.description);
  checkSettings(issues, data);
  checkWording(issues, data);
  if (targetsSince(data) !== 1) checkTargets(issues, data);
  if (data.appliesTo !== undefined) checkDetection(issues.at("appliesTo"), data.appliesTo);
  issues.atMost("references", "the persona", data.references.length);
  issues.atMost("additions", "the persona", data.additions.length);
  const fragments = fragmentsOf(data);
  issues.atMost("sections", "the persona", fragments.length);
  const seen = new Set<string>();
  for (const { id } of fragments) {
    if (seen.has(id)) issues.add("duplicate-fragment", `fragment "${id}" is used twice`);
    seen.add(id);
  }
  for (const { id } of data.references) {
    checkFileId(issues.at(`reference "${id}"`), id, "api-conventions");
  }
}

/** Files an id that no file can be called by. */
function checkFileId(issues: Issues, id: unknown, such: string): void {
  const problem = problemOfFileId(id);
  const hint = `Expected kebab-case of at most ${MAX_PERSONA_ID} characters, such as "${such}".`;
  if (problem !== undefined) issues.add("invalid-id", `the id ${problem}`, hint);
}

const DESCRIPTION_KEYS = keysOf<Description>({ does: true, when: true, triggers: true, notFor: true, examples: true });
const EXAMPLE_KEYS = keysOf<DescriptionExample>({ context: true, user: true, assistant: true, commentary: true });

function checkDescription(issues: Issues, description: unknown): void {
  if (!isRecord(description)) {
    issues.add("missing-text", "the description is missing");
    return;
  }
  const { does, when, notFor, triggers = [], examples = [] } = description;
  issues.at("description").unknownKeys(description, DESCRIPTION_KEYS);
  // Where what it does says when to use it, too, there is no more to say.
  issues.wrongTexts({ "description.does": does, ...(when === "" ? {} : { "description.when": when }) });
  if (typeof notFor !== "string") issues.add("missing-text", "description.notFor is missing");
  if (typeof notFor === "string") issues.atMost("text", "description.notFor", notFor.length);
  checkNames(issues, "description.triggers", triggers, /\S/, "is not a list of texts");
  if (Array.isArray(examples) && !issues.atMost("names", "description.examples", examples.length)) return;
  if (!Array.isArray(examples)) {
    issues.add("wrong-type", "description.examples is not a list");
    return;
  }
  for (const [index, example] of examples.entries()) {
    const given: { readonly [key: string]: unknown } = isRecord(example) ? example : {};
    const texts = Object.fromEntries(EXAMPLE_KEYS.map((key) => [key, given[key]]));
    issues.at(`description.examples[${index}]`).wrongTexts(texts);
  }
}

const DETECTION_KEYS = keysOf<Detection>({ dependencies: true, files: true });

function checkDetection(issues: Issues, detection: unknown): void {
  if (!isRecord(detection)) {
    issues.add("wrong-type", "this is not an object");
    return;
  }
  issues.unknownKeys(detection, DETECTION_KEYS);
  for (const [name, list] of Object.entries(detection)) {
    checkNames(issues, name, list, /\S/, "is not a list of names");
  }
}

/** Files what is wrong with the model, the tools, the servers, the colour and the paths. */
function checkSettings(issues: Issues, { model, tools, mcpServers, color, paths }: PersonaData): void {
  const tier = isRecord(model) ? model.tier : model;
  if (tier !== undefined && !MODEL_TIERS.includes(tier as ModelTier)) {
    issues.at("model").unknown("tier", said(tier), MODEL_TIERS);
  }
  if (isRecord(model) && (!isRecord(model.exact) || !isTexts(Object.values(model.exact), /\S/))) {
    const hint = 'Expected { exact: { "target-id": "model-id" } }.';
    issues.at("model").add("wrong-type", "exact does not name models by target", hint);
  }
  if (color !== undefined && !COLORS.includes(color)) issues.unknown("colour", said(color), COLORS);
  if (tools !== undefined && (!Array.isArray(tools) || tools.length === 0)) {
    issues.add("wrong-type", "tools is empty", "Leave it out to grant what the tool grants by itself.");
  }
  const isList = Array.isArray(tools) && issues.atMost("names", "tools", tools.length);
  for (const tool of isList ? tools : []) checkCapability(issues.at("tools"), tool);
  const servers = "is not a list of names";
  checkNames(issues, "mcpServers", mcpServers, SERVER_NAME, servers, 'Expected names such as ["context7"].');
  if (paths === undefined) return;
  const globs = Array.isArray(paths) && paths.length === 0 ? undefined : paths;
  checkNames(issues, "paths", globs, GLOB, "is not a list of globs", 'Expected globs such as ["src/api/**"].');
}

/** Files what is wrong with the settings of single targets, as far as no tool has to be known for it. */
function checkTargets(issues: Issues, settings: TargetSettings): void {
  const { exactTools, uncheckedTools, substitutions, fields, uncheckedFields } = settings;
  for (const [name, given] of Object.entries({ exactTools, uncheckedTools })) {
    checkByTarget(issues.at(name), given, (at, names) => {
      const hint = 'Expected names such as ["Read", "WebSearch"].';
      checkNames(at, "it", filled(names), toolName(), "is not a list of tools", hint);
    });
  }
  checkByTarget(issues.at("substitutions"), substitutions, (at, texts) => {
    checkNames(at, "it", filled(texts), /\S/, "is not a list of texts", 'Expected texts such as ["$ARGUMENTS"].');
  });
  for (const [name, given] of Object.entries({ fields, uncheckedFields })) {
    checkByTarget(issues.at(name), given, checkFields);
  }
}

/** A list; undefined for one of nothing, which says the same as none. */
function filled(list: unknown): unknown {
  return Array.isArray(list) && list.length === 0 ? undefined : list;
}

function checkByTarget(issues: Issues, given: unknown, check: (at: Issues, value: unknown) => void): void {
  if (given === undefined) return;
  if (!isRecord(given)) {
    issues.add("wrong-type", "this is not an object", 'Expected { "target-id": ... }.');
    return;
  }
  const targets = Object.entries(given);
  if (!issues.atMost("names", "it", targets.length)) return;
  for (const [target, value] of targets) {
    if (KEBAB_CASE.test(target)) check(issues.at(`["${target}"]`), value);
    else
      issues.add("invalid-id", `"${said(target)}" is not the id of a target`, 'Expected one such as "claude-agent".');
  }
}

function checkFields(issues: Issues, fields: unknown): void {
  if (!isRecord(fields)) {
    issues.add("wrong-type", "these are no fields", "Expected { field: value }.");
    return;
  }
  for (const [name, value] of Object.entries(fields)) {
    const at = issues.at(`["${said(name)}"]`);
    if (!FIELD_NAME.test(name)) at.add("wrong-type", "this is not the name of a field");
    const before = issues.found.length;
    at.collect(() => plainCopy(value, "the value"));
    const problem = issues.found.length > before ? undefined : problemOfValue(value);
    if (problem !== undefined) at.add("wrong-type", problem);
  }
}

/** What keeps plain data from being the value of a field. */
function problemOfValue(value: unknown): string | undefined {
  if (value === null || value === undefined) return "null is no value of a field";
  if (typeof value !== "object") return undefined;
  // Readers lose it, or take it for something else.
  if (Object.hasOwn(value, "__proto__")) return "__proto__ is no key of a field";
  for (const inner of Object.values(value)) {
    const problem = problemOfValue(inner);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Files what is wrong with a list of texts of a form. */
function checkNames(issues: Issues, name: string, list: unknown, form: RegExp, problem: string, hint?: string): void {
  if (!isTexts(list, form)) {
    issues.add("wrong-type", `${name} ${problem}`, hint);
    return;
  }
  issues.atMost("names", name, list.length);
  issues.atMost(
    "text",
    name,
    list.reduce((length, text) => length + text.length, 0),
  );
}
