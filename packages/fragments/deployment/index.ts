import { defineFragment, example, must, type Named, prose, should, table } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** How each package manager installs exactly what the lockfile says, and its audit of high and critical findings. */
const COMMANDS = {
  npm: { install: "npm ci", audit: "npm audit --audit-level=high" },
  pnpm: { install: "corepack enable && pnpm install --frozen-lockfile", audit: "pnpm audit --audit-level high" },
  yarn: {
    install: "corepack enable && yarn install --immutable",
    audit: "yarn npm audit --all --recursive --severity high",
  },
  bun: {
    install: "npm install --global bun@1 && bun install --frozen-lockfile",
    audit: "bun audit --audit-level=high",
  },
};

const SECURE_USE = {
  source: "GitHub Docs, Secure use reference",
  url: "https://docs.github.com/en/actions/reference/security/secure-use",
};

const PIPELINE_SECURITY = {
  source: "GitLab Docs, Pipeline security",
  url: "https://docs.gitlab.com/ci/pipeline_security/",
};

/** What the CI systems call the same things. */
const SYSTEMS = {
  "github-actions": {
    pinned: "Pin every action to a full commit SHA with its version in a comment, and let Dependabot raise it.",
    pinnedNotes: { enforcedBy: "zizmor unpinned-uses", evidence: [SECURE_USE] },
    permissions:
      "Set `permissions: contents: read` at the top of each workflow, and grant more, such as `id-token: write`, only in the job that needs it.",
    permissionNotes: { enforcedBy: "zizmor excessive-permissions", evidence: [SECURE_USE] },
    untrusted:
      "Hand titles, branch names and other `github.event` values to a script through `env`, never inside `run`; never check out a pull request's code under `pull_request_target`.",
    untrustedNotes: { enforcedBy: "zizmor template-injection, dangerous-triggers", evidence: [SECURE_USE] },
    gate: "Protect the `production` environment with required reviewers and a `concurrency` group, so that two deploys never overlap.",
    pipeline: (packageManager: keyof typeof COMMANDS) => `
      name: release
      on:
        pull_request:
        push:
          branches: [main]

      permissions:
        contents: read

      jobs:
        check:
          runs-on: ubuntu-24.04
          steps:
            - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
              with:
                fetch-depth: 0 # a check may compare with origin/main
                persist-credentials: false
            - uses: actions/setup-node@2028fbc5c25fe9cf00d9f06a71cc4710d4507903 # v6.0.0
              with:
                node-version: 24
            - run: ${COMMANDS[packageManager].install}
            - run: ${packageManager} run typecheck
            - run: ${packageManager} run lint
            - run: ${packageManager} run test
            - run: ${packageManager} run build
            - run: ${COMMANDS[packageManager].audit}

        staging:
          needs: check
          if: github.event_name == 'push'
          runs-on: ubuntu-24.04
          environment: staging
          permissions:
            contents: read
            id-token: write # the platform trusts this job's OIDC token
          steps:
            - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
              with:
                persist-credentials: false
            # The scripts stand for the project's own; each stops on its first error.
            - run: ./deploy/sign-in.sh staging
            - run: ./deploy/image.sh "$GITHUB_SHA" # build, scan, push: once
            - run: ./deploy/release.sh staging "$GITHUB_SHA"

        production:
          needs: staging
          runs-on: ubuntu-24.04
          environment: production
          concurrency: production
          permissions:
            contents: read
            id-token: write
          steps:
            - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
              with:
                persist-credentials: false
            - run: ./deploy/sign-in.sh production
            # The same image: migrate, shift traffic, smoke test; back to the previous one on failure.
            - run: ./deploy/release.sh production "$GITHUB_SHA"
    `,
  },
  "gitlab-ci": {
    pinned:
      "Pin every included project and component to a commit SHA, and every job's `image` to a digest, and let Renovate raise them.",
    pinnedNotes: { evidence: [PIPELINE_SECURITY] },
    permissions:
      "Keep deploy variables masked, protected and scoped to their environment, and deploy from protected branches only; give a job an `id_tokens` entry only where it signs in.",
    permissionNotes: { evidence: [PIPELINE_SECURITY] },
    untrusted:
      "Quote `$CI_COMMIT_TITLE`, `$CI_COMMIT_REF_NAME` and every other variable that people write, never pass one to `eval`, and run no pipeline of a fork with the project's own variables.",
    untrustedNotes: { evidence: [PIPELINE_SECURITY] },
    gate: "Protect the `production` environment with required approvals and a `resource_group`, so that two deploys never overlap.",
    pipeline: (packageManager: keyof typeof COMMANDS) => `
      stages: [check, staging, production]

      workflow:
        rules:
          - if: $CI_PIPELINE_SOURCE == "merge_request_event"
          - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

      check:
        stage: check
        image: node:24
        variables:
          GIT_DEPTH: 0
        before_script:
          - git fetch origin "+refs/heads/$CI_DEFAULT_BRANCH:refs/remotes/origin/$CI_DEFAULT_BRANCH" # a check may compare with it
        script:
          - ${COMMANDS[packageManager].install}
          - ${packageManager} run typecheck
          - ${packageManager} run lint
          - ${packageManager} run test
          - ${packageManager} run build
          - ${COMMANDS[packageManager].audit}

      .deploy:
        image: node:24
        rules:
          - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
        id_tokens:
          DEPLOY_TOKEN: # the platform trusts this job's OIDC token
            aud: https://deploy.example.com

      # The scripts stand for the project's own; each stops on its first error.
      staging:
        extends: .deploy
        stage: staging
        environment: staging
        script:
          - ./deploy/sign-in.sh staging
          - ./deploy/image.sh "$CI_COMMIT_SHA" # build, scan, push: once
          - ./deploy/release.sh staging "$CI_COMMIT_SHA"

      # The same image: migrate, shift traffic, smoke test; back to the previous one on failure.
      production:
        extends: .deploy
        stage: production
        environment: production
        resource_group: production
        script:
          - ./deploy/sign-in.sh production
          - ./deploy/release.sh production "$CI_COMMIT_SHA"
    `,
  },
} as const;

