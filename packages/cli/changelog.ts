// A changelog generator for changesets: `"changelog": "personakit/changelog"` in `.changeset/config.json`.

/** A pending change, as the changesets tool hands it over. */
interface Changeset {
  readonly summary: string;
}

/** A dependency that is released with a package. */
interface Dependency {
  readonly name: string;
  readonly newVersion: string;
}

/** The entry of one changeset: its text, which for a package of rules says what the agent will do differently. */
export async function getReleaseLine({ summary }: Changeset): Promise<string> {
  const [first = "", ...rest] = summary.trim().split("\n");
  // What follows the first line belongs to its item of the list.
  return [`- ${first}`, ...rest.map((line) => (line === "" ? "" : `  ${line}`))].join("\n");
}

/** The entry of the dependencies that were released: which versions the package is made of now. */
export async function getDependencyReleaseLine(
  _: readonly unknown[],
  dependencies: readonly Dependency[],
): Promise<string> {
  if (dependencies.length === 0) return "";
  return `- Made with ${dependencies.map(({ name, newVersion }) => `${name}@${newVersion}`).join(", ")}.`;
}
