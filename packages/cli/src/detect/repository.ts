import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../files/text.ts";
import { CommandError, failure, messageOf } from "../issues/command-error.ts";
import { type PackageJson, type PackageManager, packageManagerIn } from "./package-manager.ts";

/** What a repository is made with. */
export interface Repository {
  /** Its package's name. */
  readonly name?: string;
  /** Names of npm packages, of the packages in its workspace too; sorted. */
  readonly dependencies: readonly string[];
  /** The ranges of those that its own manifest has, by name. */
  readonly ranges: { readonly [name: string]: string };
  /** What stands at its root. */
  readonly files: readonly string[];
  /** Absent: neither a lockfile nor the manifest says so. */
  readonly packageManager?: PackageManager;
  /** Whether `.js` and `.ts` files are ES modules. */
  readonly isModule: boolean;
  /** What it uses, by kind, for people: `{ "test runner": ["vitest"] }`. */
  readonly uses: { readonly [kind: string]: readonly string[] };
}

/** Packages that say what a repository is, by kind. */
const KINDS: { readonly [kind: string]: readonly string[] } = {
  framework: ["next", "express", "fastify", "@nestjs/core", "koa", "hono"],
  "front end": [
    "react",
    "vue",
    "svelte",
    "@angular/core",
    "solid-js",
    "preact",
    "lit",
    "astro",
    "react-native",
    "expo",
  ],
  "test runner": ["vitest", "jest", "mocha", "@playwright/test"],
  "database client": ["pg", "postgres", "mysql2", "mongodb", "redis", "ioredis", "better-sqlite3"],
  ORM: ["@prisma/client", "prisma", "drizzle-orm", "typeorm", "sequelize", "mongoose", "kysely", "knex"],
  CDK: ["aws-cdk-lib", "sst", "serverless", "@pulumi/aws"],
  validation: ["zod", "valibot", "yup", "joi"],
};

/** Where the packages of a workspace usually stand. */
const WORKSPACE_FOLDERS = ["apps", "packages", "services"];

/** Looks at a repository. Throws a CommandError where there is no `package.json`, or one that is not JSON. */
export function lookAt(folder: string): Repository {
  const manifest = readPackage(folder, "package.json");
  if (manifest === undefined) {
    const ways = "Run npm init -y, or add a single persona with personakit add.";
    throw failure(
      "no-package-json",
      undefined,
      "there is no package.json here, and a configuration needs one to import packages",
      ways,
    );
  }
  const members = WORKSPACE_FOLDERS.filter((name) => existsSync(join(folder, name))).flatMap((name) =>
    readdirSync(join(folder, name)).flatMap((member) => readPackage(folder, `${name}/${member}/package.json`) ?? []),
  );
  const names = [manifest, ...members].flatMap(({ dependencies, devDependencies }) =>
    Object.keys({ ...dependencies, ...devDependencies }),
  );
  const dependencies = [...new Set(names)].sort();
  const files = readdirSync(folder).sort();
  const packageManager = packageManagerIn(folder, manifest);
  const uses = Object.entries(KINDS).map(([kind, all]): [string, string[]] => [
    kind,
    all.filter((name) => dependencies.includes(name)),
  ]);
  return {
    ...(typeof manifest.name === "string" ? { name: manifest.name } : {}),
    dependencies,
    ranges: { ...manifest.dependencies, ...manifest.devDependencies },
    files,
    ...(packageManager === undefined ? {} : { packageManager }),
    isModule: manifest.type === "module",
    uses: Object.fromEntries(uses.filter(([, found]) => found.length > 0)),
  };
}

/** The same, without an error: nothing where there is no `package.json`, or it cannot be read. */
export function repositoryAt(folder: string): Partial<Repository> {
  try {
    return existsSync(join(folder, "package.json")) ? lookAt(folder) : {};
  } catch (error) {
    if (error instanceof CommandError) return {};
    throw error;
  }
}

function readPackage(folder: string, path: string): PackageJson | undefined {
  const file = join(folder, path);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readText(file)?.replace(/^\uFEFF/, "") ?? "{}") ?? {};
  } catch (error) {
    throw failure("not-a-package", path, "is not JSON", { cause: messageOf(error) });
  }
}
