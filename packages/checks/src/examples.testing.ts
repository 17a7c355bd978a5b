import { filesInMemory } from "@personakit/targets/context";
import type { ExampleFiles } from "./model/check.ts";
import type { Repository } from "./model/facts.ts";

/** An example as a repository. */
export function repositoryOf(files: ExampleFiles): Repository {
  const byPath = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      `/repository/${path}`,
      text.startsWith("->") ? { link: `/repository/${text.slice(2)}` } : text,
    ]),
  );
  return { root: "/repository", paths: Object.keys(files), files: filesInMemory(byPath) };
}
