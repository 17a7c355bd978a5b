import { defineFragment, example, md, must, type Named, prose, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const field = z.string().regex(/^[A-Za-z_]\w*$/);

const EXPRESS = "`res.status(status).set(headers).json(body)`";
const NEXTJS = "`Response.json(body, { status, headers })`";
const LAMBDA = "`{ statusCode: status, headers, body: JSON.stringify(body) }`";

/** How each framework sends what the example returns. */
const ADAPTERS = {
  any: `Send the result as the framework does: ${EXPRESS} from Express's error middleware, ${NEXTJS} from a Next.js route handler, ${LAMBDA} from a Lambda function.`,
  express: `The error middleware sends the result with ${EXPRESS}.`,
  nextjs: `A route handler sends the result with ${NEXTJS}.`,
  lambda: `A handler returns the result as ${LAMBDA}, with the id of the request from \`event.requestContext.requestId\`.`,
};

const fragment = defineFragment({
  id: "error-handling",
  version: manifest.version,
  title: "Error handling",
  summary:
    "One error class, one shape and one place that maps errors to responses. Choose it for any service that answers requests.",
  params: {
    format: z
      .enum(["envelope", "problem+json"])
      .default("envelope")
      .describe("The body of an error: an object in a field of its own, or the flat problem details of RFC 9457."),
    framework: z
      .enum(["any", "express", "nextjs", "lambda"])
      .default("any")
      .describe("What sends responses; `any` shows how each of the others does it."),
    envelopeField: field.default("error").describe("With an envelope, the field of the body that holds the error."),
    codeField: field
      .default("code")
      .describe("With an envelope, the field of the error that holds its machine-readable code."),
    messageField: field.default("message").describe("With an envelope, the field of the error that people read."),
    problemTypes: z
      .string()
      .regex(/^https:\/\/[\w./-]+\/$/)
      .default("https://api.example.com/problems/")
      .describe("With problem+json, what `type` starts with: an address below which each kind of error has its page."),
    validationStatus: z
      .union([z.literal(400), z.literal(422)])
      .default(400)
      .describe("The HTTP status for input that a schema refuses."),
  },
  rules: {
    /** What services throw. */
    typedErrors: must(
      "Throw `AppError` with a code and a message from services for every failure you foresee; never throw a string, return `null` instead or build a response in a service.",
      {
        why: "A service that knows no HTTP serves routes, jobs and scripts alike.",
        enforcedBy: "The linter rule `@typescript-eslint/only-throw-error`, for strings.",
      },
    ),
    /** The shape of an error response. */
    envelope: ({ format, envelopeField, codeField, messageField, problemTypes }) =>
      must(
        format === "envelope"
          ? md`Answer every error, refused input included, as \`{ ${envelopeField}: { ${codeField}, ${messageField} } }\`, with \`requestId\` beside the two and, for refused input, \`issues\`. Clients branch on \`${codeField}\` (\`NOT_FOUND\`, \`CONFLICT\`), so a published code keeps its meaning; \`${messageField}\` says in a sentence what the client can do.`
          : md`Answer every error, refused input included, as \`application/problem+json\`: \`{ type, title, status, detail, requestId }\` with no envelope around it and, for refused input, \`issues\`. Clients branch on \`type\`, which is the code as a URL (\`NOT_FOUND\` is \`${problemTypes}not-found\`), so a published code keeps its meaning; \`detail\` says in a sentence what the client can do.`,
        {
          why: "Messages get reworded; a client that parses them breaks.",
          enforcedBy: "A contract test over the error responses.",
          ...(format === "problem+json" && {
            evidence: [{ source: "RFC 9457 section 3", url: "https://www.rfc-editor.org/rfc/rfc9457#section-3" }],
          }),
        },
      ),
    /** The one mapping from errors to responses. */
    mapping: must(
      "Map thrown errors to responses in one function, called from the error middleware or a wrapper around the handlers, with `Retry-After` on every 429 and 503 and `WWW-Authenticate` on every 401; no route maps errors by itself.",
      {
        why: "A second mapping is where a status, a header or a leak differs; clients and SDKs read the wait from the header.",
        evidence: [
          { source: "RFC 9110 section 10.2.3", url: "https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3" },
          { source: "RFC 6585 section 4", url: "https://www.rfc-editor.org/rfc/rfc6585#section-4" },
          { source: "RFC 9110 section 15.5.2", url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2" },
        ],
      },
    ),
    /** Errors that are the service's own to repair. */
    serverErrors: must(
      "Log every error that answers 500 or above once, where it is mapped, with its stack, `cause` and request id, your own `UNAVAILABLE` included; one that nobody foresaw answers 500 with code `INTERNAL` and a fixed message.",
      {
        why: "A 503 that nobody logs is an outage that nobody sees; a foreign message may name tables, hosts or users.",
        enforcedBy: "A test that throws `UNAVAILABLE` with a cause and reads the log.",
        evidence: [
          {
            source: "OWASP Error Handling Cheat Sheet",
            url: "https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html",
          },
          {
            source: "RFC 9110 section 15.6.1",
            url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.6.1",
          },
        ],
      },
    ),
    /** Failures of databases and external calls. */
    translation: must(
      "Translate a dependency's failure where you call it: a unique violation to `CONFLICT`, a refused connection or timeout to `UNAVAILABLE`, with the original as `cause` and the wait that it asks for as `retryAfter`.",
      { why: "The caller can retry a 503 and correct a 409; a bare 500 says neither." },
    ),
    /** What a catch block is for. */
    catching: should(
      "Catch only to translate, retry or clean up, test the error's type or code first, and rethrow the rest; an empty `catch` carries a comment that says why.",
      {
        why: "A swallowed error comes back later as wrong data.",
        enforcedBy: "The linter rule `no-empty` (ESLint) or `noEmptyBlockStatements` (Biome).",
      },
    ),
    /** How the example maps to a framework. */
    adapter: ({ framework }) => prose(`${ADAPTERS[framework]} Add codes to \`STATUS\` as the service needs them.`),
    /** The error class and the mapping as code. */
    errorClass: (params) =>
      example(
        "ts",
        `
          // src/lib/errors.ts
          const STATUS = {
            BAD_REQUEST: 400,
            VALIDATION_FAILED: ${params.validationStatus},
            UNAUTHENTICATED: 401,
            FORBIDDEN: 403,
            NOT_FOUND: 404,
            CONFLICT: 409,
            TOO_LARGE: 413,
            UNSUPPORTED_TYPE: 415,
            RATE_LIMITED: 429,
            INTERNAL: 500,
            UNAVAILABLE: 503,
          } as const;

          interface Details {
            issues?: { path: string; message: string }[];
            retryAfter?: number; // seconds
          }

          export class AppError extends Error {
            override readonly name = "AppError";
            readonly code: keyof typeof STATUS;
            readonly status: number;
            readonly details: Details;

            constructor(code: keyof typeof STATUS, message: string, { cause, ...details }: Details & ErrorOptions = {}) {
              super(message, { cause });
              this.code = code;
              this.status = STATUS[code];
              this.details = details;
            }
          }

          export interface Context {
            requestId: string;
            log: (error: unknown) => void; // adds the request id
          }

          export function toResponse(error: unknown, { requestId, log }: Context) {
            const known = error instanceof AppError ? error : new AppError("INTERNAL", "Something went wrong here.");
            const { status, code, message, details } = known;
            if (status >= 500) log(error);
            const headers: Record<string, string> = { "content-type": "${CONTENT_TYPES[params.format]}" };
            if (status === 401) headers["www-authenticate"] = "Bearer";
            if (status === 429 || status === 503) headers["retry-after"] = String(details.retryAfter ?? 5);
${indent(bodyOf(params))}
          }
        `,
      ),
    /** A service that throws, a handler, and the wrapper that maps. */
    usage: example(
      "ts",
      `
        // the service
        export async function getBooking(id: string): Promise<Booking> {
          const booking = await bookings.find(id);
          if (booking === undefined) throw new AppError("NOT_FOUND", "There is no booking with this id.");
          return booking;
        }

        type Answer = { status: number; headers?: Record<string, string>; body: unknown };

        // around every handler: respond(async () => ({ status: 200, body: await getBooking(id) }), context)
        export async function respond(handler: () => Promise<Answer>, context: Context): Promise<Answer> {
          try {
            return await handler();
          } catch (error) {
            return toResponse(error, context);
          }
        }
      `,
    ),
  },
  decides: ({ format, envelopeField, codeField, messageField, validationStatus }) => ({
    "errors.shape": format === "envelope" ? `${envelopeField}.{${codeField},${messageField}}` : format,
    "validation.status": validationStatus,
  }),
});

const CONTENT_TYPES = { envelope: "application/json", "problem+json": "application/problem+json" };

/** The fields of the example that the parameters name. */
interface Shape {
  readonly format: keyof typeof CONTENT_TYPES;
  readonly envelopeField: string;
  readonly codeField: string;
  readonly messageField: string;
  readonly problemTypes: string;
}

/** The last lines of the mapping: the body, and the answer. */
function bodyOf({ format, envelopeField, codeField, messageField, problemTypes }: Shape): string[] {
  if (format === "envelope") {
    const fields = [pair(codeField, "code"), pair(messageField, "message"), "requestId", "issues: details.issues"].join(
      ", ",
    );
    return [`return { status, headers, body: { ${envelopeField}: { ${fields} } } };`];
  }
  return [
    'const words = code.toLowerCase().split("_");',
    `const type = "${problemTypes}" + words.join("-");`,
    'const title = code.charAt(0) + words.join(" ").slice(1);',
    "return { status, headers, body: { type, title, status, detail: message, requestId, issues: details.issues } };",
  ];
}

/** As deep as the lines around it. */
function indent(lines: readonly string[]): string {
  return lines.map((line) => " ".repeat(12) + line).join("\n");
}

/** A property of an object literal, short where its name is the variable's. */
function pair(field: string, variable: string): string {
  return field === variable ? field : `${field}: ${variable}`;
}

/** One error class, one shape and one place that maps errors to responses. */
export interface ErrorHandling extends Named<typeof fragment> {}
export const errorHandling: ErrorHandling = fragment;
