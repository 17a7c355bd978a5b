import { defineFragment, md, must, type Named, prose, raw, table } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "documentation-lookup",
  version: manifest.version,
  title: "Documentation lookup",
  summary:
    "The documentation of a library is read before code is written against it. Choose it where calls from memory cost more than a lookup.",
  params: {
    source: z
      .enum(["context7", "packages"])
      .default("context7")
      .describe("Where documentation is read: on the Context7 MCP server, or in the installed packages alone."),
    libraries: z
      .array(z.string())
      .min(1)
      .default([
        "AWS SDK",
        "AWS CDK",
        "Lambda runtime",
        "pg",
        "prisma",
        "typeorm",
        "drizzle",
        "jsonwebtoken",
        "passport",
        "joi",
        "zod",
        "yup",
        "jest",
        "vitest",
        "express",
        "fastify",
      ])
      .describe("Libraries that always require a lookup: package names, or names that start with a capital letter."),
  },
  rules: {
    /** The lookup before any code. */
    lookupFirst: ({ source }) =>
      must(
        source === "context7"
          ? "Query the Context7 MCP server for the documentation of every library or framework before you write code against it. This is mandatory, even for an API that you know by heart."
          : "Read the types, README and `docs` of the installed package for every library or framework before you write code against it. This is mandatory, even for an API that you know by heart.",
        { why: "Training data mixes versions; a lookup answers for one." },
      ),
    /** What lookups are for. */
    purpose: prose(
      "Lookups keep the code on the current API, free of deprecated patterns, and in line with each library's security guidance.",
    ),
    /** Libraries that require a lookup. */
    libraries: ({ libraries }) =>
      prose(
        md`A lookup is required for ${raw(libraries.map(codeUnlessCapitalised).join(", "))}, and any other dependency.`,
      ),
    /** The required queries. */
    queries: table(
      ["Before you use", "Query"],
      [
        ["AWS services", "the Lambda runtime API, AWS SDK v3 commands, CDK constructs and their recommended settings"],
        ["The database library", "current connection patterns and connection security"],
        ["The auth library", "secure token handling and validation"],
        ["The validation library", "schema definition and error handling"],
        ["The test framework", "async testing and mocking patterns"],
      ],
    ),
    /** Version compatibility. */
    versions: must(
      "Check that the version in the documentation is compatible with the one in the project's `package.json`; where they differ, query the version that the project has.",
    ),
    /** Security considerations. */
    security: must(
      "Read what the documentation says on security for the calls that you make, and set explicitly what it warns about, such as accepted token algorithms or TLS verification.",
    ),
    /** Documented APIs only. */
    documentedOnly: must(
      "Use only functions, options and defaults that the documentation shows; where it is silent, query again or read the types, and assume nothing.",
      { enforcedBy: "tsc --noEmit, for libraries with types" },
    ),
    /** Dependency errors. */
    dependencyErrors: ({ source }) =>
      must(
        source === "context7"
          ? "On an error from a dependency, such as a missing export or a changed signature, query Context7 for the API again before you change the code."
          : "On an error from a dependency, such as a missing export or a changed signature, read the installed version's API again before you change the code.",
      ),
    /** No documentation. */
    unreachable: ({ source }) =>
      must(
        source === "context7"
          ? "When the server cannot be reached, say so, and read the installed package's own types and README in `node_modules`; never guess."
          : "Where a package ships no documentation, read its source in `node_modules` or the web page of that version; never guess.",
      ),
  },
});

/** A package name as a code span; a name that starts with a capital letter as plain text. Escaped either way. */
function codeUnlessCapitalised(name: string): string {
  return /^\p{Lu}/u.test(name) ? md`${name}` : md`\`${name}\``;
}

/** The documentation of a library is read before code is written against it. */
export interface DocumentationLookup extends Named<typeof fragment> {}
export const documentationLookup: DocumentationLookup = fragment;
