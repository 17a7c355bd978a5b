import { defineFragment, example, must, type Named, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const STANDARD_WEBHOOKS = {
  source: "Standard Webhooks 1.0.0",
  url: "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md",
};

const fragment = defineFragment({
  id: "webhooks",
  version: manifest.version,
  title: "Webhooks",
  summary: "How webhooks are received, verified and sent. Choose it for services that other systems notify.",
  rules: {
    /** Signature over the raw body. */
    rawSignature: must(
      "Verify the signature over the raw bytes of the body with `crypto.timingSafeEqual` before anything parses it.",
      { why: "JSON that was parsed and written again has other bytes.", evidence: [STANDARD_WEBHOOKS] },
    ),
    /** Age of a delivery. */
    freshness: must(
      "Refuse a delivery whose signed timestamp lies more than 300 seconds from now, before or after; where none is signed, as with GitHub, only the stored id stops a replay.",
      {
        why: "A recorded delivery carries a valid signature for ever.",
        evidence: [
          STANDARD_WEBHOOKS,
          { source: "Stripe Docs, Webhooks (default tolerance)", url: "https://docs.stripe.com/webhooks" },
        ],
      },
    ),
    /** Repeated deliveries. */
    deduplication: must(
      "Store the event under its id with a unique constraint, and answer a repeat with `200` and no second effect.",
      { why: "Senders repeat every delivery whose answer they missed." },
    ),
    /** A quick answer. */
    quickAnswer: must(
      "Verify, store, answer `2xx`, in that order and nothing else; a worker takes the stored events that are not done yet. GitHub gives up after 10 seconds.",
      {
        evidence: [
          {
            source: "GitHub Docs, Best practices for using webhooks",
            url: "https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks",
          },
        ],
      },
    ),
    /** Statuses that steer retries. */
    statuses: must(
      "Answer `400` to a bad signature, `200` to an event type you ignore, and `5xx` only when you could not store the event.",
      { why: "`5xx` asks for a retry, and a retry helps in that case alone." },
    ),
    /** Order of events. */
    ordering: must(
      "Take an event as news that something changed: fetch the current object or compare versions before you write, since deliveries arrive late and out of order.",
      { why: "An old event applied last undoes a newer one." },
    ),
    /** Secrets per endpoint. */
    secretRotation: should(
      "Give each endpoint and environment its own secret, and accept the old and the new one while a secret is rotated.",
    ),
    /** Webhooks that you send. */
    sending: should(
      "Sign what you send with `webhook-id`, `webhook-timestamp` and `webhook-signature`, retry for days with the same id, and refuse targets that resolve to private addresses.",
      {
        why: "A customer's URL is input, and it may point into your network.",
        evidence: [
          STANDARD_WEBHOOKS,
          {
            source: "OWASP Server Side Request Forgery Prevention Cheat Sheet",
            url: "https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html",
          },
        ],
      },
    ),
    /** Verification. */
    verification: example(
      "ts",
      `
      import { createHmac, timingSafeEqual } from "node:crypto";

      const TOLERANCE_SECONDS = 300;

      /** Standard Webhooks: "v1," and the base64 of HMAC-SHA256 over "id.timestamp.body". */
      export function isAuthentic(body: Buffer, headers: Headers, secrets: readonly string[]): boolean {
        const id = headers.get("webhook-id");
        const timestamp = headers.get("webhook-timestamp");
        if (id === null || timestamp === null) return false;
        const age = Math.abs(Date.now() / 1000 - Number(timestamp));
        if (!(age <= TOLERANCE_SECONDS)) return false; // also refuses NaN

        const sent = (headers.get("webhook-signature") ?? "")
          .split(" ")
          .filter((part) => part.startsWith("v1,"))
          .map((part) => Buffer.from(part.slice(3), "base64"));
        return secrets.some((secret) => {
          const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
          const expected = createHmac("sha256", key).update(id + "." + timestamp + ".").update(body).digest();
          return sent.some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
        });
      }
      `,
    ),
  },
});

/** How webhooks are received, verified and sent. */
export interface Webhooks extends Named<typeof fragment> {}
export const webhooks: Webhooks = fragment;
