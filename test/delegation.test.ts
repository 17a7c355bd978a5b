import MiniSearch from "minisearch";
import { describe, expect, test } from "vitest";
import { loadUnits } from "../scripts/units.ts";

/** What people ask for, in their words, by the persona that should get it; "none" is for some other agent. */
const REQUESTS: { readonly [persona: string]: readonly string[] } = {
  "backend-developer": [
    "Set up the database for my new side project with Supabase",
    "We have a FastAPI service in Python, add an endpoint that exports invoices",
    "Integrate Stripe subscriptions into our API",
    "There is no backend yet: build an API for a recipe app from scratch",
    "Add a cron job that emails a weekly report",
    "Set up CI/CD and deploy the backend with Docker",
    "Row-level security (RLS) in Postgres, so that tenants can't see each other's rows",
    "Call an LLM API from the server and stream the answer",
    "Users say the real-time chat drops messages, fix the WebSocket server",
    "Review our authentication and rate limiting for security holes",
  ],
  "backend-developer-express": [
    "Our Express app crashes when a route throws",
    "Write a NestJS module for invoices with a repository",
    "The RabbitMQ consumer processes some messages twice",
    "Shrink our Dockerfile and run it as non-root on ECS",
    "Add middleware that checks the bearer token in Fastify",
    "Slow query on the orders table in MySQL",
    "Kafka consumer lag keeps growing",
    "A rolling release on Kubernetes drops requests when pods stop",
    "Add a repository method for refunds to the Node.js service",
    "Graceful shutdown for our Node.js containers",
  ],
  "backend-developer-lambda": [
    "The cold start of my Lambda function takes three seconds",
    "Write a Lambda handler that resizes avatars",
    "Too many Postgres connections from Lambda",
    "Validate the input of our Lambda endpoint",
    "Verify tokens in a Lambda authorizer",
    "Write the CDK code for this one function with least privilege",
    "Write unit tests with mock events for the handler",
    "Upgrade the function from Node.js 20 to the current Lambda runtime",
    "Read the current documentation of the AWS SDK before you change the handler",
    "The handler logs plain text, we need structured logs in Lambda",
  ],
  "backend-developer-nextjs": [
    "Write a server action that saves the profile form",
    "Add a route handler for the booking webhook in our Next.js app",
    "The NextAuth session is lost after sign-in",
    "The Prisma query on the listings page is slow",
    "Revalidate the product page after an update in the App Router",
    "Protect the admin pages in Next.js middleware",
    "Add a Prisma migration for reviews",
    "Where should I cache this fetch in a server component?",
    "Add Google login with NextAuth",
    "Send the confirmation email from a background job in our Next.js app",
  ],
  "serverless-backend-developer": [
    "Design an order workflow with Step Functions that refunds when shipping fails",
    "Events from EventBridge get lost before they reach the queue",
    "Choose partition keys for our DynamoDB table",
    "Fan out one SNS topic to several SQS queues",
    "AppSync subscriptions for live prices",
    "Our AWS bill for the event-driven system exploded, it costs too much",
    "A dead letter queue for every consumer in our serverless system",
    "Design a serverless architecture for ticket sales on AWS",
    "Aurora or DynamoDB for the catalogue?",
    "Throttle and cache our API Gateway",
  ],
  none: [
    "Center the login button on mobile",
    "Change the brand colours in Tailwind",
    "Write a haiku about autumn",
    "Summarise this meeting for the team",
    "Animate the sidebar of the dashboard",
    "Translate the README into German",
    "Plan a birthday party for twelve children",
    "Fix the typo in the blog post",
    "Draw a logo for the landing page",
    "Which laptop should I buy?",
  ],
};

const { personas } = await loadUnits();
const described = personas.filter(({ persona }) => Object.hasOwn(REQUESTS, persona.id));

/** Words that say nothing about the trade, verbs of every request among them. */
const STOP_WORDS = new Set(
  "a add an and are as at be before by can can't change fix for from get has have i in into is it its many my need no not of on one or our out should so set some that the their them then there they this to too use used want we when where which with write yet you your".split(
    " ",
  ),
);

/** BM25+ over what a description says that a persona is for; what it excludes names its siblings' words. */
const index = new MiniSearch({
  fields: ["text"],
  tokenize: (text) => text.toLowerCase().match(/[\p{L}\d]+(?:[.'-][\p{L}\d]+)*/gu) ?? [],
  processTerm: (term) => (STOP_WORDS.has(term) ? null : singular(term)),
});
index.addAll(
  described.map(({ persona: { id, description } }) => {
    const { does, when, triggers = [], examples = [] } = description;
    const spoken = examples.flatMap(({ context, user }) => [context, user]);
    return { id, text: [does, when, ...triggers, ...spoken].join("\n") };
  }),
);

/** "queries" and "query" are one word; "sqs", "js" and "express" are no plurals. */
function singular(term: string): string {
  if (/ies$/.test(term) && term.length > 4) return `${term.slice(0, -3)}y`;
  return /[^su]s$/.test(term) && term.length > 4 ? term.slice(0, -1) : term;
}

/** Below it, no description is meant: two common words are not a reason. */
const THRESHOLD = 1.5;

function chosenFor(request: string): string {
  const [best] = index.search(request);
  return best === undefined || best.score < THRESHOLD ? "none" : String(best.id);
}

const table = Object.entries(REQUESTS).flatMap(([expected, requests]) =>
  requests.map((request) => ({ request, expected, chosen: chosenFor(request) })),
);

test("descriptions lead at least 95 % of requests to the right persona, and others to none", () => {
  const wrong = table.filter(({ expected, chosen }) => chosen !== expected);
  expect(table.length).toBeGreaterThanOrEqual(60);
  expect(wrong.filter(({ expected }) => expected === "none")).toEqual([]);
  expect(wrong.length / table.length, JSON.stringify(wrong, null, 2)).toBeLessThanOrEqual(0.05);
});

describe.each(described.map(({ persona }) => [persona.id, persona] as const))("%s", (id, { description }) => {
  const siblings = described.map(({ persona }) => persona.id).filter((each) => each !== id);

  test("is wanted by ten requests", () => {
    expect(REQUESTS[id]?.length).toBeGreaterThanOrEqual(10);
  });

  test("names the siblings that take what it leaves", () => {
    const named = siblings.filter((sibling) => new RegExp(`(?<![\\w-])${sibling}(?![\\w-])`).test(description.notFor));
    expect(named.length).toBeGreaterThanOrEqual(2);
  });
});
