import { matchesGlob } from "@personakit/targets/context";

/** Says whether any of some paths matches a glob below a folder. Each question is answered once. */
export function globMatcher(paths: () => readonly string[]): (glob: string, folder: string) => boolean {
  const known = new Map<string, boolean>();
  return (glob, folder) => {
    const key = `${folder}\n${glob}`;
    const answer = known.get(key) ?? matchesAny(glob.replace(/^\.?\//, ""), folder === "" ? "" : `${folder}/`, paths());
    known.set(key, answer);
    return answer;
  };
}

function matchesAny(glob: string, base: string, paths: readonly string[]): boolean {
  // A folder stands for what is in it, and a name alone for every file that is called so.
  const patterns = [glob, `${glob.replace(/\/$/, "")}/**`, ...(glob.includes("/") ? [] : [`**/${glob}`])];
  const starts = patterns.map((pattern) => base + (/^[^*?[\]]*/.exec(pattern)?.[0] ?? ""));
  return paths.some((path) =>
    patterns.some(
      // A pattern is taken apart for each path, which most of them need not be compared with.
      (pattern, index) => path.startsWith(starts[index] ?? "") && matchesGlob(pattern, path.slice(base.length)),
    ),
  );
}
