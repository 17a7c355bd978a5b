import { dirname, resolve } from "node:path";

/**
 * What git prints in a folder. Throws where there is no git, no repository, or nothing that was asked for. Uses no network.
 *
 * @param input What it is given to read.
 */
export function git(folder: string, args: readonly string[], input?: string): Buffer {
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  // A partial clone would fetch what it lacks, and a command must not use the network for that.
  return execFileSync("git", ["-C", resolve(folder), "-c", "protocol.allow=never", ...args], {
    // Windows looks for a program in the working directory first, where the project could plant one.
    cwd: dirname(process.execPath),
    stdio: ["pipe", "pipe", "ignore"],
    maxBuffer: 2 ** 30,
    ...(input === undefined ? {} : { input }),
  });
}
