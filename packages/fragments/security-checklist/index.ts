import { defineFragment, md, must, type Named, prose } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const ASVS = "https://github.com/OWASP/ASVS/blob/master/5.0/en";
const CHEAT_SHEETS = "https://cheatsheetseries.owasp.org/cheatsheets";
const API_TOP_TEN = "https://owasp.org/API-Security/editions/2023/en";

const fragment = defineFragment({
  id: "security-checklist",
  version: manifest.version,
  title: "Security checklist",
  summary:
    "Thirteen checks that every server-side change passes before it ships. Choose it for any service that takes requests.",
  list: "checklist",
  params: {
    hash: z.enum(["bcrypt", "argon2id"]).default("bcrypt").describe("The password hash for new passwords."),
    bcryptCost: z.number().int().min(10).max(16).default(12).describe("The lowest bcrypt cost, as a power of two."),
    secretStore: z
      .enum(["environment variables", "AWS Secrets Manager", "AWS Systems Manager Parameter Store"])
      .default("environment variables")
      .describe("Where the running service reads its secrets from."),
  },
  rules: {
    /** How to read the list. */
    scope: prose(
      "Go through the list before a change counts as done, and read the change as an attacker would: with another user's id and a hostile body. The list draws on the OWASP Top 10 and the OWASP API Security Top 10; where an item leaves a detail open, the OWASP cheat sheet for it decides.",
    ),
    /** Inputs, validated and sanitised. */
    inputs: must(
      "Let no input past the boundary unvalidated, and sanitise it where it is used: encode it for HTML, give child processes an argument array, resolve file paths inside one directory.",
      {
        why: "Validation bounds a value; only encoding at the point of use stops it from becoming markup, a command or a path.",
        evidence: [
          { source: "OWASP Input Validation Cheat Sheet", url: `${CHEAT_SHEETS}/Input_Validation_Cheat_Sheet.html` },
          {
            source: "OWASP ASVS 5.0 V1 Encoding and Sanitization",
            url: `${ASVS}/0x10-V1-Encoding-and-Sanitization.md`,
          },
        ],
      },
    ),
    /** SQL, parameterized. */
    queries: must(
      "Bind every value in SQL as a parameter; take table names, column names and sort directions from an allow-list in code, never from the request.",
      {
        why: "Identifiers cannot be bound, so they are the injection that parameters leave open.",
        evidence: [
          {
            source: "OWASP SQL Injection Prevention Cheat Sheet",
            url: `${CHEAT_SHEETS}/SQL_Injection_Prevention_Cheat_Sheet.html`,
          },
        ],
      },
    ),
    /** Authentication ahead of data. */
    identity: must(
      "Authenticate before the first read or write of data: make every route private unless it stands on a list of public ones.",
      {
        why: "With a list of public routes, forgetting one closes it; with a list of private routes, forgetting one opens it.",
        enforcedBy: "A test that calls every route without credentials and expects 401 outside the list.",
        evidence: [
          { source: "OWASP ASVS 5.0 V6 Authentication", url: `${ASVS}/0x15-V6-Authentication.md` },
          {
            source: "OWASP API Security Top 10 2023, API2 Broken Authentication",
            url: `${API_TOP_TEN}/0xa2-broken-authentication/`,
          },
        ],
      },
    ),
    /** Access to one's own resources. */
    ownership: must(
      "Let callers reach only their own resources: compare the owner or tenant of each row with the verified identity, never with an id that the request supplies.",
      {
        why: "Broken object-level authorisation leads the OWASP API list: a valid session with someone else's id.",
        enforcedBy: "A test that requests one user's resource with another user's session.",
        evidence: [
          {
            source: "OWASP API Security Top 10 2023, API1 Broken Object Level Authorization",
            url: `${API_TOP_TEN}/0xa1-broken-object-level-authorization/`,
          },
          { source: "OWASP ASVS 5.0 V8 Authorization", url: `${ASVS}/0x17-V8-Authorization.md` },
        ],
      },
    ),
    /** The place of secrets. */
    secrets: ({ secretStore }) =>
      must(
        md`Keep secrets in ${secretStore} and out of source, commit history, container images and client bundles; rotate one that leaked, since deleting it undoes nothing.`,
        {
          why: "A secret in a repository is readable for as long as any clone exists.",
          enforcedBy: "A secret scanner such as gitleaks in the pipeline.",
          evidence: [
            {
              source: "OWASP Secrets Management Cheat Sheet",
              url: `${CHEAT_SHEETS}/Secrets_Management_Cheat_Sheet.html`,
            },
          ],
        },
      ),
    /** CORS origins. */
    origins: must(
      "Name the allowed CORS origins in full; never reflect an unchecked `Origin` header or send `Access-Control-Allow-Origin: *` from a route that reads credentials.",
      {
        why: "A reflected origin lets any site read responses with the visitor's session.",
        evidence: [
          { source: "OWASP HTML5 Security Cheat Sheet", url: `${CHEAT_SHEETS}/HTML5_Security_Cheat_Sheet.html` },
          {
            source: "OWASP ASVS 5.0 V3 Web Frontend Security",
            url: `${ASVS}/0x12-V3-Web-Frontend-Security.md`,
          },
        ],
      },
    ),
    /** Rate limits. */
    rateLimits: must(
      "Rate-limit every public endpoint, and most tightly sign-in, sign-up, password reset and code entry: count by IP address and by account, and answer 429 with `Retry-After`.",
      {
        why: "A limit by address alone misses credential stuffing from many addresses; a limit by account alone misses password spraying.",
        evidence: [
          {
            source: "OWASP Credential Stuffing Prevention Cheat Sheet",
            url: `${CHEAT_SHEETS}/Credential_Stuffing_Prevention_Cheat_Sheet.html`,
          },
          {
            source: "OWASP API Security Top 10 2023, API4 Unrestricted Resource Consumption",
            url: `${API_TOP_TEN}/0xa4-unrestricted-resource-consumption/`,
          },
          { source: "RFC 6585 section 4", url: "https://www.rfc-editor.org/rfc/rfc6585#section-4" },
        ],
      },
    ),
    /** Password hashing. */
    passwords: ({ hash, bcryptCost }) =>
      must(
        hash === "bcrypt"
          ? md`Hash passwords with bcrypt at cost ${bcryptCost} or more, or with argon2id at 19 MiB of memory and 2 iterations or more; refuse passwords over 72 bytes where bcrypt is used.`
          : md`Hash passwords with argon2id at 19 MiB of memory and 2 iterations or more (on Node.js 24, \`argon2\` of \`node:crypto\`); bcrypt at cost ${bcryptCost} or more is accepted for hashes that already exist.`,
        {
          why: "A fast hash lets a stolen table be searched offline; bcrypt ignores what follows byte 72.",
          enforcedBy: "A test that reads the algorithm and the cost from a freshly stored hash.",
          evidence: [
            { source: "OWASP Password Storage Cheat Sheet", url: `${CHEAT_SHEETS}/Password_Storage_Cheat_Sheet.html` },
            { source: "OWASP ASVS 5.0 V11 Cryptography", url: `${ASVS}/0x20-V11-Cryptography.md` },
            ...(hash === "argon2id"
              ? [
                  {
                    source: "Node.js documentation, crypto.argon2",
                    url: "https://nodejs.org/docs/latest-v24.x/api/crypto.html#cryptoargon2algorithm-parameters-callback",
                  },
                ]
              : []),
          ],
          ...(hash === "argon2id" && { reviewed: "2026-11" }),
        },
      ),
    /** Sensitive data in logs. */
    logs: must(
      "Keep passwords, tokens, cookies, keys, card numbers and personal data out of logs: redact by field name in the logger's configuration, not call by call.",
      {
        why: "Logs are copied to more places and read by more people than the database.",
        enforcedBy: "A test that logs a request with a token and looks for it in the output.",
        evidence: [{ source: "OWASP Logging Cheat Sheet", url: `${CHEAT_SHEETS}/Logging_Cheat_Sheet.html` }],
      },
    ),
    /** Uploads. */
    uploads: must(
      "Check an upload's size while it streams, its type against an allow-list and its content by file signature; store it under a generated name, never the client's.",
      {
        why: "The file name and the `Content-Type` are the sender's claims.",
        evidence: [
          { source: "OWASP File Upload Cheat Sheet", url: `${CHEAT_SHEETS}/File_Upload_Cheat_Sheet.html` },
          { source: "OWASP ASVS 5.0 V5 File Handling", url: `${ASVS}/0x14-V5-File-Handling.md` },
        ],
      },
    ),
    /** Cookie attributes. */
    cookies: must(
      "Set `HttpOnly`, `Secure` and `SameSite=Lax` or `SameSite=Strict` on every cookie that authenticates a request.",
      {
        why: "Each attribute closes one way to take the cookie: script, plain HTTP, another site's request.",
        evidence: [
          {
            source: "OWASP Session Management Cheat Sheet",
            url: `${CHEAT_SHEETS}/Session_Management_Cheat_Sheet.html`,
          },
          {
            source: "OWASP ASVS 5.0 V3 Web Frontend Security",
            url: `${ASVS}/0x12-V3-Web-Frontend-Security.md`,
          },
        ],
      },
    ),
    /** CSRF. */
    csrf: must(
      "Protect each state-changing route that a cookie authenticates with a CSRF token, or refuse requests that `Sec-Fetch-Site` (where absent, `Origin`) shows to come from another origin; `GET` changes nothing.",
      {
        why: "`SameSite` alone leaves requests from sibling subdomains.",
        evidence: [
          {
            source: "OWASP Cross-Site Request Forgery Prevention Cheat Sheet",
            url: `${CHEAT_SHEETS}/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html`,
          },
        ],
      },
    ),
    /** Internals in responses. */
    internals: must(
      "Send clients no stack trace, SQL, file path, host name or library version; log those, and answer with a fixed message and the request id.",
      {
        why: "Internals tell an attacker what to try next and tell the user nothing.",
        enforcedBy: "A test that forces an unknown error and compares the whole response body.",
        evidence: [
          { source: "OWASP Error Handling Cheat Sheet", url: `${CHEAT_SHEETS}/Error_Handling_Cheat_Sheet.html` },
          {
            source: "OWASP ASVS 5.0 V16 Security Logging and Error Handling",
            url: `${ASVS}/0x25-V16-Security-Logging-and-Error-Handling.md`,
          },
        ],
      },
    ),
    /** What protects the service from outside its code. */
    surroundings: prose(
      "Require TLS in transit and encryption at rest, send the headers `Strict-Transport-Security`, `Content-Security-Policy` and `X-Content-Type-Options: nosniff`, automate dependency updates, with scanning on every build, and put a CDN or web application firewall in front against DDoS.",
    ),
  },
  decides: ({ hash, bcryptCost, secretStore }) => ({
    "passwords.hash": hash,
    "passwords.bcryptCost": bcryptCost,
    "secrets.store": secretStore,
  }),
});

/** Thirteen checks that every server-side change passes before it ships. */
export interface SecurityChecklist extends Named<typeof fragment> {}
export const securityChecklist: SecurityChecklist = fragment;
