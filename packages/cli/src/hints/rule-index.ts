import { stemsOf } from "./stems.ts";

/** A rule that someone has published. */
export interface KnownRule {
  readonly package: string;
  /** `fragment/rule` */
  readonly path: string;
  readonly strength: string;
  readonly text: string;
}

/** A sentence of a file that may say what a rule says. */
export interface Sentence {
  readonly text: string;
  /** What stands above it: a list under "Avoid:" says the opposite of its items. */
  readonly above: readonly string[];
  /** The stems of the whole file. */
  readonly file: ReadonlySet<string>;
}

/** A rule that says what a sentence says, or nearly so. */
export interface SimilarRule {
  readonly rule: KnownRule;
  /** How much of the two is the same, from 0 to 1. */
  readonly alike: number;
}

/**
 * What a sentence and a part of a rule must have in common: `alike` is twice what they share, by the weight of the words, to all that both
 * say. What they share must weigh something too, or three words that many rules have would be enough. `bench/hints-judged.md` has the verdicts.
 */
interface Least {
  readonly alike: number;
  readonly weight: number;
}
const DEMAND: Least = { alike: 0.62, weight: 9.5 };

/** A sentence that demands nothing and only names a topic needs more. */
const TOPIC: Least = { alike: 0.75, weight: 12 };

/** How many stems they must share at least. */
const LEAST_SHARED = 3;

/** A part that begins later in its clause than this, in stems, is a remark; it counts where what is shared weighs more. */
const LATEST_START = 2;
const WEIGHT_OF_REMARK = 16;

/** A longer text is no single point. */
const MOST_CHARACTERS = 1000;
const MOST_STEMS = 80;

/** A part of a rule that could stand alone, or the rule as a whole. */
interface Clause {
  readonly rule: number;
  readonly stems: readonly string[];
  readonly isNegative: boolean;
  readonly isWhole: boolean;
}

/** Finds the rule that says most nearly what a sentence says. */
export class RuleIndex {
  readonly #rules: readonly KnownRule[];
  readonly #clauses: Clause[] = [];
  readonly #byStem = new Map<string, number[]>();
  readonly #weights = new Map<string, number>();
  readonly #verbs = new Set<string>();
  /** Of a stem that no rule has. */
  readonly #unknown: number;
  readonly #topics: readonly string[];

  constructor(rules: readonly KnownRule[]) {
    this.#rules = rules;
    const counts = new Map<string, number>();
    for (const [index, { text }] of rules.entries()) {
      const body = withoutLabel(text);
      for (const stem of new Set(stemsOf(body))) counts.set(stem, (counts.get(stem) ?? 0) + 1);
      for (const clause of clausesOf(body)) this.#add(index, clause);
      this.#add(index, body, true);
      this.#verbs.add(firstWord(body));
    }
    const weightOf = (count: number) => Math.log((rules.length + 1) / (count + 0.5));
    for (const [stem, count] of counts) this.#weights.set(stem, weightOf(count));
    this.#unknown = weightOf(0);
    this.#topics = rules.map(({ path }) => topicOf(path));
  }

