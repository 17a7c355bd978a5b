// Agents and rules of about 6 KB each: the same sentences for every tool, and the same on every machine.
import { compile, type Document, definePersona, must, render, section, should } from "@personakit/core";

/** An agent or a rule, as PersonaKit compiles it and as the Markdown that the other tools take. */
export interface Source {
  readonly id: string;
  readonly description: string;
  readonly document: Document;
  /** What PersonaKit renders: no tool gets more text than another. */
  readonly body: string;
}

/** The input of every tool. */
export interface Input {
  readonly agents: readonly Source[];
  readonly rules: readonly Source[];
}

/** The files that a rule is for, where a tool loads it by file. */
export const PATHS = "src/**";

const SECTIONS = 5;
const RULES = 6;
const words = (text: string) => text.split(" ");
const VERBS = words("check write keep move read name split test review record limit close retry trace reject measure");
const ADJECTIVES = words(
  "small public stable nested slow shared typed remote late empty known partial quiet loose old",
);
const NOUNS = words(
  "handler schema request queue migration cursor module release token ledger report session worker branch index header" +
    " timeout invoice adapter fixture pipeline boundary contract payload registry",
);
const CODE = ["`pnpm test`", "`GET /orders/{id}`", "`src/api/routes.ts`", "`null`", "`npm ls --all`", "`SELECT`"];
const OPENINGS = ["Before you", "When you", "After you", "Each time you", "Unless the ticket says otherwise, when you"];
const LINKS = ["so that", "even when", "because", "and stop once", "as long as"];

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One rule of 150 to 300 characters. */
function sentence(next: () => number): string {
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] as string;
  const thing = () => (next() < 0.06 ? pick(CODE) : `${pick(ADJECTIVES)} ${pick(NOUNS)}`);
  const length = 150 + next() * 40;
  let text = `${pick(OPENINGS)} ${pick(VERBS)} the ${thing()}, ${pick(VERBS)} every ${thing()} that it needs`;
  while (text.length < length) text += ` ${pick(LINKS)} the ${thing()} can still ${pick(VERBS)} the ${thing()}`;
  return `${text}.`;
}

function source(id: string, title: string, seed: number, choices: { readonly paths?: readonly string[] }): Source {
  const next = random(seed);
  const range = (length: number) => Array.from({ length }, (_, index) => index + 1);
  const use = range(SECTIONS).map((part) => {
    const rules = range(RULES).map((rule) => {
      const text = sentence(next);
      return [`rule${rule}`, next() < 0.6 ? must(text) : should(text)] as const;
    });
    return section({ id: `topic-${part}`, title: `Topic ${part}`, rules: Object.fromEntries(rules) });
  });
  const persona = definePersona({
    id,
    title,
    description: { does: `Reviews part ${seed} of the system.`, when: "Use it on every change there.", notFor: "" },
    role: `You know part ${seed} of the system and answer for its quality.`,
    use,
    ...choices,
  });
  const document = compile(persona);
  const body = render(document, { referencePath: (reference) => reference }).body.text;
  return { id, description: document.description, document, body };
}

/** `count` agents and as many rules. */
export function makeInput(count: number): Input {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const name = (number: number) => String(number).padStart(4, "0");
  return {
    agents: numbers.map((number) => source(`agent-${name(number)}`, `Agent ${number}`, 2 * number, {})),
    rules: numbers.map((number) =>
      source(`rule-${name(number)}`, `Rule ${number}`, 2 * number + 1, { paths: [PATHS] }),
    ),
  };
}
