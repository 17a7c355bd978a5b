import type { Issue } from "@personakit/core";
import { own } from "@personakit/core/internal";
import { issue } from "../issues/issue.ts";
import type { Context } from "../model/context.ts";

/** Files each substitution of a persona that the target's tool does not make. */
export function checkSubstitutions(
  filledIn: ((text: string) => readonly string[]) | undefined,
  { document, target, place }: Context,
): Issue[] {
  return (own(document.substitutions, target) ?? []).flatMap((word) => {
    if (filledIn?.(word)[0] === word) return [];
    const hint =
      filledIn === undefined
        ? "Leave it out: the text is written as it is."
        : "Expected what it puts a value in for, such as $ARGUMENTS. Commands that it would run are always escaped.";
    const problem = `the tool fills in nothing for "${word}"`;
    return [{ ...issue("unknown-substitution", `${place}, substitutions`, problem, hint), subject: word }];
  });
}
