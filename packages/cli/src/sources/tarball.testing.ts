import { gzipSync } from "node:zlib";
import { packTar, type TarEntry } from "modern-tar";

/** What a test puts into a tarball: texts by path, and entries as they stand. */
export interface TarballParts {
  readonly files?: { readonly [path: string]: string };
  readonly entries?: readonly TarEntry[];
}

/** A tarball as npm makes them, with everything below `package`; entries go into it unchanged, however hostile. */
export async function tarballOf({ files = {}, entries = [] }: TarballParts): Promise<Buffer<ArrayBuffer>> {
  const regular = Object.entries(files).map(([path, body]) => ({
    header: { name: `package/${path}`, size: Buffer.byteLength(body) },
    body,
  }));
  return gzipSync(await packTar([...regular, ...entries]));
}
