import { oneSafeLine, withStdout } from "./terminal.ts";

/** Whether somebody sits at a terminal who can answer. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Something to choose, and what is said of it. */
export interface Choice {
  readonly value: string;
  readonly hint: string;
}

/** Lets a person choose from a list that narrows as they type; undefined where they choose nothing. */
export async function chosen(question: string, choices: readonly Choice[]): Promise<string | undefined> {
  const { autocomplete, isCancel } = await import("@clack/prompts");
  const options = choices.map(({ value, hint }) => ({ value, label: oneSafeLine(value), hint: oneSafeLine(hint) }));
  const answer = await withStdout(() => autocomplete({ message: oneSafeLine(question), options, maxItems: 8 }));
  return isCancel(answer) ? undefined : answer;
}

/** Lets a person choose several from a list that narrows as they type; none where they choose nothing. */
export async function chosenSome(question: string, choices: readonly Choice[]): Promise<readonly string[]> {
  const { autocompleteMultiselect, isCancel } = await import("@clack/prompts");
  const options = choices.map(({ value, hint }) => ({ value, label: oneSafeLine(value), hint: oneSafeLine(hint) }));
  const answer = await withStdout(() =>
    autocompleteMultiselect({ message: oneSafeLine(question), options, maxItems: 8 }),
  );
  return isCancel(answer) ? [] : answer;
}

/** Asks whether to go on; yes where nobody can be asked, because nothing of the user's is ever overwritten. */
export async function confirmed(question: string, { yes }: { readonly yes: boolean }): Promise<boolean> {
  if (yes || !canAsk()) return true;
  // clack asks in a terminal: maintained, typed, small, no install script.
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await withStdout(() => confirm({ message: oneSafeLine(question) }));
  return !isCancel(answer) && answer;
}
