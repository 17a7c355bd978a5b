import { type Change, changesBetween, type Snapshot, type Strength } from "@personakit/core";
import { shortHash } from "../files/sha256.ts";

/**
 * What published packages said, as hashes: their texts are in the packages. Each text is a word, so that a persona takes little
 * room: ten characters of its hash, for a rule a digit for its strength, and its name.
 */
export interface PublishedRecord {
  /** The rules of each fragment: `K7gNU3sdo-0csrf y5dRk2sAbb1cookies`. */
  readonly rules: { readonly [fragment: string]: string };
  /** Everything else: `K7gNU3sdo-title y5dRk2sAbbrole`. */
  readonly about: string;
}

/** States of rules, and texts of everything else, by their hashes. */
export type TextsByHash = ReadonlyMap<string, string>;

/** What has changed since a record was written. */
export interface ChangesSince {
  /** Where an earlier text is not known, `before` is missing. */
  readonly changes: readonly Change[];
  /** The hashes of the texts that are missing. */
  readonly missing: readonly string[];
}

/** What a record tells apart, by the digit that stands for it. */
const KINDS: readonly string[] = ["must", "should", "may", "entry", "point"] satisfies (Strength | "entry" | "point")[];

/** How many characters of a word are its hash. */
const HASH = 10;

/** The record of a snapshot. */
export function publishedRecord({ rules, about }: Snapshot): PublishedRecord {
  const words = new Map<string, string[]>();
  for (const [path, state] of Object.entries(rules)) {
    const at = path.indexOf("/");
    const fragment = path.slice(0, at);
    const known = KINDS.indexOf(state.slice(0, state.indexOf(":")));
    const digit = known === -1 ? KINDS.indexOf("entry") : known;
    const word = `${hashed(state)}${digit}${encoded(path.slice(at + 1))}`;
    const others = words.get(fragment);
    if (others === undefined) words.set(fragment, [word]);
    else others.push(word);
  }
  const others = Object.entries(about).map(([name, value]) => hashed(joined(value)) + encoded(name));
  const lines = [...words].map(([fragment, each]) => [fragment, each.join(" ")]);
  return { rules: Object.fromEntries(lines), about: others.join(" ") };
}

/** The hashes of a snapshot's texts, with the texts. */
export function textsOf({ rules, about }: Snapshot): [hash: string, text: string][] {
  return [...Object.values(rules), ...Object.values(about).map(joined)].map((text) => [hashed(text), text]);
}

/** A rule as a record has it. */
interface RecordedRule {
  readonly hash: string;
  /** `must`, `should`, `may` or `point`; `entry` for what is no rule. */
  readonly kind: string;
}

/** The rules of a record, by `fragment/rule`. */
export function recordedRules({ rules }: PublishedRecord): Map<string, RecordedRule> {
  const found = new Map<string, RecordedRule>();
  for (const [fragment, words] of Object.entries(rules)) {
    for (const word of words.split(" ")) {
      const kind = KINDS[Number(word[HASH])] ?? "entry";
      found.set(`${fragment}/${decoded(word.slice(HASH + 1))}`, { hash: word.slice(0, HASH), kind });
    }
  }
  return found;
}

function recordedAbout({ about }: PublishedRecord): (readonly [name: string, hash: string])[] {
  const words = about === "" ? [] : about.split(" ");
  return words.map((word) => [decoded(word.slice(HASH)), word.slice(0, HASH)] as const);
}

/** No text has it. */
const UNKNOWN = "\0";

/** What has changed since a record was written, in the words of what is there now, and of the texts that are known. */
export function changesSinceRecord(
  record: PublishedRecord | undefined,
  now: Snapshot,
  texts: TextsByHash = new Map(),
): ChangesSince {
  const known = new Map([...texts, ...textsOf(now)]);
  const missing = new Map<string, string>();
  const textOf = (path: string, hash: string, kind: string) => {
    const text = known.get(hash);
    if (text === undefined) missing.set(path, hash);
    return text ?? `${kind}: ${UNKNOWN}`;
  };
  const earlier = record ?? { rules: {}, about: "" };
  const rules: Record<string, string> = {};
  for (const [path, { kind, hash }] of recordedRules(earlier)) rules[path] = textOf(path, hash, kind);
  const about: Record<string, string> = {};
  for (const [name, hash] of recordedAbout(earlier)) about[name] = textOf(name, hash, "");
  // A record keeps no reasons of deprecations: all of them would be new each time. A build warns of them.
  const { deprecated: _, ...compared } = now;
  const changes = changesBetween({ rules, about }, compared).map((change): Change => {
    const { before, ...rest } = change;
    return before?.endsWith(UNKNOWN) ? rest : change;
  });
  return { changes, missing: [...missing.values()] };
}

/** The paths of changes whose earlier text is not known. */
export function withoutEarlierText(changes: readonly Change[]): string[] {
  // A fragment that is renamed has no text of its own.
  const isText = ({ kind, after }: Change) => kind !== "added" && !(kind === "renamed" && after === undefined);
  return changes.flatMap((change) => (isText(change) && change.before === undefined ? [change.path] : []));
}

/** A name without what separates words: a document of a stranger may have any. */
function encoded(rule: string): string {
  // What is no character would make it throw.
  return encodeURIComponent(Buffer.from(rule).toString());
}

function decoded(rule: string): string {
  try {
    return decodeURIComponent(rule);
  } catch {
    // Anybody may have written the lockfile.
    return rule;
  }
}

/** Personas share rules. This many are kept, so that a large project does not keep all of its texts. */
const MOST_KEPT = 5000;
const kept = new Map<string, string>();

function hashed(text: string): string {
  const known = kept.get(text);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const hash = shortHash(text);
  kept.set(text, hash);
  return hash;
}

function joined(value: string | readonly string[]): string {
  return typeof value === "string" ? value : value.join(", ");
}
