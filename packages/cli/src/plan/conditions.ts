import type { Document, PersonaData } from "@personakit/core";
import { entriesOf, fragmentsOf, pathOf, standingInWords, standingsOf } from "@personakit/core/internal";

/** A rule that does not stand with every value of its fragment's parameters. */
export interface ConditionalRule {
  /** `fragment/rule` */
  readonly rule: string;
  /** Whether it stands in the persona. */
  readonly stands: boolean;
  /** `when queue is sqs or sns` */
  readonly when: string;
}

/**
 * The conditional rules of a persona, in the order of its fragments. A compiled document no longer has the functions that say
 * so: of one, nothing is known.
 */
export function conditionalRules(unit: PersonaData | Document, document: Document): ConditionalRule[] {
  if (unit.kind === "document") return [];
  const standing = new Set(entriesOf(document).map(pathOf));
  return fragmentsOf(unit).flatMap((fragment) =>
    Object.entries(standingsOf(fragment)).map(([id, cases]) => {
      const rule = `${fragment.id}/${id}`;
      return { rule, stands: standing.has(rule), when: standingInWords(cases) };
    }),
  );
}
