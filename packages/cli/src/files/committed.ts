import { basename, dirname } from "node:path";
import { normalise } from "./text.ts";

/** The commit that git has checked out, if it holds this text under the file's name. */
export function commitWith(file: string, text: string): string | undefined {
  try {
    const commit = git(file, "rev-parse", "--verify", "HEAD").trim();
    return normalise(git(file, "cat-file", "blob", `${commit}:./${basename(file)}`)) === normalise(text)
      ? commit
      : undefined;
  } catch {
    // Without git, a repository, a commit or such a file in it, git does not have the text.
    return undefined;
  }
}

function git(file: string, ...args: readonly string[]): string {
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  // A partial clone would fetch what it lacks, and commands that write must not use the network.
  const options = ["-C", dirname(file), "-c", "protocol.allow=never"];
  return execFileSync("git", [...options, ...args], {
    // Windows looks for a program in the working directory first, where the project could plant one.
    cwd: dirname(process.execPath),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 2 ** 30,
  });
}
