import { defineFragment, example, must, type Named, prose, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const FULFILMENT = { source: "Stripe Docs, Fulfill orders", url: "https://docs.stripe.com/checkout/fulfillment" };

const fragment = defineFragment({
  id: "payments",
  version: manifest.version,
  title: "Payments with Stripe",
  summary: "How money is charged through Stripe and orders are fulfilled. Choose it for services that take payments.",
  rules: {
    /** Card data stays with Stripe. */
    cardData: must(
      "Collect card data only in Stripe Checkout or the Payment Element; never let a card number reach your server, its logs or its database.",
      {
        why: "Card data that you touch puts your servers in the scope of PCI DSS.",
        evidence: [
          { source: "Stripe Docs, Integration security guide", url: "https://docs.stripe.com/security/guide" },
        ],
      },
    ),
    /** Prices decided on the server. */
    serverPrices: must(
      "Price on the server, in integer minor units with an ISO 4217 code (`JPY` has no minor unit); the browser sends product ids and quantities, never amounts.",
      {
        evidence: [
          { source: "Stripe Docs, Supported currencies", url: "https://docs.stripe.com/currencies#zero-decimal" },
        ],
      },
    ),
    /** Idempotency keys on writes to Stripe. */
    idempotencyKey: must(
      "Send an `idempotencyKey` made from your own record with every call that creates, captures or refunds, and a new key when the parameters change.",
      {
        why: "A retry after a lost answer would charge twice; an old key with other parameters is an error.",
        evidence: [
          {
            source: "Stripe API Reference, Idempotent requests",
            url: "https://docs.stripe.com/api/idempotent_requests",
          },
        ],
      },
    ),
    /** Verified events. */
    verifiedEvents: must("Verify each event with `stripe.webhooks.constructEvent`, and keep its default tolerance.", {
      evidence: [{ source: "Stripe Docs, Webhooks", url: "https://docs.stripe.com/webhooks" }],
    }),
    /** Fulfilment from events. */
    fulfilment: must(
      "Fulfil on `checkout.session.completed` and `checkout.session.async_payment_succeeded`, only when `payment_status` is not `unpaid`, and never from the success page.",
      { why: "Customers close the tab, and some methods settle days later.", evidence: [FULFILMENT] },
    ),
    /** One transition per order. */
    oneTransition: must(
      "Move an order out of `pending` with one conditional update, and ship only when that update changed a row; Stripe repeats events and sends them in any order.",
      { evidence: [{ source: "Stripe Docs, Webhooks", url: "https://docs.stripe.com/webhooks" }] },
    ),
    /** Subscription state. */
    subscriptions: should(
      "Grant access from a local copy of the subscription, refreshed from Stripe on `customer.subscription.updated`, `customer.subscription.deleted`, `invoice.paid` and `invoice.payment_failed`.",
      { why: "Access checks then need no call to Stripe, and a missed event is repaired by the next one." },
    ),
    /** Reconciliation. */
    reconciliation: should(
      "Compare yesterday's Stripe charges, refunds and disputes with the orders in a daily job, and alert on every difference.",
      { why: "It finds the event that never arrived." },
    ),
    /** Checkout. */
    checkout: example(
      "ts",
      `
      const stripe = new Stripe(env.STRIPE_SECRET_KEY);

      export async function startCheckout(order: Order): Promise<string> {
        const session = await stripe.checkout.sessions.create(
          {
            mode: "payment",
            client_reference_id: order.id,
            line_items: order.lines.map((line) => ({ price: line.stripePriceId, quantity: line.quantity })),
            success_url: env.APP_URL + "/orders/" + order.id,
            cancel_url: env.APP_URL + "/cart",
          },
          { idempotencyKey: "checkout-" + order.id + "-" + order.version },
        );
        if (session.url === null) throw new Error("Stripe returned a session without a URL");
        return session.url;
      }
      `,
    ),
    /** The webhook endpoint, introduced. */
    endpointNote: prose(
      "The endpoint reads the raw body: `express.raw` here, ahead of `express.json`; `await request.text()` in a Next.js Route Handler.",
    ),
    /** The webhook endpoint and the fulfilment. */
    endpoint: example(
      "ts",
      `
      app.post("/webhooks/stripe", express.raw({ type: "application/json" }), async (req, res) => {
        let event: Stripe.Event;
        try {
          event = stripe.webhooks.constructEvent(
            req.body,
            req.get("stripe-signature") ?? "",
            env.STRIPE_WEBHOOK_SECRET,
          );
        } catch {
          res.status(400).end();
          return;
        }
        await events.storeOnce(event.id, event); // unique id; a worker takes it from here
        res.status(200).end();
      });

      // In the worker, for both checkout.session events.
      export async function fulfil(sessionId: string): Promise<void> {
        const session = await stripe.checkout.sessions.retrieve(sessionId);
        if (session.payment_status === "unpaid" || session.client_reference_id === null) return;
        // UPDATE orders SET status = 'paid' WHERE id = $1 AND status = 'pending', and the shipment, in one transaction
        await orders.markPaidAndShip(session.client_reference_id);
      }
      `,
    ),
    /** Rehearsal. */
    rehearsal: prose(
      "Rehearse with test keys: `stripe listen --forward-to localhost:3000/webhooks/stripe`, then `stripe trigger checkout.session.completed`; subscriptions with test clocks.",
    ),
  },
});

/** How money is charged through Stripe and orders are fulfilled. */
export interface Payments extends Named<typeof fragment> {}
export const payments: Payments = fragment;
