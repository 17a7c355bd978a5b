import { defineFragment, example, must, type Named, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const PROMPT_INJECTION = {
  source: "OWASP LLM Prompt Injection Prevention Cheat Sheet",
  url: "https://cheatsheetseries.owasp.org/cheatsheets/LLM_Prompt_Injection_Prevention_Cheat_Sheet.html",
};

const fragment = defineFragment({
  id: "third-party-apis",
  version: manifest.version,
  title: "Third-party and LLM APIs",
  summary: "How other companies' APIs and language models are called. Choose it for services that depend on a vendor.",
  rules: {
    /** One client per vendor. */
    oneClient: must(
      "Give each vendor one module (`src/lib/geocoder.ts`), the only one that imports its SDK or knows its URL; it parses responses with a schema, returns your types and throws your errors.",
      { why: "A vendor's change then breaks one file, with a message that names the field." },
    ),
    /** Credentials and tests per environment. */
    sandboxKeys: must(
      "Use separate keys per environment, refuse a live key (`sk_live_`) outside production at start-up, and replay recorded responses in tests.",
      { why: "A test suite with a live key charges, mails and deletes for real." },
    ),
    /** Addresses that callers supply. */
    serverSideRequests: must(
      "Fetch a URL that a caller supplied only if its host is on an allow-list; for webhook targets, resolve the name, refuse private addresses, and follow no redirects.",
      {
        evidence: [
          {
            source: "OWASP Server-Side Request Forgery Prevention Cheat Sheet",
            url: "https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html",
          },
        ],
      },
    ),
    /** Output of a language model. */
    llmOutput: must(
      "Parse LLM output against a schema and treat it as user input: never pass it to SQL, a shell, `eval`, `fetch` or unescaped HTML.",
      {
        evidence: [
          {
            source: "OWASP Top 10 for LLM Applications 2026, LLM10 Improper Output Handling",
            url: "https://github.com/GenAI-Security-Project/GenAI-LLM-Top10/blob/main/2026/final/LLM10_ImproperOutputHandling.md",
          },
        ],
      },
    ),
    /** Prompt injection. */
    promptInjection: must(
      "Keep untrusted text (messages, documents, web pages) out of the system prompt, run tools with the caller's rights and from an allow-list, and have a person confirm what cannot be undone.",
      { why: "No filter stops injection; limits on what the model may do contain it.", evidence: [PROMPT_INJECTION] },
    ),
    /** Tokens as a budget. */
    tokenBudget: must(
      "Set an output token limit on every LLM call, refuse input above your own limit before you send it, and count tokens per user against a quota.",
      {
        why: "One user in a loop can spend the month's budget in a night.",
        evidence: [
          {
            source: "OWASP Top 10 for LLM Applications 2026, LLM06 Unbounded Consumption",
            url: "https://github.com/GenAI-Security-Project/GenAI-LLM-Top10/blob/main/2026/final/LLM06_UnboundedConsumption.md",
          },
        ],
      },
    ),
    /** Pagination. */
    pagination: should(
      "Follow the vendor's cursor to the end in an async generator, with a page limit that throws; never take the first page for the list.",
    ),
    /** Vendor rate limits. */
    rateLimits: should(
      "Read the remaining quota from the response headers (`RateLimit-Remaining`, `X-RateLimit-Remaining` or the vendor's own), slow down before it is spent, and share one limiter per vendor key across instances.",
      { why: "Each instance sees a part of the traffic, the vendor all of it." },
    ),
    /** Streaming. */
    streaming: should(
      "Stream LLM answers to the client over SSE, abort the upstream call when the client leaves, and store the text only after a final stop reason.",
      { why: "An abandoned stream goes on costing tokens." },
    ),
    /** A vendor client. */
    client: example(
      "ts",
      `
      // src/lib/geocoder.ts
      const MAX_PAGES = 20;

      export async function* places(query: string, signal: AbortSignal): AsyncGenerator<Place> {
        let cursor: string | null = null;
        for (let page = 0; page < MAX_PAGES; page++) {
          const url = new URL("/v1/places", env.GEOCODER_URL);
          url.searchParams.set("q", query);
          if (cursor !== null) url.searchParams.set("cursor", cursor);
          const unavailable = (cause: unknown) =>
            new AppError("UNAVAILABLE", "Addresses cannot be looked up at the moment.", { cause });
          const headers = { authorization: "Bearer " + env.GEOCODER_KEY };
          const response = await fetch(url, { headers, signal }).catch((cause: unknown) => {
            throw unavailable(cause);
          });
          if (!response.ok) throw unavailable(new Error("The geocoder answered " + response.status));
          const body = parse(PlacesPage, await response.json()); // the schema; throws on another shape
          yield* body.items;
          if (body.next === null) return;
          cursor = body.next;
        }
        throw new Error("geocoder: more than " + MAX_PAGES + " pages");
      }
      `,
    ),
  },
});

/** How other companies' APIs and language models are called. */
export interface ThirdPartyApis extends Named<typeof fragment> {}
export const thirdPartyApis: ThirdPartyApis = fragment;
