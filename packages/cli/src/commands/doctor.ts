import { examine } from "../doctor/examine.ts";
import { FORMATS } from "../output/formats.ts";
import { defineCommand } from "../usage/define-command.ts";
import { choice, dryRun, flag, list } from "../usage/options.ts";

/** Shows what tools do with the instruction files of a repository, as they are. */
export default defineCommand({
  name: "doctor",
  group: "start",
  summary: "Show what your tools drop or cut of your instructions",
  details:
    "Needs no configuration, runs no tool and asks no network. Exits with 1 when a tool drops or cuts something, and for every other error.",
  arguments: [["[path...]", "show only findings in these files and folders (default: the whole repository)"]],
  options: {
    ...dryRun,
    fix: flag("mend what can be mended without changing a meaning"),
    config: flag("also use the checks of the project's configuration, which runs it if it is code"),
    checks: list("modules", "also run the checks of these modules or packages; use commas, or repeat the option"),
    only: list("checks", "only these checks or groups of checks, such as load or load/front-matter"),
    strict: flag("also exit with 1 for warnings"),
    format: choice(FORMATS, "format", "how to print findings", "f"),
  },
  run: (named, options) => examine(named, options),
});
