import { defineFragment, example, md, must, type Named, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** How each validation library says the same schema. */
const VALIDATORS = {
  zod: {
    import: 'import { z } from "zod";',
    object: () => "z.object",
    port: "z.coerce.number().int().min(1).max(65535).default(3000)",
    text: "z.string().min(1)",
    path: 'z.string().startsWith("/").endsWith("/")',
    secrets: [
      "  DATABASE_URL: z.url(),",
      "  JWT_SECRET: z.string().min(32), // openssl rand -base64 32",
      '  STRIPE_SECRET_KEY: z.string().startsWith("sk_"),',
    ],
    names: "Object.keys(Secrets.shape)",
    parse: (schema: string, value: string) => `${schema}.parse(${value})`,
    booleans:
      "Parse booleans with `z.stringbool()`, never `z.coerce.boolean()`, which reads the string `false` as true.",
    source: { source: "Zod documentation, Stringbools", url: "https://zod.dev/api#stringbools" },
  },
  valibot: {
    import: 'import * as v from "valibot";',
    object: () => "v.object",
    port: 'v.optional(v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1), v.maxValue(65535)), "3000")',
    text: "v.pipe(v.string(), v.minLength(1))",
    path: 'v.pipe(v.string(), v.startsWith("/"), v.endsWith("/"))',
    secrets: [
      "  DATABASE_URL: v.pipe(v.string(), v.url()),",
      "  JWT_SECRET: v.pipe(v.string(), v.minLength(32)), // openssl rand -base64 32",
      '  STRIPE_SECRET_KEY: v.pipe(v.string(), v.startsWith("sk_")),',
    ],
    names: "Object.keys(Secrets.entries)",
    parse: (schema: string, value: string) => `v.parse(${schema}, ${value})`,
    booleans:
      'Parse booleans with `v.picklist(["true", "false"])` and compare the result, never with `Boolean()`, which reads the string `false` as true.',
    source: { source: "Valibot documentation, picklist", url: "https://valibot.dev/api/picklist/" },
  },
  joi: {
    import: 'import Joi from "joi";',
    object: (types: string) => `Joi.object<{ ${types} }>`,
    port: "Joi.number().port().default(3000)",
    text: "Joi.string().required()",
    path: "Joi.string().pattern(/^\\/.*\\/$/).required()",
    secrets: [
      "  DATABASE_URL: Joi.string().uri().required(),",
      "  JWT_SECRET: Joi.string().min(32).required(), // openssl rand -base64 32",
      "  STRIPE_SECRET_KEY: Joi.string().pattern(/^sk_/).required(),",
    ],
    names: "Object.keys(Secrets.describe().keys)",
    parse: (schema: string, value: string) =>
      `Joi.attempt(${value}, ${schema}, { abortEarly: false, stripUnknown: true })`,
    booleans: "Parse booleans with `Joi.boolean()`, never with `Boolean()`, which reads the string `false` as true.",
    source: { source: "Joi API reference, boolean", url: "https://joi.dev/api/" },
  },
  yup: {
    import: 'import { number, object, string } from "yup";',
    object: () => "object",
    port: "number().integer().min(1).max(65535).default(3000)",
    text: "string().required()",
    path: "string().matches(/^\\/.*\\/$/).required()",
    secrets: [
      "  DATABASE_URL: string().matches(/^postgres(ql)?:/).required(),",
      "  JWT_SECRET: string().min(32).required(), // openssl rand -base64 32",
      "  STRIPE_SECRET_KEY: string().matches(/^sk_/).required(),",
    ],
    names: "Object.keys(Secrets.fields)",
    parse: (schema: string, value: string) =>
      `${schema}.validateSync(${value}, { abortEarly: false, stripUnknown: true })`,
    booleans: "Parse booleans with yup's `boolean()`, never with `Boolean()`, which reads the string `false` as true.",
    source: { source: "Yup, boolean", url: "https://github.com/jquense/yup#boolean" },
  },
} as const;

type Library = (typeof VALIDATORS)[keyof typeof VALIDATORS];

/** For a library that does not infer the type from the schema. */
const SECRET_TYPES = "DATABASE_URL: string; JWT_SECRET: string; STRIPE_SECRET_KEY: string";

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
    code: ({ import: line, object, port, secrets, parse }: Library) => [
      "// src/config/env.ts",
      line,
      "",
      `const Env = ${object(`PORT: number; ${SECRET_TYPES}`)}({`,
      `  PORT: ${port},`,
      ...secrets,
      "});",
      "",
      "/** Throws at start-up, naming every variable that is missing or wrong. */",
      `export const env = ${parse("Env", "process.env")};`,
    ],
  },
  "AWS Secrets Manager": {
    rule: "Take secrets from AWS Secrets Manager with one `GetSecretValue` call at start-up and keep them in memory; the environment holds only the secret's name (`SECRET_ID`).",
    evidence: [
      {
        source: "AWS Secrets Manager API Reference, GetSecretValue",
        url: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html",
      },
    ],
    code: ({ import: line, object, port, text, secrets, parse }: Library) => [
      "// src/config/env.ts",
      'import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";',
      line,
      "",
      `const Settings = ${object("PORT: number; SECRET_ID: string")}({`,
      `  PORT: ${port},`,
      `  SECRET_ID: ${text},`,
      "});",
      "",
      `const Secrets = ${object(SECRET_TYPES)}({`,
      ...secrets,
      "});",
      "",
      `const settings = ${parse("Settings", "process.env")};`,
      "const { SecretString } = await new SecretsManagerClient().send(",
      "  new GetSecretValueCommand({ SecretId: settings.SECRET_ID }),",
      ");",
      "",
      "/** Throws at start-up, naming every value that is missing or wrong. */",
      `export const env = { ...settings, ...${parse("Secrets", 'JSON.parse(SecretString ?? "{}")')} };`,
    ],
  },
  "AWS Systems Manager Parameter Store": {
    rule: "Take secrets from AWS Systems Manager Parameter Store, as `SecureString` parameters read once at start-up and kept in memory; the environment holds only their path (`PARAMETER_PATH`).",
    evidence: [
      {
        source: "AWS Systems Manager API Reference, GetParameters",
        url: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html",
      },
    ],
    code: ({ import: line, object, port, path, secrets, names, parse }: Library) => [
      "// src/config/env.ts",
      'import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";',
      line,
      "",
      `const Settings = ${object("PORT: number; PARAMETER_PATH: string")}({`,
      `  PORT: ${port},`,
      `  PARAMETER_PATH: ${path},`,
      "});",
      "",
      `const Secrets = ${object(SECRET_TYPES)}({`,
      ...secrets,
      "});",
      "",
      `const settings = ${parse("Settings", "process.env")};`,
      "const path = settings.PARAMETER_PATH;",
      "const { Parameters = [] } = await new SSMClient().send(",
      "  new GetParametersCommand({",
      `    Names: ${names}.map((name) => path + name), // ten names at most`,
      "    WithDecryption: true,",
      "  }),",
      ");",
      'const values = Parameters.map(({ Name = "", Value }) => [Name.slice(path.length), Value]);',
      "",
      "/** Throws at start-up, naming every value that is missing or wrong. */",
      `export const env = { ...settings, ...${parse("Secrets", "Object.fromEntries(values)")} };`,
    ],
  },
};

