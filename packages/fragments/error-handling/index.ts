import { defineFragment, example, md, must, type Named, prose, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

const field = z.string().regex(/^[A-Za-z_]\w*$/);

const fragment = defineFragment({
  id: "error-handling",
  version: manifest.version,
  title: "Error handling",
  summary:
    "One error class, one envelope and one place that maps errors to responses. Choose it for any service that answers requests.",
  params: {
    envelopeField: field.default("error").describe("The field of the response body that holds the error."),
    codeField: field.default("code").describe("The field of the error that holds its machine-readable code."),
    messageField: field.default("message").describe("The field of the error that holds its text for people."),
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
    envelope: ({ envelopeField, codeField, messageField }) =>
      must(
        md`Answer every error as \`{ ${envelopeField}: { ${codeField}, ${messageField} } }\`. Clients branch on \`${codeField}\` (\`NOT_FOUND\`, \`CONFLICT\`), so a published code keeps its meaning; \`${messageField}\` says in a sentence what the client can do.`,
        {
          why: "Messages get reworded; a client that parses them breaks.",
          enforcedBy: "A contract test over the error responses.",
        },
      ),
    /** The one mapping from errors to responses. */
    mapping: must(
      "Map thrown errors to responses in one function, called from the error middleware or from a wrapper around the handlers; no route maps errors by itself.",
      { why: "A second mapping is where a status or a leak differs." },
    ),
    /** Errors that nobody foresaw. */
    unknownErrors: must(
      "Log an unknown error once, with its stack and `cause`, where it is mapped, and answer 500 with code `INTERNAL` and a fixed message.",
      {
        why: "Its own message was written for developers and may name tables, hosts or users.",
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
      "Translate a dependency's failure where you call it: a unique violation to `CONFLICT`, a refused connection or timeout to `UNAVAILABLE`, with the original as `cause`.",
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
    adapter: prose(
      "Express calls `toResponse` in its error middleware; a Next.js route handler or a Lambda function calls it in a wrapper. Add codes to `STATUS` as the service needs them.",
    ),
    /** The error class and the mapping as code. */
    errorClass: ({ envelopeField, codeField, messageField }) =>
      example(
        "ts",
        `
          // src/lib/errors.ts
          const STATUS = {
            UNAUTHENTICATED: 401,
            FORBIDDEN: 403,
            NOT_FOUND: 404,
            CONFLICT: 409,
            RATE_LIMITED: 429,
            UNAVAILABLE: 503,
          } as const;

          export class AppError extends Error {
            override readonly name = "AppError";
            readonly code: keyof typeof STATUS;
            readonly status: number;

            constructor(code: keyof typeof STATUS, message: string, options?: ErrorOptions) {
              super(message, options);
              this.code = code;
              this.status = STATUS[code];
            }
          }

          export function toResponse(error: unknown, log: (error: unknown) => void) {
            if (error instanceof AppError) {
              const { status, code, message } = error;
              return { status, body: { ${envelopeField}: { ${pair(codeField, "code")}, ${pair(messageField, "message")} } } };
            }
            log(error);
            const internal = { ${codeField}: "INTERNAL", ${messageField}: "Something went wrong on our side." };
            return { status: 500, body: { ${envelopeField}: internal } };
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

        // a handler
        export const handleGetBooking = async (id: string) => ({ status: 200, body: await getBooking(id) });

        type Answer = { readonly status: number; readonly body: unknown };

        // the wrapper around every handler: respond(() => handleGetBooking(id), log)
        export async function respond(handler: () => Promise<Answer>, log: (error: unknown) => void): Promise<Answer> {
          try {
            return await handler();
          } catch (error) {
            return toResponse(error, log);
          }
        }
      `,
    ),
  },
  decides: ({ envelopeField, codeField, messageField }) => ({
    "errors.envelope": `${envelopeField}.{${codeField},${messageField}}`,
  }),
});

/** A property of an object literal, short where its name is the variable's. */
function pair(field: string, variable: string): string {
  return field === variable ? field : `${field}: ${variable}`;
}

/** One error class, one envelope and one place that maps errors to responses. */
export interface ErrorHandling extends Named<typeof fragment> {}
export const errorHandling: ErrorHandling = fragment;