  #add(rule: number, text: string, isWhole = false): void {
    const stems = stemsOf(text);
    const index = this.#clauses.push({ rule, stems, isNegative: isNegative(text), isWhole }) - 1;
    for (const stem of new Set(stems)) {
      const known = this.#byStem.get(stem);
      if (known === undefined) this.#byStem.set(stem, [index]);
      else known.push(index);
    }
  }

  /** The rule that says what a sentence says, or nearly; undefined where none does. */
  find({ text, above, file }: Sentence): SimilarRule | undefined {
    if (text.length > MOST_CHARACTERS || DEMANDS_NOTHING.test(text)) return undefined;
    let best: SimilarRule | undefined;
    for (const said of new Set([text, withoutLabel(text)])) {
      const stems = new Set(stemsOf(said));
      if (stems.size < LEAST_SHARED || stems.size > MOST_STEMS) continue;
      const negative = isNegative(said) || above.some((each) => NEGATIVE_TITLE.test(each));
      const least = this.#isDemand(said) ? DEMAND : TOPIC;
      const weight = this.#weigh(stems);
      for (const index of this.#candidates(stems)) {
        const clause = this.#clauses[index] as Clause;
        if (clause.isNegative !== negative) continue;
        const alike = this.#alike(stems, weight, clause, least);
        // What says a whole rule needs no other sign that the rule is meant.
        const isOfTopic = clause.isWhole || file.has(this.#topics[clause.rule] ?? "");
        if (isOfTopic && alike >= least.alike && alike > (best?.alike ?? 0))
          best = { rule: this.#rules[clause.rule] as KnownRule, alike };
      }
    }
    return best;
  }

  /** Clauses that share enough stems. */
  #candidates(stems: ReadonlySet<string>): number[] {
    const counts = new Map<number, number>();
    for (const stem of stems)
      for (const index of this.#byStem.get(stem) ?? []) counts.set(index, (counts.get(index) ?? 0) + 1);
    return [...counts].flatMap(([index, count]) => (count < LEAST_SHARED ? [] : [index]));
  }

  /** How alike stems are to a rule as a whole, or to the part of a clause that is most like them. */
  #alike(stems: ReadonlySet<string>, weight: number, { stems: words, isWhole }: Clause, least: Least): number {
    let best = 0;
    for (const [start, first] of words.entries()) {
      if (isWhole ? start > 0 : !stems.has(first)) continue;
      const seen = new Set<string>();
      let [shared, all, count] = [0, 0, 0];
      for (const word of words.slice(start)) {
        if (seen.has(word)) continue;
        seen.add(word);
        const own = this.#weights.get(word) ?? this.#unknown;
        all += own;
        if (!stems.has(word)) continue;
        shared += own;
        count++;
        const isEnough = shared >= (start <= LATEST_START ? least.weight : WEIGHT_OF_REMARK);
        if (!isWhole && count >= LEAST_SHARED && isEnough) best = Math.max(best, (2 * shared) / (weight + all));
      }
      if (isWhole && count >= LEAST_SHARED) best = (2 * shared) / (weight + all);
    }
    return best;
  }

  #weigh(stems: Iterable<string>): number {
    let sum = 0;
    for (const stem of stems) sum += this.#weights.get(stem) ?? this.#unknown;
    return sum;
  }

  #isDemand(text: string): boolean {
    return DEMANDS.test(text) || this.#verbs.has(firstWord(text));
  }
}

/** A line that opens a list, a question, a quotation, a link alone, and code alone. */
const DEMANDS_NOTHING = /[:?]\W{0,6}$|^["“]|^\[[^\]]*\]\([^)]*\)$|^(?:`[^`]*`[^\p{L}\p{N}`]*)+$/u;

/** What says by itself that something is demanded. */
const DEMANDS =
  /^\W*(?:use|put|set|keep|make|take|give|always|never|ensure|avoid|do not|don['’]t|no|prefer|implement|follow|favou?r|leverage|utili[sz]e|apply|enable|configure|add|create|all|every|each)\b|\b(?:must|should|shall|required|mandatory)\b/i;

function firstWord(text: string): string {
  return /^[^\p{L}\p{N}(]*([\p{L}\p{N}]+)/u.exec(text)?.[1]?.toLowerCase() ?? "";
}

const NEGATIVE = /^\W*(?:never|no|not|nor|do not|don['’]t|avoid|without|refuse|skip|stop|forget)\b/i;
const NEGATIVE_TITLE =
  /\b(?:never|not|no|don['’]?ts?|avoid|anti-?patterns?|bad|wrong|mistakes?|pitfalls?|smells?|forbidden|prohibited|violations?|vulnerab\w+|detect\w*|red flags?|issues|problems)\b|❌|🚫|⛔/i;

/** Whether a clause forbids: it says so in its first word. */
function isNegative(text: string): boolean {
  return NEGATIVE.test(text);
}

/** The parts of a rule that could stand alone. */
function clausesOf(text: string): string[] {
  return text.split(/(?<=[.;:])\s+|,\s+(?=(?:never|no|not)\b)/).filter((clause) => clause !== "");
}

/** A text without a label of a few words in bold at its start. */
function withoutLabel(text: string): string {
  return text.replace(/^\*\*[^*]{1,40}\*\*[\s:.\-–—]*/, "");
}

/** What a file must speak of for a rule to concern it: the first word of the fragment's name, such as `lambda` of `lambda-functions`. */
function topicOf(path: string): string {
  const [topic = ""] = stemsOf(path.split(/[-/]/)[0] ?? "");
  return topic;
}
