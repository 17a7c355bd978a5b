import { basename, dirname, join } from "node:path";
import { git, gitBlobs } from "./git.ts";
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

/** Those of some files below a folder that git, in what it has checked out, does not hold with these texts. It is asked once. */
export function notCommitted(
  folder: string,
  files: readonly { readonly path: string; readonly text: string }[],
): string[] {
  // A line end in a name would be the end of the question.
  const isPlain = ({ path }: { readonly path: string }) => !/[\r\n]/.test(path);
  const plain = files.filter(isPlain);
  const blobs = blobsAt(
    folder,
    plain.map(({ path }) => `HEAD:./${path}`),
  );
  const known = new Set(
    plain.flatMap(({ path, text }, index) => {
      const blob = blobs?.[index];
      return blob !== undefined && normalise(blob.toString("utf8")) === normalise(text) ? [path] : [];
    }),
  );
  return files
    .filter((file) => !(isPlain(file) ? known.has(file.path) : commitWith(join(folder, file.path), file.text)))
    .map(({ path }) => path);
}

function blobsAt(folder: string, names: readonly string[]): readonly (Buffer | undefined)[] | undefined {
  try {
    return gitBlobs(folder, names);
  } catch {
    return undefined;
  }
}
