/** A request, and what the answer may look like without a persona's rules and with them. */
export interface Showcase {
  readonly request: string;
  readonly language: string;
  readonly before: string;
  readonly after: string;
  /** What the rules changed. */
  readonly changed: string;
}

/** By persona. Written by hand: a page that shows no difference gives no reason to install anything. */
export const SHOWCASES: { readonly [persona: string]: Showcase } = {
  "backend-developer": {
    request: "Mark orders as paid when Stripe tells us.",
    language: "ts",
    before: `
app.post("/webhooks/stripe", async (req, res) => {
  const event = req.body;
  if (event.type === "checkout.session.completed") {
    await db.order.update({ where: { id: event.data.object.client_reference_id }, data: { status: "paid" } });
  }
  res.json({ received: true });
});`,
    after: `
app.post("/webhooks/stripe", express.raw({ type: "application/json" }), async (req, res) => {
  let event: Stripe.Event;
  try {
    event = stripe.webhooks.constructEvent(req.body, req.get("stripe-signature") ?? "", env.STRIPE_WEBHOOK_SECRET);
  } catch {
    res.status(400).end();
    return;
  }
  await events.storeOnce(event.id, event); // unique id; a worker asks Stripe and moves the order once
  res.status(200).end();
});`,
    changed: "Nobody can post a payment by hand, a repeated event has one effect, and a slow database loses no event.",
  },
  "backend-developer-express": {
    request: "Let customers cancel an order.",
    language: "ts",
    before: `
app.post("/cancelOrder", async (req, res) => {
  await pool.query(\`UPDATE orders SET status = 'cancelled' WHERE id = '\${req.body.id}'\`);
  res.json({ success: true });
});`,
    after: `
// src/orders/routes.ts
router.post("/:id/cancellation", async (req, res) => {
  const { id } = parse(OrderId, req.params);
  res.status(201).json(await orders.cancel(id, req.user));
});

// src/orders/service.ts
export async function cancel(id: string, caller: User): Promise<Order> {
  // UPDATE orders SET status = 'cancelled' WHERE id = $1 AND customer_id = $2 AND status = 'pending' RETURNING *
  const order = await repository.cancelPending(id, caller.id);
  if (order === undefined) throw new AppError("NOT_FOUND", "You have no pending order with this id.");
  return order;
}`,
    changed:
      "Input is parsed and bound, only the owner's pending order changes, and the rule can be tested without HTTP.",
  },
  "backend-developer-lambda": {
    request: "Write the function that bills an order from the queue.",
    language: "ts",
    before: `
export const handler = async (event: any) => {
  for (const record of event.Records) {
    const order = JSON.parse(record.body);
    await new BillingClient(process.env.BILLING_KEY!).charge(order.id, order.total);
  }
};`,
    after: `
const billing = new BillingClient(); // reads its key from Secrets Manager, through a cache

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const batchItemFailures: SQSBatchItemFailure[] = [];
  for (const record of event.Records) {
    try {
      await bill(Order.parse(JSON.parse(record.body))); // idempotent by order id
    } catch (error) {
      logger.error("billing failed", { messageId: record.messageId, error });
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
};`,
    changed:
      "One bad message no longer bills the good ones twice; the key left the environment, and the event has its type.",
  },
  "backend-developer-nextjs": {
    request: "Add a button that cancels a booking.",
    language: "ts",
    before: `
"use server";

export async function cancelBooking(id: string) {
  await prisma.booking.delete({ where: { id } });
}`,
    after: `
"use server";

export async function cancelBooking(_previous: FormState, form: FormData): Promise<FormState> {
  const user = await requireUser();
  const input = parseForm(CancelBooking, form);
  if (!input.ok) return { ok: false, issues: input.issues };
  await bookings.cancel(user, input.value.bookingId); // refuses another user's booking
  revalidatePath("/bookings");
  return { ok: true };
}`,
    changed: "A Server Action is a public endpoint: it now knows its caller, its input and whose booking it is.",
  },
  "serverless-backend-developer": {
    request: "Take the payment, then reserve the stock.",
    language: "ts",
    before: `
export const handler = async (order: Order) => {
  await lambda.send(new InvokeCommand({ FunctionName: "charge", Payload: JSON.stringify(order) }));
  await lambda.send(new InvokeCommand({ FunctionName: "reserve", Payload: JSON.stringify(order) }));
};`,
    after: `
const refund = new LambdaInvoke(this, "Refund", { lambdaFunction: refundFunction });
const reserve = new LambdaInvoke(this, "Reserve", { lambdaFunction: reserveFunction }).addCatch(refund);
const charge = new LambdaInvoke(this, "Charge", { lambdaFunction: chargeFunction });

new StateMachine(this, "OrderWorkflow", { definitionBody: DefinitionBody.fromChainable(charge.next(reserve)) });`,
    changed: "A failed reservation refunds the payment, and one execution shows which step an order is in.",
  },
};
