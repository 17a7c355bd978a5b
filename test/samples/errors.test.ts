import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runningSamples } from "./running.ts";

// What the samples on errors promise, asked of the samples themselves.

const { load, run } = await runningSamples({
  "error-handling": { envelopeField: "fault", codeField: "kind", messageField: "text" },
});
const { AppError, toResponse } = await run("error-handling/errorClass");

const log = vi.fn();
const context = { requestId: "r-1", log };
beforeEach(() => log.mockClear());

describe("the error mapping", () => {
  test("logs an outage with its cause, says when to come back, and carries the request id", () => {
    const cause = new Error("connect ECONNREFUSED 10.0.0.5:5432");
    const error = new AppError("UNAVAILABLE", "Try again soon.", { cause, retryAfter: 30 });
    const { status, headers, body } = toResponse(error, context);
    expect(log.mock.calls).toEqual([[error]]);
    expect(error.cause).toBe(cause);
    expect(status).toBe(503);
    expect(headers).toEqual({ "content-type": "application/json", "retry-after": "30" });
    expect(body).toEqual({ error: { code: "UNAVAILABLE", message: "Try again soon.", requestId: "r-1" } });
    expect(JSON.stringify(body)).not.toContain("10.0.0.5");
  });

  test.each([
    ["RATE_LIMITED", 429],
    ["UNAVAILABLE", 503],
  ])("never answers %s without Retry-After", (code, status) => {
    expect(toResponse(new AppError(code, "Later."), context)).toMatchObject({
      status,
      headers: { "retry-after": "5" },
    });
  });

  test("logs an unknown error and keeps its words to itself", () => {
    const error = new TypeError("relation users_v2 does not exist");
    const { status, body } = toResponse(error, context);
    expect(log.mock.calls).toEqual([[error]]);
    expect(status).toBe(500);
    expect(body).toEqual({ error: { code: "INTERNAL", message: "Something went wrong here.", requestId: "r-1" } });
  });

  test("does not log what the caller did wrong", () => {
    expect(toResponse(new AppError("NOT_FOUND", "There is none."), context)).toMatchObject({ status: 404 });
    expect(log).not.toHaveBeenCalled();
  });

  test("names the scheme with each 401", () => {
    const { headers } = toResponse(new AppError("UNAUTHENTICATED", "Sign in."), context);
    expect(headers).toMatchObject({ "www-authenticate": "Bearer" });
    expect(headers).not.toHaveProperty("retry-after");
  });

  test("answers flat problem details where that is the format", async () => {
    const problem = await run("error-handling/errorClass", "application/problem+json");
    const issues = [{ path: "guests", message: "Too many." }];
    const error = new problem.AppError("VALIDATION_FAILED", "The booking is not valid.", { issues });
    expect(problem.toResponse(error, context)).toEqual({
      status: 400,
      headers: { "content-type": "application/problem+json" },
      body: {
        type: "https://api.example.com/problems/validation-failed",
        title: "Validation failed",
        status: 400,
        detail: "The booking is not valid.",
        requestId: "r-1",
        issues,
      },
    });
  });

  test("takes the names of a team's own envelope", async () => {
    const { AppError: Renamed, toResponse: respond } = await run("error-handling/errorClass", "fault: {");
    const { body } = respond(new Renamed("CONFLICT", "Taken."), context);
    expect(body).toEqual({ fault: { kind: "CONFLICT", text: "Taken.", requestId: "r-1" } });
  });

  test("is reached by every handler through one wrapper", async () => {
    const { getBooking, respond } = await run("error-handling/usage");
    vi.stubGlobal("bookings", { find: async () => undefined });
    const answer = await respond(async () => ({ status: 200, body: await getBooking("1") }), context);
    expect(answer).toMatchObject({ status: 404, body: { error: { code: "NOT_FOUND" } } });
  });
});

describe.each(["zod", "yup", "joi", "valibot"])("a body that %s parses", (validator) => {
  const listingId = "6f1f8f4e-8f3c-4b52-9a57-0d5f3a0f3c11";
  const createBooking = vi.fn(async () => ({ id: "b-1" }));
  const post = async (body: unknown) => {
    const { postBooking } = await run("input-validation/pattern", `from "${validator}"`);
    vi.stubGlobal("createBooking", createBooking);
    return await postBooking(body);
  };
  const refusal = async (body: unknown) => {
    const error = await post(body).catch((reason: unknown) => reason);
    return toResponse(error, context);
  };

  test("creates a resource and says where it is", async () => {
    expect(await post({ listingId, guests: 2 })).toEqual({
      status: 201,
      headers: { location: "/v1/bookings/b-1" },
      body: { id: "b-1" },
    });
  });

  test("is refused in the one shape, with every issue", async () => {
    const { status, body } = await refusal({ listingId: "x", guests: 17 });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: "VALIDATION_FAILED", requestId: "r-1" } });
    expect(body.error.issues.map(({ path }: { path: string }) => path).sort()).toEqual(["guests", "listingId"]);
    for (const { message } of body.error.issues) expect(message).toMatch(/\w/);
  });

  test.each([
    ["a key that nobody declared", { listingId, guests: 2, ownerId: "someone" }],
    ["a number as text", { listingId, guests: "2" }],
    ["no object", null],
    ["nothing", undefined],
  ])("is refused with %s", async (_what, body) => {
    createBooking.mockClear();
    expect(await refusal(body)).toMatchObject({ status: 400, body: { error: { code: "VALIDATION_FAILED" } } });
    expect(createBooking).not.toHaveBeenCalled();
  });
});