const fragment = defineFragment({
  id: "deployment",
  version: manifest.version,
  title: "Deployment",
  summary: "How a commit becomes a release, and how it is taken back. Choose it for any service that ships.",
  params: {
    ci: z.enum(["github-actions", "gitlab-ci"]).default("github-actions").describe("The CI system."),
    packageManager: z
      .enum(["npm", "pnpm", "yarn", "bun"])
      .default("npm")
      .describe("The package manager that installs in CI."),
  },
  rules: {
    /** The pipeline. */
    pipeline: prose(
      "**Pipeline.** Every pull request and every push to the default branch runs the checks; only the latter deploys.",
    ),
    /** The order of the jobs. */
    pipelineOrder: must(
      "Run install from the lockfile, type check, lint, tests, build and dependency audit in that order, and let no deploy job start before all of them are green.",
      { why: "The cheapest check that can fail comes first." },
    ),
    /** Other people's code in the pipeline. */
    pinnedActions: ({ ci }) =>
      must(SYSTEMS[ci].pinned, { why: "A tag can be moved to other code.", ...SYSTEMS[ci].pinnedNotes }),
    /** What a job may do. */
    workflowPermissions: ({ ci }) => must(SYSTEMS[ci].permissions, SYSTEMS[ci].permissionNotes),
    /** Untrusted input in the pipeline. */
    untrustedInput: ({ ci }) =>
      must(SYSTEMS[ci].untrusted, {
        why: "A title or a branch name is text that a stranger wrote, and the shell runs it.",
        ...SYSTEMS[ci].untrustedNotes,
      }),
    /** One artifact per commit. */
    oneArtifact: should(
      "Build one artifact per commit, tagged with the commit SHA, and promote it by digest from staging to production instead of building again.",
      { why: "What was tested is then what runs." },
    ),
    /** The pipeline as code. */
    workflow: ({ ci, packageManager }) => example("yaml", SYSTEMS[ci].pipeline(packageManager)),
    /** The release. */
    release: prose("**Release.** The database goes first, and every release can be taken back."),
    /** Migrations before code. */
    migrateFirst: must(
      "Run migrations as one job before the new code starts, each compatible with the release that is still running; drop a column only one release after its last use.",
      { why: "During a rollout and after a rollback, old code runs against the new schema." },
    ),
    /** A smoke test. */
    smokeTest: must(
      "After each deploy, check that the service reports the new commit SHA, answers its readiness check, and serves one read and one write as a test account.",
      { why: "A health check can be green while the old version still serves." },
    ),
    /** A rollback plan. */
    rollbackPlan: must(
      "Write the rollback into the pull request: which artifact returns, who decides, on which signal. Roll back first, debug after, and repair data with a new migration, never with a destructive down migration.",
      { why: "During an incident nobody has time to design one." },
    ),
    /** Approval and order of production deploys. */
    productionGate: ({ ci }) => should(SYSTEMS[ci].gate),
    /** The production readiness checklist, introduced. */
    readiness: prose(
      "**Production readiness checklist.** Before the first release, show the proof for each line; a line without proof is open.",
    ),
    /** The production readiness checklist. */
    readinessChecklist: table(
      ["Ready when", "Proof"],
      [
        ["The service restarts without losing requests", "A load test during a redeploy shows no `5xx`"],
        ["A bad release is noticed and undone", "A rollback rehearsed in staging, with its duration written down"],
        ["Data survives", "A backup restored into an empty database, with date and duration"],
        ["Someone is told", "A test alarm that reached the person on call"],
        ["A stranger can operate it", "A runbook: dashboards, logs, restart, rollback, contacts"],
        ["Load is known", "A load test beyond the expected peak, with the first bottleneck named"],
        ["Quotas fit", "Connection, concurrency and vendor limits beside the expected peak"],
        ["Secrets can change", "One secret rotated without a deploy or an outage"],
        ["Access is minimal", "Production roles and people listed, with no shared accounts"],
        ["Costs are bounded", "A budget alarm and a monthly estimate"],
        ["Domains and certificates renew", "Automatic renewal on, and an alarm on the expiry date"],
      ],
    ),
  },
  decides: ({ ci, packageManager }) => ({ "deployment.ci": ci, "packages.manager": packageManager }),
});

/** How a commit becomes a release, and how it is taken back. */
export interface Deployment extends Named<typeof fragment> {}
export const deployment: Deployment = fragment;