const fragment = defineFragment({
  id: "environment-configuration",
  version: manifest.version,
  title: "Environment configuration",
  summary:
    "A schema for the environment, parsed at start-up, and where secrets are read from. Choose it for any Node.js service that is configured from outside.",
  params: {
    validator: z.enum(["zod", "yup", "joi", "valibot"]).default("zod").describe("The validation library."),
    secretStore: z
      .enum(["environment variables", "AWS Secrets Manager", "AWS Systems Manager Parameter Store"])
      .default("environment variables")
      .describe("Where the running service reads its secrets from."),
  },
  rules: {
    /** The schema and the moment it is parsed. */
    startUp: ({ validator }) =>
      must(
        md`Parse the environment with one \`${validator}\` schema in \`src/config/env.ts\`, imported first by the entry point, so that a bad value stops the process before it listens.`,
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
    booleans: ({ validator }) =>
      must(VALIDATORS[validator].booleans, {
        why: "Every string but the empty one is truthy.",
        evidence: [VALIDATORS[validator].source],
        reviewed: "2026-11",
      }),
    /** The list of variables in the repository. */
    exampleFile: should(
      "List every variable in a committed `.env.example`, without values, and keep `.env` in `.gitignore`.",
      {
        why: "Whoever clones the repository sees what to set.",
        enforcedBy: "A test that compares the keys of the schema with those of the file.",
      },
    ),
    /** The schema as code. */
    schema: ({ secretStore, validator }) => example("ts", STORES[secretStore].code(VALIDATORS[validator]).join("\n")),
  },
  decides: ({ validator, secretStore }) => ({ "validation.library": validator, "secrets.store": secretStore }),
});

/** A schema for the environment, parsed at start-up, and where secrets are read from. */
export interface EnvironmentConfiguration extends Named<typeof fragment> {}
export const environmentConfiguration: EnvironmentConfiguration = fragment;
