import { defineFragment, md, must, type Named, raw, should, table } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** How each package manager runs an installed binary, and its audit of high and critical findings. */
const COMMANDS = {
  // Without `--no`, npx downloads an unrelated package named tsc when TypeScript is not installed.
  npm: { exec: "npx --no --", audit: "npm audit --audit-level=high" },
  pnpm: { exec: "pnpm exec", audit: "pnpm audit --audit-level high" },
  // Berry audits only direct dependencies of one workspace by default.
  yarn: { exec: "yarn run", audit: "yarn npm audit --all --recursive --severity high" },
  bun: { exec: "bun run", audit: "bun audit --audit-level=high" },
};

/** What each linter runs as, and how one finding is switched off with its reason. */
const LINTERS = {
  eslint: { check: "eslint .", exception: "a one-rule `eslint-disable-next-line` with the reason" },
  biome: { check: "biome check .", exception: "a one-rule `biome-ignore` with the reason" },
  oxlint: { check: "oxlint", exception: "a one-rule `oxlint-disable-next-line` with the reason" },
};

/** How the gates of changed packages, and of those that depend on them, are run in one repository. */
const MONOREPOS = {
  no: () => "",
  workspaces: (manager: keyof typeof COMMANDS) => `, with \`${FILTERS[manager]}\` for its gates`,
  turbo: () => ", with `turbo run typecheck lint test build --filter=...[origin/main]`",
  nx: () => ", with `nx affected -t typecheck lint test build`",
};

/** The same gates, in the same order, for code in another language. */
const LANGUAGES = {
  python: "Python code passes `mypy --strict .`, `ruff check .`, `pytest`, `pip-audit`.",
  go: "Go code passes `go vet ./...`, `golangci-lint run`, `go test ./...`, `go build ./...`, `govulncheck ./...`.",
};

/** A script in the packages that a change reaches. */
const FILTERS = {
  npm: "npm run <script> --workspaces --if-present",
  pnpm: 'pnpm --filter "...[origin/main]" run <script>',
  yarn: "yarn workspaces foreach --since --recursive run <script>",
  bun: "bun run --filter '*' <script>",
};

const fragment = defineFragment({
  id: "quality-gates",
  version: manifest.version,
  title: "Quality gates",
  summary:
    "The checks that every change passes, what to do when one fails, and the report at the end. Choose it for any TypeScript repository.",
  params: {
    packageManager: z
      .enum(["npm", "pnpm", "yarn", "bun"])
      .default("npm")
      .describe("The package manager that runs scripts and audits."),
    linter: z.enum(["eslint", "biome", "oxlint"]).default("eslint").describe("The linter."),
    otherLanguages: z
      .array(z.enum(["python", "go"]))
      .default([])
      .describe("Languages beside TypeScript that the repository may hold."),
    monorepo: z
      .enum(["no", "workspaces", "turbo", "nx"])
      .default("no")
      .describe("Whether the repository holds several packages, and what runs their scripts."),
  },
  rules: {
    /** The order of the gates. */
    order: ({ packageManager, otherLanguages, monorepo }) => {
      const where =
        monorepo === "no"
          ? ""
          : `, in each package that you changed and each that depends on it${MONOREPOS[monorepo](packageManager)}`;
      const others = otherLanguages.map((language) => ` ${LANGUAGES[language]}`).join("");
      return must(
        `Run these gates from top to bottom${where}; take the fallback only when \`package.json\` has no such script under any name.${others}`,
        { why: "The cheapest gate comes first, and a project's own script knows its own flags." },
      );
    },
    /** The gates, with script and fallback. */
    gates: ({ packageManager, linter }) => {
      const { exec, audit } = COMMANDS[packageManager];
      return table(
        ["Gate", "Script", "Fallback"],
        [
          ["Types", md`\`${packageManager} run typecheck\``, md`\`${exec} tsc --noEmit\``],
          ["Lint", md`\`${packageManager} run lint\``, md`\`${exec} ${raw(LINTERS[linter].check)}\``],
          [
            "Tests",
            md`\`${packageManager} run test\``,
            md`\`${exec} vitest run\` or \`${exec} jest\`, whichever is installed`,
          ],
          [
            "Build",
            md`\`${packageManager} run build\``,
            md`\`${exec} tsc --outDir dist\`, or \`${exec} next build\` where Next.js is installed`,
          ],
          ["Audit: no high or critical finding", md`\`${packageManager} run audit\``, md`\`${audit}\``],
        ],
      );
    },
    /** One error at a time. */
    oneError: must(
      "Fix one error at a time: take the first one reported, repair its cause and run the same gate again before you read the next.",
      { why: "Later errors are often the first one seen from elsewhere." },
    ),
    /** Failing tests stay in. */
    failingTests: must(
      "Never comment out, skip or loosen a failing test; repair the code, or, if the requirement has changed, rewrite the test to the new requirement and say so.",
      { enforcedBy: "@vitest/eslint-plugin or eslint-plugin-jest: no-disabled-tests, no-commented-out-tests" },
    ),
    /** Type and lint errors stay visible. */
    ignoredErrors: ({ linter }) =>
      must(
        `Never ignore a type or lint error; correct the code, and where the tool itself is wrong, write \`@ts-expect-error\` or ${LINTERS[linter].exception}.`,
        { enforcedBy: "@typescript-eslint/ban-ts-comment; eslint --report-unused-disable-directives" },
      ),
    /** When the work is done. */
    done: must(
      "Call the work done only when every gate has passed in one run after the last edit; otherwise report which gate fails, with its first error.",
      { why: "An edit after a green run makes that run worthless." },
    ),
    /** Audit findings. */
    auditFindings: should(
      "Update the dependency that brings in a high or critical finding; where no fixed release exists, report the advisory id and leave the audit level as it is.",
    ),
    /** The closing report. */
    report: must(
      "Close with a report: the stack and versions you found, the files changed, each gate with its command and result, each item of a checklist that does not hold, and what you left open.",
      { why: "Whoever called a subagent sees only its last message." },
    ),
  },
  decides: ({ packageManager, linter, monorepo }) => ({
    "packages.manager": packageManager,
    "lint.tool": linter,
    "repository.monorepo": monorepo,
  }),
});

/** The checks that every change passes, and what to do when one fails. */
export interface QualityGates extends Named<typeof fragment> {}
export const qualityGates: QualityGates = fragment;
