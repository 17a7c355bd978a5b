import { defineFragment, example, md, must, type Named, prose, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** The image of the build stages, the image that ships, and what starts the server there. */
const BASES = {
  alpine: {
    name: "Alpine",
    build: "node:24-alpine",
    ship: "node:24-alpine",
    start: '["node", "dist/server.js"]',
    user: "USER 1000",
  },
  slim: {
    name: "Debian slim",
    build: "node:24-trixie-slim",
    ship: "node:24-trixie-slim",
    start: '["node", "dist/server.js"]',
    user: "USER 1000",
  },
  // Native modules are built against glibc, and the entry point is Node.js itself.
  distroless: {
    name: "a distroless image",
    build: "node:24-trixie-slim",
    ship: "gcr.io/distroless/nodejs24-debian13",
    start: '["dist/server.js"]',
    user: "USER 65532",
  },
};

/** What each package manager needs in the image, and how it installs from the lockfile. */
const MANAGERS = {
  npm: {
    setup: "",
    files: "package.json package-lock.json",
    all: "npm ci",
    production: "npm ci --omit=dev",
    build: "npm run build",
  },
  pnpm: {
    setup: "RUN corepack enable\n",
    files: "package.json pnpm-lock.yaml pnpm-workspace.yaml*",
    all: "pnpm install --frozen-lockfile",
    production: "pnpm install --frozen-lockfile --prod",
    build: "pnpm run build",
  },
  yarn: {
    setup: "# .yarnrc.yml sets nodeLinker: node-modules.\nRUN corepack enable\n",
    files: "package.json yarn.lock .yarnrc.yml",
    all: "yarn install --immutable",
    production: "yarn workspaces focus --production",
    build: "yarn run build",
  },
  bun: {
    setup: "RUN npm install --global bun@1\n",
    files: "package.json bun.lock",
    all: "bun install --frozen-lockfile",
    production: "bun install --frozen-lockfile --production",
    build: "bun run build",
  },
};

const fragment = defineFragment({
  id: "containers",
  version: manifest.version,
  title: "Containers",
  summary: "How a service is built into an image, run and stopped. Choose it for services on ECS or Kubernetes.",
  params: {
    base: z
      .enum(["alpine", "distroless", "slim"])
      .default("alpine")
      .describe("The image that the last stage builds on."),
    orchestrator: z.enum(["ECS", "Kubernetes"]).default("ECS").describe("What runs the containers."),
    packageManager: z
      .enum(["npm", "pnpm", "yarn", "bun"])
      .default("npm")
      .describe("The package manager that installs in the image."),
  },
  rules: {
    /** Where containers run and where state lives. */
    scope: ({ orchestrator }) =>
      prose(
        orchestrator === "ECS"
          ? "Docker images run on ECS with Fargate. Containers keep no state: data lives in RDS, sessions in ElastiCache, files in S3."
          : "Docker images run on Kubernetes. Containers keep no state: data lives in a managed database, sessions in Redis, files in object storage.",
      ),
    /** Build stages and what ships. */
    multiStage: ({ base }) =>
      must(
        md`Build in stages and ship the last one on ${BASES[base].name} (\`${BASES[base].ship}\`) with \`dist\`, production \`node_modules\` and \`package.json\` only: no sources, dev dependencies or compiler.`,
        {
          why: "What is not in the image cannot be exploited and need not be patched.",
          reviewed: "2026-11",
          endOfLife: { subject: "Node.js 24", date: "2028-04-30" },
        },
      ),
    /** Base images by digest. */
    pinnedDigest: must(
      "Pin every external `FROM` to a digest (`@sha256:...`), and let Renovate or Dependabot raise it.",
      {
        why: "A tag names another image tomorrow; a digest is what was tested.",
        enforcedBy: "Renovate preset docker:pinDigests",
      },
    ),
    /** An unprivileged process. */
    nonRoot: ({ base }) =>
      must(
        md`Run as a numeric, unprivileged user (\`${BASES[base].user}\`) on a read-only root file system, with files owned by root and \`/tmp\` as the one writable mount.`,
        {
          why: "Kubernetes cannot check `runAsNonRoot` against a user name.",
          evidence: [
            {
              source: "OWASP Docker Security Cheat Sheet",
              url: "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
            },
            {
              source: "Amazon ECS Developer Guide, Use bind mounts with Amazon ECS",
              url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html",
            },
          ],
        },
      ),
    /** Graceful shutdown. */
    gracefulShutdown: must(
      "Start Node directly with an exec-form `CMD`, and on `SIGTERM` stop accepting, drain open requests, close pools and exit; a shell or `npm start` as process 1 may swallow the signal.",
      {
        why: "Every deployment stops containers, and requests cut off there are errors you caused.",
        enforcedBy: "hadolint DL3025",
      },
    ),
    /** Health checks and stop time at the orchestrator. */
    healthChecks: ({ orchestrator }) =>
      orchestrator === "ECS"
        ? must(
            "Declare health checks in the task definition and the target group, since ECS ignores a `HEALTHCHECK` in the image, and set `stopTimeout` above the drain time (default 30 s, at most 120 s on Fargate).",
            {
              evidence: [
                {
                  source: "Amazon ECS API Reference, HealthCheck",
                  url: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
                },
                {
                  source: "Amazon ECS API Reference, ContainerDefinition (stopTimeout)",
                  url: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
                },
              ],
            },
          )
        : must(
            "Declare `startupProbe`, `readinessProbe` and `livenessProbe`, since Kubernetes ignores a `HEALTHCHECK` in the image, and keep the `preStop` sleep plus the drain time below `terminationGracePeriodSeconds` (default 30).",
            {
              why: "A terminating pod still receives requests until the endpoint change has spread; the sleep covers that gap.",
              evidence: [
                {
                  source: "Kubernetes documentation, Pod Lifecycle, Termination of Pods",
                  url: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
                },
              ],
            },
          ),
    /** The build context. */
    dockerignore: should(
      "Open `.dockerignore` with `*` and allow back what the build copies (`!src`, `!package*.json`, `!tsconfig.json`), so that `.env`, `.git` and `node_modules` never enter the build context.",
      { why: "A list of exclusions misses the next secret file; a list of inclusions does not." },
    ),
    /** A Dockerfile. */
    dockerfile: ({ base, packageManager }) => {
      const { build, ship, start, user } = BASES[base];
      const manager = MANAGERS[packageManager];
      return example(
        "dockerfile",
        [
          `# docker buildx imagetools inspect ${build} prints the digest.`,
          `FROM ${build}@sha256:DIGEST AS base`,
          "WORKDIR /app",
          `${manager.setup}COPY ${manager.files} ./`,
          "",
          "FROM base AS dependencies",
          `RUN ${manager.production}`,
          "",
          "FROM base AS build",
          `RUN ${manager.all}`,
          "COPY tsconfig.json ./",
          "COPY src ./src",
          `RUN ${manager.build}`,
          "",
          `FROM ${ship}@sha256:DIGEST`,
          "ENV NODE_ENV=production",
          "WORKDIR /app",
          "COPY --from=dependencies /app/node_modules ./node_modules",
          "COPY --from=build /app/dist ./dist",
          "COPY package.json ./",
          "# A mount on Fargate takes its mode from here; without this line only root may write to it.",
          'VOLUME ["/tmp"]',
          user,
          "EXPOSE 3000",
          `CMD ${start}`,
        ].join("\n"),
      );
    },
    /** A shutdown handler. */
    shutdownHandler: example(
      "ts",
      `
      const server = app.listen(3000);

      process.once("SIGTERM", () => {
        // Below the orchestrator's 30 s, so that a stuck request is logged rather than killed.
        setTimeout(() => {
          logger.error("drain timed out");
          process.exit(1);
        }, 20_000).unref();
        server.close(() => void pool.end().then(() => process.exit(0)));
        // A connection that was busy at close() would stay open for keepAliveTimeout.
        setInterval(() => server.closeIdleConnections(), 500).unref();
      });
      `,
    ),
  },
  decides: ({ base, orchestrator, packageManager }) => ({
    "containers.base": base,
    "containers.orchestrator": orchestrator,
    "packages.manager": packageManager,
  }),
});

/** How a service is built into an image, run and stopped. */
export interface Containers extends Named<typeof fragment> {}
export const containers: Containers = fragment;
