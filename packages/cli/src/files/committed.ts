import { basename, dirname } from "node:path";
import { git } from "./git.ts";
import { normalise } from "./text.ts";

/** The commit that git has checked out, if it holds this text under the file's name. */
export function commitWith(file: string, text: string): string | undefined {
  try {
    const commit = ask(file, "rev-parse", "--verify", "HEAD").trim();
    return normalise(ask(file, "cat-file", "blob", `${commit}:./${basename(file)}`)) === normalise(text)
      ? commit
      : undefined;
  } catch {
    // Without git, a repository, a commit or such a file in it, git does not have the text.
    return undefined;
  }
}

function ask(file: string, ...args: readonly string[]): string {
  return git(dirname(file), args).toString("utf8");
}