describe("the Express app", async () => {
  const { createApp } = await run("express-server/app");
  const lines: { level: number; req?: { id: string }; err?: { message: string; stack: string } }[] = [];
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    const { default: express } = await load("express");
    const { default: pino } = await load("pino");
    const orders = express.Router();
    orders.get("/outage", async () => {
      throw new AppError("UNAVAILABLE", "Try again.", { cause: new Error("connection refused"), retryAfter: 7 });
    });
    orders.get("/:id", (_req: unknown, res: { json(body: object): void }) => res.json({}));
    const next = (_req: unknown, _res: unknown, pass: () => void) => pass();
    const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const app = createApp({
      logger,
      origins: [],
      rateLimit: next,
      authenticate: next,
      health: express.Router(),
      orders,
    });
    server = createServer(app).listen(0);
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  test("logs an outage once, with stack, cause and the id that the client gets", async () => {
    lines.length = 0;
    const response = await fetch(`${origin}/v1/orders/outage`);
    const { error } = (await response.json()) as { error: { requestId: string } };
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(error).toMatchObject({ code: "UNAVAILABLE", requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const errors = lines.filter(({ level }) => level >= 50);
    expect(errors).toMatchObject([
      { req: { id: error.requestId }, err: { message: "Try again.: connection refused" } },
    ]);
    expect(errors[0]?.err?.stack).toMatch(/^AppError: Try again\.\n {4}at [\s\S]*caused by: Error: connection refused/);
  });

  test.each<[what: string, path: string, request: RequestInit, status: number, code: string]>([
    ["an unknown route", "/nowhere", {}, 404, "NOT_FOUND"],
    ["a malformed path", "/v1/orders/%ff", {}, 400, "BAD_REQUEST"],
    ["a body that is not JSON", "/v1/orders", json("{"), 400, "BAD_REQUEST"],
    ["a body that is too large", "/v1/orders", json(`"${"a".repeat(200_000)}"`), 413, "TOO_LARGE"],
    ["a charset that nobody reads", "/v1/orders", json("{}", "; charset=x-none"), 415, "UNSUPPORTED_TYPE"],
  ])("answers %s in the one shape, and logs no error", async (_what, path, request, status, code) => {
    lines.length = 0;
    const response = await fetch(origin + path, request);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code, requestId: expect.any(String) } });
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
  });

  function json(body: string, more = ""): RequestInit {
    return { method: "POST", headers: { "content-type": `application/json${more}` }, body };
  }
});

describe("the client of another API", () => {
  const answers = vi.fn<() => Promise<Response>>();
  const all = async () => {
    vi.stubGlobal("env", { GEOCODER_URL: "https://geocoder.example", GEOCODER_KEY: "key" });
    vi.stubGlobal("parse", (_schema: unknown, value: unknown) => value);
    vi.stubGlobal("PlacesPage", {});
    vi.stubGlobal("fetch", answers);
    const { places } = await run("third-party-apis/client");
    try {
      const found: unknown[] = [];
      for await (const place of places("Rome", new AbortController().signal)) found.push(place);
      return found;
    } finally {
      vi.unstubAllGlobals();
    }
  };

  test("follows the pages to the last", async () => {
    answers.mockResolvedValueOnce(Response.json({ items: [1], next: "b" }));
    answers.mockResolvedValueOnce(Response.json({ items: [2], next: null }));
    expect(await all()).toEqual([1, 2]);
  });

  test("stops at a bound", async () => {
    answers.mockImplementation(async () => Response.json({ items: [], next: "again" }));
    await expect(all()).rejects.toThrow("more than 20 pages");
  });

  test("turns a failure into an outage that names its cause in the log", async () => {
    answers.mockImplementation(async () => new Response("", { status: 502 }));
    const error = await all().catch((reason: unknown) => reason);
    expect(toResponse(error, context).status).toBe(503);
    expect(log.mock.calls).toMatchObject([[{ cause: { message: "The geocoder answered 502" } }]]);
  });
});
