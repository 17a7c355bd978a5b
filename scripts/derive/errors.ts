import { CHECK_CODES } from "@personakit/checks";
import { CODES as CORE_CODES, WARNING_CODES } from "@personakit/core/internal";
import { TARGET_CODES } from "@personakit/targets";
import { CODES as COMMAND_CODES, FINDING_CODES } from "../../packages/cli/src/issues/codes.ts";
import { PROSE_CHECKS } from "../../packages/cli/src/plan/prose-checks.ts";
import { page, tableOf } from "./markdown.ts";

type Codes = { readonly [code: string]: string };

/** Every code of an issue, from the tables in which they are defined. */
export function errorsPage(): [path: string, text: string] {
  const checks = Object.fromEntries(PROSE_CHECKS.map(({ code, about }) => [code, about]));
  const text = page(
    "<!-- Written by `pnpm sync` from the tables of codes in the packages. -->",
    "# Errors and findings",
    "Every error says where it is, what is wrong and what would be right. With `--json` it also has a `code`, which stays the same when the wording changes.",
    "## A definition or a compilation",
    tableFor(CORE_CODES),
    "## What a source should say otherwise",
    "These are warnings: the persona is built. `build`, `check` and `pack` print them, and `--json` has them as `warnings`.",
    tableFor(WARNING_CODES),
    "## A target",
    tableFor(TARGET_CODES),
    "## A check",
    "[Checks](checks/README.md) has what they find.",
    tableFor(CHECK_CODES),
    "## The command",
    tableFor(COMMAND_CODES),
    "## A file that was written",
    "`personakit check` finds these.",
    tableFor(FINDING_CODES),
    "## The prose of a rule",
    "`personakit list --json` names rules that a reader could not check.",
    tableFor(checks),
  );
  return ["docs/errors.md", text];
}

function tableFor(codes: Codes): string {
  return tableOf(
    ["Code", "Meaning"],
    Object.entries(codes).map(([code, meaning]) => [`\`${code}\``, meaning]),
  );
}
