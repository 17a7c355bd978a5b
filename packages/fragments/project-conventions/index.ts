import { defineFragment, must, type Named } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "project-conventions",
  version: manifest.version,
  title: "The repository wins",
  summary:
    "How an agent finds out what a project uses, and why that wins over any default. Choose it for every persona that changes code it did not start.",
  rules: {
    /** What the project is made with. */
    detect: must(
      "Before the first edit, detect the stack from manifests, lockfile, configuration and CI files: language, runtime, package manager, framework, driver or ORM, validator, test runner, linter. Take each version from the lockfile, not from memory.",
      { why: "The commonest wrong edit is right for another version." },
    ),
    /** Whose choice counts. */
    precedence: must(
      "Where a rule names a library, a file or a layout, it names a default: the project's own conventions win, and the rule then holds for what the project has. Rules on security hold in any project; where one collides with a convention, follow the rule and say so in the report.",
      { why: "Two conventions in one repository cost every later reader more than either of them." },
    ),
    /** The nearest example. */
    neighbours: must(
      "Read `AGENTS.md`, `CONTRIBUTING.md` and the feature nearest to the one you build, and copy its layout, its names and the way it reports failures.",
    ),
    /** Documentation that fits. */
    installedVersion: must(
      "Write for the installed version: where you are not certain of a call, read the types and documentation that the installed package ships. Raise a version, or add a dependency beside one that does the same job, only when the task asks for it.",
    ),
  },
});

/** How an agent finds out what a project uses, and why that wins over any default. */
export interface ProjectConventions extends Named<typeof fragment> {}
export const projectConventions: ProjectConventions = fragment;
