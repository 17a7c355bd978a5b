import { basename, dirname } from "node:path";
import { normalise } from "./text.ts";

/** The commit that git has checked out, where it holds this text under the file's name; undefined where it does not. */
export function commitWith(file: string, text: string): string | undefined {
  try {
    const commit = git(file, "rev-parse", "--verify", "HEAD").trim();
    return normalise(git(file, "cat-file", "blob", `${commit}:./${basename(file)}`)) === normalise(text)
      ? commit
      : undefined;
  } catch {
    // No git, no repository, no commit, or no such file in it: then git does not have it.
    return undefined;
  }
}

function git(file: string, ...args: readonly string[]): string {
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  // A partial clone would fetch what it lacks: no command that writes asks the network for it.
  const options = ["-C", dirname(file), "-c", "protocol.allow=never"];
  return execFileSync("git", [...options, ...args], {
    // Windows looks for a program in the working directory first: that must not be one of the project's.
    cwd: dirname(process.execPath),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 2 ** 30,
  });
}
