import { defineFragment, example, md, must, type Named, prose, raw, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** What each validator calls things, and the pattern in its own code. */
const VALIDATORS = {
  zod: {
    name: "`zod` 4",
    upgrade:
      " On zod 3, write `z.string().uuid()`, `z.number().int()` and `z.string().url()`, and suggest the upgrade in the report.",
    strictKeys: "`z.strictObject`",
    type: "Infer the TypeScript type from the schema with `z.infer`; never declare it a second time.",
    coercion: "`z.coerce.number()`",
    code: (status: number) => `
      import { z } from "zod";

      const NewBooking = z.strictObject({
        listingId: z.uuid(),
        guests: z.int().min(1).max(16),
        note: z.string().max(500).optional(),
      });

      export type NewBooking = z.infer<typeof NewBooking>;

      export async function postBooking(body: unknown) {
        const parsed = NewBooking.safeParse(body);
        if (!parsed.success) {
          const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
          throw new AppError("VALIDATION_FAILED", "The booking is not valid.", { issues }); // ${status}
        }
        const booking = await createBooking(parsed.data); // data: NewBooking
        return { status: 201, headers: { location: "/v1/bookings/" + booking.id }, body: booking };
      }
    `,
  },
  yup: {
    name: "`yup`",
    upgrade: "",
    strictKeys: "`.noUnknown()` with `strict: true`",
    type: "Infer the TypeScript type from the schema with `InferType`; never declare it a second time.",
    coercion: "`schema.cast`",
    code: (status: number) => `
      import { type InferType, number, object, string, ValidationError } from "yup";

      const NewBooking = object({
        listingId: string().uuid().required(),
        guests: number().integer().min(1).max(16).required(),
        note: string().max(500),
      })
        .noUnknown()
        .required();

      export type NewBooking = InferType<typeof NewBooking>;

      /** yup throws; this returns. \`strict\` turns its conversions off. */
      function safeParse(body: unknown) {
        try {
          return { success: true, data: NewBooking.validateSync(body, { strict: true, abortEarly: false }) } as const;
        } catch (error) {
          if (!(error instanceof ValidationError)) throw error;
          const failures = error.inner.length === 0 ? [error] : error.inner;
          return { success: false, issues: failures.map(({ path = "", message }) => ({ path, message })) } as const;
        }
      }

      export async function postBooking(body: unknown) {
        const parsed = safeParse(body);
        if (!parsed.success) {
          throw new AppError("VALIDATION_FAILED", "The booking is not valid.", { issues: parsed.issues }); // ${status}
        }
        const booking = await createBooking(parsed.data); // data: NewBooking
        return { status: 201, headers: { location: "/v1/bookings/" + booking.id }, body: booking };
      }
    `,
  },
  joi: {
    name: "`joi`",
    upgrade: "",
    strictKeys: "joi's default; never `.unknown()`",
    type: "Declare the TypeScript type beside the schema and tie the two with `Joi.object<Type, true>`, so that a field missing from one fails the build.",
    coercion: "`convert: true`",
    code: (status: number) => `
      import Joi from "joi";

      export interface NewBooking {
        listingId: string;
        guests: number;
        note?: string;
      }

      const NewBooking = Joi.object<NewBooking, true>({
        listingId: Joi.string().guid().required(),
        guests: Joi.number().integer().min(1).max(16).required(),
        note: Joi.string().max(500),
      }).required();

      export async function postBooking(body: unknown) {
        const parsed = NewBooking.validate(body, { abortEarly: false, convert: false });
        if (parsed.error !== undefined) {
          const issues = parsed.error.details.map(({ path, message }) => ({ path: path.join("."), message }));
          throw new AppError("VALIDATION_FAILED", "The booking is not valid.", { issues }); // ${status}
        }
        const booking = await createBooking(parsed.value); // value: NewBooking
        return { status: 201, headers: { location: "/v1/bookings/" + booking.id }, body: booking };
      }
    `,
  },
  valibot: {
    name: "`valibot`",
    upgrade: "",
    strictKeys: "`v.strictObject`",
    type: "Infer the TypeScript type from the schema with `v.InferOutput`; never declare it a second time.",
    coercion: "`v.pipe(v.string(), v.toNumber())`",
    code: (status: number) => `
      import * as v from "valibot";

      const NewBooking = v.strictObject({
        listingId: v.pipe(v.string(), v.uuid()),
        guests: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
        note: v.optional(v.pipe(v.string(), v.maxLength(500))),
      });

      export type NewBooking = v.InferOutput<typeof NewBooking>;

      export async function postBooking(body: unknown) {
        const parsed = v.safeParse(NewBooking, body);
        if (!parsed.success) {
          const issues = parsed.issues.map((issue) => ({ path: v.getDotPath(issue) ?? "", message: issue.message }));
          throw new AppError("VALIDATION_FAILED", "The booking is not valid.", { issues }); // ${status}
        }
        const booking = await createBooking(parsed.output); // output: NewBooking
        return { status: 201, headers: { location: "/v1/bookings/" + booking.id }, body: booking };
      }
    `,
  },
};

const fragment = defineFragment({
  id: "input-validation",
  version: manifest.version,
  title: "Input validation",
  summary:
    "How input is parsed at the boundary, and what a client hears when it is wrong. Choose it for any service that takes input it does not control.",
  params: {
    validator: z.enum(["zod", "yup", "joi", "valibot"]).default("zod").describe("The validation library."),
    validationStatus: z
      .union([z.literal(400), z.literal(422)])
      .default(400)
      .describe("The HTTP status for input that a schema refuses."),
  },
  rules: {
    /** The place of validation. */
    boundary: ({ validator }) =>
      must(
        md`Parse every input with a ${raw(VALIDATORS[validator].name)} schema where it enters (body, query, path parameters, headers, queue messages, webhooks), and pass on only the parsed value.${raw(VALIDATORS[validator].upgrade)}`,
        {
          why: "Code behind the boundary can then trust its types.",
          evidence: [
            {
              source: "OWASP Input Validation Cheat Sheet",
              url: "https://cheatsheetseries.owasp.org/cheatsheets/Input_Validation_Cheat_Sheet.html",
            },
            ...(validator === "zod" ? [{ source: "Zod, Migration guide", url: "https://zod.dev/v4/changelog" }] : []),
          ],
          ...(validator === "zod" && { reviewed: "2026-11" }),
        },
      ),
    /** The answer to invalid input. */
    failure: ({ validationStatus }) =>
      must(
        validationStatus === 400
          ? "Answer refused input with 400, code `VALIDATION_FAILED` and all its issues, each with `path` and `message`; never stop at the first."
          : "Answer refused input with 422, code `VALIDATION_FAILED` and all its issues, each with `path` and `message`; a body that is not JSON gets 400.",
        {
          why: "A form can mark every wrong field after one request.",
          evidence: [
            validationStatus === 400
              ? {
                  source: "RFC 9110 section 15.5.1",
                  url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.1",
                }
              : {
                  source: "RFC 9110 section 15.5.21",
                  url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.21",
                },
          ],
        },
      ),
    /** Fields that nobody declared. */
    strictKeys: ({ validator }) =>
      must(
        `Refuse keys in a request body that its schema does not declare (${VALIDATORS[validator].strictKeys}), so that no caller slips in a \`role\` or an \`ownerId\`.`,
        {
          why: "Spreading a body into an update is how mass assignment happens.",
          evidence: [
            {
              source: "OWASP Mass Assignment Cheat Sheet",
              url: "https://cheatsheetseries.owasp.org/cheatsheets/Mass_Assignment_Cheat_Sheet.html",
            },
          ],
        },
      ),
    /** Upper limits on input. */
    bounds: must(
      "Give every string a maximum length, every array a maximum number of items and every number a range, and cap the body size in the server's own configuration.",
      {
        why: "Unbounded input is memory and CPU that strangers spend.",
        evidence: [
          {
            source: "OWASP API Security Top 10 2023, API4 Unrestricted Resource Consumption",
            url: "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
          },
        ],
      },
    ),
    /** The type that goes with a schema. */
    inferredType: ({ validator }) =>
      must(VALIDATORS[validator].type, {
        why: "Two declarations drift, and the compiler then vouches for data nobody checked.",
        enforcedBy: "tsc",
      }),
    /** Conversion of strings. */
    coercion: ({ validator }) =>
      should(
        `Convert strings only in query and path, where HTTP has no other type (${VALIDATORS[validator].coercion}); refuse a JSON body that sends \`"2"\` for a number.`,
        { why: "Silent conversion hides the client's bug until the value is one that does not convert." },
      ),
    /** How the example maps to a framework. */
    adapter: prose("The service's one error mapping answers the `AppError` below, with its issues."),
    /** Schema, parse, failure and typed data as code. */
    pattern: ({ validator, validationStatus }) => example("ts", VALIDATORS[validator].code(validationStatus)),
  },
  decides: ({ validator, validationStatus }) => ({
    "validation.library": validator,
    "validation.status": validationStatus,
  }),
});

/** How input is parsed at the boundary, and what a client hears when it is wrong. */
export interface InputValidation extends Named<typeof fragment> {}
export const inputValidation: InputValidation = fragment;
