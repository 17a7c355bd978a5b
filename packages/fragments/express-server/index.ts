import { defineFragment, example, must, type Named } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "express-server",
  version: manifest.version,
  title: "Express on the server",
  summary:
    "How an Express app is composed, in which order its middleware stands, and what it must know of proxies and replicas. Choose it for services on Express 4 or 5.",
  rules: {
    /** The app and the process around it. */
    composition: must(
      "Export `createApp(dependencies)` from `src/app.ts`, which never listens; only `src/server.ts` reads configuration, connects, listens and handles signals.",
      { why: "Tests call the app through supertest, with fakes as dependencies and without a port." },
    ),
    /** Middleware order. */
    order: must(
      "Register middleware in the order of the example, because Express runs it as registered: what stands above `authenticate` is public, and the error handler, with four parameters, comes last.",
    ),
    /** Rejections in Express 4. */
    rejections: must(
      "On Express 4, wrap every `async` handler so that a rejection reaches `next`; Express 5 does so by itself.",
      {
        evidence: [
          { source: "Express, Error handling", url: "https://expressjs.com/en/guide/error-handling.html" },
          { source: "Express, Migrating to Express 5", url: "https://expressjs.com/en/guide/migrating-5.html" },
        ],
        reviewed: "2026-11",
      },
    ),
    /** Errors of the body parser and the router. */
    bodyParser: must(
      "Answer the body parser's errors (`entity.parse.failed`, `entity.too.large`) and the router's `URIError` for a malformed path with their `4xx` status in the project's error envelope; left alone, they count as unknown errors.",
    ),
    /** Behind a load balancer. */
    trustProxy: must(
      "Set `trust proxy` to the number of proxies in front of the service, never to `true`, which lets a client choose its own IP address with a forged `X-Forwarded-For`.",
      {
        why: "Rate limits and audit logs count by that address.",
        evidence: [{ source: "Express behind proxies", url: "https://expressjs.com/en/guide/behind-proxies.html" }],
      },
    ),
    /** Response headers. */
    headers: must(
      "Send security headers through `helmet()` on every response, and write each deviation from its defaults into the call, with the reason beside it.",
    ),
    /** State that replicas share. */
    sharedState: must(
      "Keep rate-limit counters (`express-rate-limit` with `rate-limit-redis`) and sessions (`connect-redis`) in Redis; the in-memory stores count per replica and forget at every deploy.",
    ),
    /** The composition as code. */
    app: example(
      "ts",
      `
      // src/app.ts
      export function createApp({ logger, origins, rateLimit, authenticate, health, orders }: Dependencies): Express {
        const app = express();
        app.set("trust proxy", 1); // the load balancer and nothing else
        app.use(pinoHttp({ logger, genReqId: () => randomUUID() }), helmet(), cors({ origin: origins }));
        app.use(health); // /livez and /readyz
        app.use(rateLimit, express.json({ limit: "100kb" }));
        app.use(authenticate);
        app.use("/v1/orders", orders);
        app.use(() => {
          throw new AppError("NOT_FOUND", "There is no such route.");
        });
        app.use(handleError);
        return app;
      }

      const handleError: ErrorRequestHandler = (error: unknown, req, res, next) => {
        if (res.headersSent) return next(error);
        const log = (err: unknown) => req.log.error({ err });
        const { status, headers, body } = toResponse(translated(error), { requestId: String(req.id), log });
        res.status(status).set(headers).json(body);
      };

      const UNREADABLE = { 400: "BAD_REQUEST", 413: "TOO_LARGE", 415: "UNSUPPORTED_TYPE" } as const;

      /** The body parser throws errors of http-errors; the router, for a path such as /v1/orders/%ff, a URIError. */
      function translated(error: unknown): unknown {
        const malformed = error instanceof URIError && "status" in error;
        const status = malformed ? 400 : isHttpError(error) && error.expose ? error.status : undefined;
        if (status !== 400 && status !== 413 && status !== 415) return error;
        return new AppError(UNREADABLE[status], "The request cannot be read.", { cause: error });
      }
      `,
    ),
  },
});

/** How an Express app is composed, in which order its middleware stands, and what it must know of proxies and replicas. */
export interface ExpressServer extends Named<typeof fragment> {}
export const expressServer: ExpressServer = fragment;
