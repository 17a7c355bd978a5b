import { defineFragment, md, must, type Named, should, table } from "@personakit/core";
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

const fragment = defineFragment({
  id: "quality-gates",
  version: manifest.version,
  title: "Quality gates",
  summary:
    "The checks that every change passes, and what to do when one fails. Choose it for any TypeScript repository.",
  params: {
    packageManager: z
      .enum(["npm", "pnpm", "yarn", "bun"])
      .default("npm")
      .describe("The package manager that runs scripts and audits."),
  },
  rules: {
    /** The order of the gates. */
    order: must(
      "Run these gates from top to bottom; take the fallback only when `package.json` has no such script under any name.",
      { why: "The cheapest gate comes first, and a project's own script knows its own flags." },
    ),
    /** The gates, with script and fallback. */
    gates: ({ packageManager }) => {
      const { exec, audit } = COMMANDS[packageManager];
      return table(
        ["Gate", "Script", "Fallback"],
        [
          ["Types", md`\`${packageManager} run typecheck\``, md`\`${exec} tsc --noEmit\``],
          ["Lint", md`\`${packageManager} run lint\``, md`\`${exec} eslint .\``],
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
    ignoredErrors: must(
      "Never ignore a type or lint error; correct the code, and where the tool itself is wrong, write `@ts-expect-error` or a one-rule `eslint-disable-next-line` with the reason.",
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
  },
  decides: ({ packageManager }) => ({ "packages.manager": packageManager }),
});

/** The checks that every change passes, and what to do when one fails. */
export interface QualityGates extends Named<typeof fragment> {}
export const qualityGates: QualityGates = fragment;
