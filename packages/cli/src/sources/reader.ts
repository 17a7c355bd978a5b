/** What reads Markdown, and the files of all tools. */
export type Reader = typeof import("@personakit/core/read") & typeof import("@personakit/targets/read");

let loaded: Reader | undefined;

/** Loads what reads files of the user's own: it is a third of the compiler, and few projects have such a file. */
export async function loadReader(): Promise<Reader> {
  if (loaded !== undefined) return loaded;
  const [markdown, files] = await Promise.all([import("@personakit/core/read"), import("@personakit/targets/read")]);
  loaded = { ...markdown, ...files };
  return loaded;
}
