import { defineFragment, example, must, type Named, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** What each secret store means for the rule and for the code. */
const STORES = {
  "environment variables": {
    rule: "Take secrets from environment variables that the platform sets at run time; never from a committed file, a build argument or an image layer.",
    evidence: [
      {
        source: "OWASP Secrets Management Cheat Sheet",
        url: "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
      },
    ],
    code: `
      // src/config/env.ts
      import { z } from "zod";

      const Env = z.object({
        PORT: z.coerce.number().int().min(1).max(65535).default(3000),
        DATABASE_URL: z.url(),
        JWT_SECRET: z.string().min(32), // openssl rand -base64 32
        STRIPE_SECRET_KEY: z.string().startsWith("sk_"),
      });

      /** Throws at start-up, naming every variable that is missing or wrong. */
      export const env = Env.parse(process.env);
    `,
  },
  "AWS Secrets Manager": {
    rule: "Take secrets from AWS Secrets Manager with one `GetSecretValue` call at start-up and keep them in memory; the environment holds only the secret's name (`SECRET_ID`).",
    evidence: [
      {
        source: "AWS Secrets Manager API Reference, GetSecretValue",
        url: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html",
      },
    ],
    code: `
      // src/config/env.ts
      import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
      import { z } from "zod";

      const Settings = z.object({
        PORT: z.coerce.number().int().min(1).max(65535).default(3000),
        SECRET_ID: z.string().min(1),
      });

      const Secrets = z.object({
        DATABASE_URL: z.url(),
        JWT_SECRET: z.string().min(32), // openssl rand -base64 32
        STRIPE_SECRET_KEY: z.string().startsWith("sk_"),
      });

      const settings = Settings.parse(process.env);
      const { SecretString } = await new SecretsManagerClient().send(
        new GetSecretValueCommand({ SecretId: settings.SECRET_ID }),
      );

      /** Throws at start-up, naming every value that is missing or wrong. */
      export const env = { ...settings, ...Secrets.parse(JSON.parse(SecretString ?? "{}")) };
    `,
  },
  "AWS Systems Manager Parameter Store": {
    rule: "Take secrets from AWS Systems Manager Parameter Store, as `SecureString` parameters read once at start-up and kept in memory; the environment holds only their path (`PARAMETER_PATH`).",
    evidence: [
      {
        source: "AWS Systems Manager API Reference, GetParameters",
        url: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html",
      },
    ],
    code: `
      // src/config/env.ts
      import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
      import { z } from "zod";

      const Settings = z.object({
        PORT: z.coerce.number().int().min(1).max(65535).default(3000),
        PARAMETER_PATH: z.string().startsWith("/").endsWith("/"),
      });

      const Secrets = z.object({
        DATABASE_URL: z.url(),
        JWT_SECRET: z.string().min(32), // openssl rand -base64 32
        STRIPE_SECRET_KEY: z.string().startsWith("sk_"),
      });

      const settings = Settings.parse(process.env);
      const path = settings.PARAMETER_PATH;
      const { Parameters = [] } = await new SSMClient().send(
        new GetParametersCommand({
          Names: Object.keys(Secrets.shape).map((name) => path + name), // ten names at most
          WithDecryption: true,
        }),
      );
      const values = Parameters.map(({ Name = "", Value }) => [Name.slice(path.length), Value]);

      /** Throws at start-up, naming every value that is missing or wrong. */
      export const env = { ...settings, ...Secrets.parse(Object.fromEntries(values)) };
    `,
  },
};

const fragment = defineFragment({
  id: "environment-configuration",
  version: manifest.version,
  title: "Environment configuration",
  summary:
    "A schema for the environment, parsed at start-up, and where secrets are read from. Choose it for any Node.js service that is configured from outside.",
  params: {
    secretStore: z
      .enum(["environment variables", "AWS Secrets Manager", "AWS Systems Manager Parameter Store"])
      .default("environment variables")
      .describe("Where the running service reads its secrets from."),
  },
  rules: {
    /** The schema and the moment it is parsed. */
    startUp: must(
      "Parse the environment with one zod schema in `src/config/env.ts`, imported first by the entry point, so that a bad value stops the process before it listens.",
      { why: "A missing variable then fails the deployment, not the first request that needs it." },
    ),
    /** The one reader of the environment. */
    soleReader: must("Import the typed `env` object everywhere; read `process.env` in no other file.", {
      why: "What is read elsewhere was never checked.",
      enforcedBy: "The linter rule `noProcessEnv` (Biome) or `n/no-process-env` (ESLint).",
    }),
    /** Where secrets are read from. */
    secretSource: ({ secretStore }) =>
      must(STORES[secretStore].rule, {
        why: "One source means one place to rotate, audit and restrict.",
        evidence: STORES[secretStore].evidence,
      }),
    /** Defaults. */
    defaults: must(
      "Give no default to a secret or to the address of another system; default only what is safe in production, such as `PORT`.",
      { why: "A default secret works everywhere, including for whoever reads the source." },
    ),
    /** Booleans in the environment. */
    booleans: must(
      "Parse booleans with `z.stringbool()`, never `z.coerce.boolean()`, which reads the string `false` as true.",
      {
        why: "Every string but the empty one is truthy.",
        evidence: [{ source: "Zod documentation, Stringbools", url: "https://zod.dev/api#stringbools" }],
        reviewed: "2026-11",
      },
    ),
    /** The list of variables in the repository. */
    exampleFile: should(
      "List every variable in a committed `.env.example`, without values, and keep `.env` in `.gitignore`.",
      {
        why: "Whoever clones the repository sees what to set.",
        enforcedBy: "A test that compares the keys of the schema with those of the file.",
      },
    ),
    /** The schema as code. */
    schema: ({ secretStore }) => example("ts", STORES[secretStore].code),
  },
  decides: ({ secretStore }) => ({ "secrets.store": secretStore }),
});

/** A schema for the environment, parsed at start-up, and where secrets are read from. */
export interface EnvironmentConfiguration extends Named<typeof fragment> {}
export const environmentConfiguration: EnvironmentConfiguration = fragment;
