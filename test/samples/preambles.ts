/** What a TypeScript sample takes for granted, so that it can be compiled and run. */
export interface Preamble {
  /** Samples that stand before it and belong to the same module. */
  readonly after?: readonly string[];
  /**
   * Imports and declarations that its reader has in mind, behind the sample in one module. What is only declared here, a
   * test that runs the sample puts in place as a global.
   */
  readonly code?: string;
}

const APP_ERROR = 'import { AppError } from "./error-handling.errorClass.ts";';

const LOGGER = `
  import type { Logger } from "pino";
  declare const logger: Logger;
`;

/** The one helper that samples share: it parses a value with a schema, or throws. */
const PARSE = `
  import type { ZodType } from "zod";
  declare function parse<Value>(schema: ZodType<Value>, value: unknown): Value;
`;

const USER = "interface User { readonly id: string; readonly tenantId: string }";

const SCHEMA_OF_BOOKING = `
  ${APP_ERROR}
  declare function createBooking(booking: NewBooking): Promise<{ readonly id: string }>;
`;

/** By the id of the sample. A sample that is not here stands alone. */
export const PREAMBLES: { readonly [id: string]: Preamble } = {
  "error-handling/usage": {
    code: `
      import { AppError, type Context, toResponse } from "./error-handling.errorClass.ts";
      interface Booking { readonly id: string }
      declare const bookings: { find(id: string): Promise<Booking | undefined> };
    `,
  },

  "input-validation/pattern": { code: SCHEMA_OF_BOOKING },

  "authorization/rbacCode": {
    code: `
      ${APP_ERROR}
      interface Booking { readonly id: string; readonly ownerId: string }
      declare const bookings: {
        find(tenantId: string, id: string): Promise<Booking | undefined>;
        cancel(id: string): Promise<void>;
      };
    `,
  },

  "lambda-durable-functions/saga": {
    code: `
      ${APP_ERROR}
      interface Order { readonly id: string; readonly total: number; readonly items: readonly string[] }
      declare const payments: {
        charge(orderId: string, total: number): Promise<string>;
        refund(orderId: string): Promise<void>;
      };
      declare const inventory: {
        reserve(orderId: string, items: readonly string[]): Promise<string>;
        release(orderId: string): Promise<void>;
      };
      declare const warehouse: {
        requestShipment(orderId: string, callbackId: string): Promise<void>;
        cancelShipment(orderId: string): Promise<void>;
      };
    `,
  },

  "session-tokens/sessionCode": {
    code: `
      declare const sessions: {
        insert(tokenHash: string, userId: string): Promise<void>;
        find(tokenHash: string): Promise<string | undefined>;
        delete(tokenHash: string): Promise<void>;
      };
    `,
  },

  "session-tokens/jwtCode": {
    code: `
      ${APP_ERROR}
      declare const env: { readonly JWT_SECRET: string };
    `,
  },

  "session-tokens/refreshCode": {
    after: ["session-tokens/sessionCode", "session-tokens/jwtCode"],
    code: `
      declare const families: {
        insert(id: string, userId: string, tokenHash: string): Promise<void>;
        rotate(id: string, presentedHash: string, nextHash: string): Promise<string | undefined>;
        delete(id: string): Promise<void>;
      };
    `,
  },

  "containers/shutdownHandler": {
    code: `
      ${LOGGER}
      import type { Express } from "express";
      import type { Pool } from "pg";
      declare const app: Express;
      declare const pool: Pool;
    `,
  },

  "third-party-apis/client": {
    code: `
      ${APP_ERROR}
      ${PARSE}
      interface Place { readonly name: string }
      declare const PlacesPage: ZodType<{ readonly items: readonly Place[]; readonly next: string | null }>;
      declare const env: { readonly GEOCODER_URL: string; readonly GEOCODER_KEY: string };
    `,
  },

  "payments/checkout": {
    code: `
      import Stripe from "stripe";
      interface Order {
        readonly id: string;
        readonly version: number;
        readonly lines: readonly { readonly stripePriceId: string; readonly quantity: number }[];
      }
      declare const env: { readonly STRIPE_SECRET_KEY: string; readonly APP_URL: string };
    `,
  },

  "payments/endpoint": {
    code: `
      import express, { type Express } from "express";
      import Stripe from "stripe";
      declare const app: Express;
      declare const stripe: Stripe;
      declare const env: { readonly STRIPE_WEBHOOK_SECRET: string };
      declare const events: { storeOnce(id: string, event: Stripe.Event): Promise<void> };
      declare const orders: { markPaidAndShip(id: string): Promise<void> };
    `,
  },

  "email-delivery/mailer": {
    code: `
      import nodemailer from "nodemailer";
      import { Resend } from "resend";
      declare const env: { readonly RESEND_API_KEY: string; readonly SMTP_URL: string; readonly MAIL_FROM: string };
    `,
  },

  "file-storage/signedUpload": {
    code: `
      ${APP_ERROR}
      ${USER}
      import { randomUUID } from "node:crypto";
      import type { S3Client } from "@aws-sdk/client-s3";
      import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
      interface Upload {
        readonly key: string;
        readonly ownerId: string;
        readonly name: string;
        readonly type: string;
        readonly status: "pending" | "clean";
      }
      declare const s3: S3Client;
      declare const uploads: { insert(upload: Upload): Promise<void> };
      declare const env: { readonly UPLOAD_BUCKET: string };
    `,
  },

  "background-jobs/queue": {
    code: `
      ${LOGGER}
      ${PARSE}
      import { Queue, Worker } from "bullmq";
      declare const MailJob: ZodType<{ readonly bookingId: string }>;
      declare function sendConfirmation(bookingId: string): Promise<void>;
      declare const env: { readonly REDIS_URL: string };
    `,
  },

  "real-time/server": {
    code: `
      ${LOGGER}
      ${PARSE}
      ${USER}
      import { toResponse } from "./error-handling.errorClass.ts";
      import { randomUUID } from "node:crypto";
      import type { Server as HttpServer } from "node:http";
      import { createAdapter } from "@socket.io/redis-streams-adapter";
      import type { createClient } from "redis";
      import { Server } from "socket.io";
      declare const httpServer: HttpServer;
      declare const redis: ReturnType<typeof createClient>;
      declare function userOf(cookie: string | undefined): Promise<User>;
      declare const WatchBooking: ZodType<{ readonly bookingId: string; readonly lastEventId: string }>;
      declare const bookings: { assertReadable(user: User, bookingId: string): Promise<void> };
      declare const bookingEvents: { after(bookingId: string, eventId: string): Promise<readonly object[]> };
      declare const env: { readonly ALLOWED_ORIGINS: readonly string[] };
    `,
  },

  "nextjs-server/action": {
    code: `
      ${APP_ERROR}
      ${USER}
      import { revalidatePath } from "next/cache";
      import type { ZodType } from "zod";
      interface Issue { readonly path: string; readonly message: string }
      type FormState =
        | { readonly ok: true }
        | { readonly ok: false; readonly code?: string; readonly message?: string; readonly issues?: readonly Issue[] };
      declare const CancelBooking: ZodType<{ readonly bookingId: string }>;
      declare function requireUser(): Promise<User>;
      declare function parseForm<Value>(
        schema: ZodType<Value>,
        form: FormData,
      ): { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly issues: readonly Issue[] };
      declare const bookings: { cancel(user: User, bookingId: string): Promise<void> };
    `,
  },

  "graphql/loaders": {
    code: `
      ${USER}
      import DataLoader from "dataloader";
      interface Listing { readonly id: string }
      interface Booking { readonly listingId: string }
      type Context = ReturnType<typeof createContext>;
      declare const listings: { findVisible(user: User, ids: readonly string[]): Promise<readonly Listing[]> };
    `,
  },

  "express-server/app": {
    code: `
      import { AppError, toResponse } from "./error-handling.errorClass.ts";
      import { randomUUID } from "node:crypto";
      import cors from "cors";
      import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from "express";
      import helmet from "helmet";
      import { isHttpError } from "http-errors";
      import type { Logger } from "pino";
      import { pinoHttp } from "pino-http";
      interface Dependencies {
        readonly logger: Logger;
        readonly origins: string[];
        readonly rateLimit: RequestHandler;
        readonly authenticate: RequestHandler;
        readonly health: Router;
        readonly orders: Router;
      }
    `,
  },
};
