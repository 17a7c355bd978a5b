import { oneSafeLine, withStdout } from "./terminal.ts";

/** Asks whether to go on; yes where nobody can be asked, because nothing of the user's is ever overwritten. */
export async function confirmed(question: string, { yes }: { readonly yes: boolean }): Promise<boolean> {
  if (yes || !process.stdin.isTTY || !process.stdout.isTTY) return true;
  // clack asks in a terminal: maintained, typed, small, no install script.
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await withStdout(() => confirm({ message: oneSafeLine(question) }));
  return !isCancel(answer) && answer;
}
