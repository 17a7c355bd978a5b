import { defineFragment, may, must, type Named, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const GUIDE = "https://docs.aws.amazon.com/appsync/latest/devguide";

const fragment = defineFragment({
  id: "appsync",
  version: manifest.version,
  title: "AppSync",
  summary:
    "How a GraphQL API on AWS AppSync authorises, resolves, limits and pushes. Choose it for GraphQL APIs with subscriptions on AWS.",
  rules: {
    /** Who may call what. */
    authorization: must(
      "Name the default authorisation mode, IAM or Cognito, since the CDK falls back to `API_KEY`; open other modes field by field with directives such as `@aws_cognito_user_pools(cognito_groups: [...])`, and on the types that those fields return. Leave API keys to data that anyone may read.",
      {
        why: "A field without a directive takes the default mode, and a key is in every client.",
        enforcedBy: "A test that calls each field as nobody and in each other mode.",
        evidence: [
          {
            source:
              "AWS AppSync Developer Guide, Configuring authorization and authentication to secure your GraphQL APIs",
            url: `${GUIDE}/security-authz.html`,
          },
          {
            source: "AWS CDK API Reference, aws_appsync.AuthorizationMode",
            url: "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_appsync.AuthorizationMode.html",
          },
        ],
      },
    ),
    /** Ownership inside a resolver. */
    ownership: must(
      "Take the caller from `ctx.identity` in every resolver that reads or writes owned data, as a part of the key or of a `condition`; never from an argument.",
      { why: "A directive says who may call a field, not whose object it may return." },
    ),
    /** The language and data sources of resolvers. */
    resolvers: must(
      "Write resolvers for the `APPSYNC_JS` runtime with `@aws-appsync/utils`, checked by `@aws-appsync/eslint-plugin`; resolve straight against DynamoDB or the Aurora Data API where a field only maps, and call Lambda where there is a rule to apply. Write no new VTL template.",
      {
        why: "The runtime is a subset of JavaScript, so code that runs in Node.js may fail there.",
        enforcedBy: "plugin:@aws-appsync/recommended",
        evidence: [
          {
            source: "AWS AppSync Developer Guide, JavaScript runtime features for resolvers and functions",
            url: `${GUIDE}/resolver-util-reference-js.html`,
          },
        ],
      },
    ),
    /** Lists whose items have fields of their own. */
    batching: must(
      "Resolve a field of list items in batches: `maxBatchSize` with a Lambda that answers in the order of its input, or `BatchGetItem`; a resolver per item is one call per row.",
      {
        enforcedBy: "A test that counts the data source's calls for a list.",
        evidence: [
          {
            source: "AWS AppSync Developer Guide, Configuring and using Lambda resolvers, advanced use case: Batching",
            url: `${GUIDE}/tutorial-lambda-resolvers-js.html`,
          },
        ],
      },
    ),
    /** Limits on queries. */
    limits: must(
      "Set `queryDepthLimit` and `resolverCountLimit`, and disable introspection on a public API in production: by default depth is unlimited and one query may run 10,000 resolvers.",
      {
        why: "One nested query otherwise buys as much work as its author likes.",
        evidence: [
          {
            source: "AWS AppSync Developer Guide, Configuring GraphQL run complexity, query depth, and introspection",
            url: `${GUIDE}/configuration-limits.html`,
          },
        ],
      },
    ),
    /** What subscribers may see. */
    subscriptions: must(
      "Authorise each subscription in a resolver of its own, and narrow it there with `extensions.setSubscriptionFilter` from `ctx.identity`, because arguments only filter what the client asks to filter; cut off who loses access with `extensions.invalidateSubscriptions`.",
      {
        why: "The resolver runs when a client subscribes, and access may end while the connection stays open.",
        evidence: [
          {
            source: "AWS AppSync Developer Guide, Defining enhanced subscriptions filters",
            url: `${GUIDE}/aws-appsync-real-time-enhanced-filtering.html`,
          },
          {
            source: "AWS AppSync Developer Guide, Unsubscribing WebSocket connections using filters",
            url: `${GUIDE}/aws-appsync-real-time-invalidation.html`,
          },
        ],
      },
    ),
    /** What triggers a subscription. */
    publishing: should(
      "Push what happened outside the API through a mutation on a `NONE` data source that only IAM may call, with every field that subscribers read in its selection set; they receive `null` for the others.",
      {
        evidence: [
          {
            source: "AWS AppSync Developer Guide, Using subscriptions for real-time data applications",
            url: `${GUIDE}/aws-appsync-real-time-data.html`,
          },
        ],
      },
    ),
    /** The server-side cache. */
    caching: should(
      "Cache per resolver, never the full request, with the caller's identity among the `cachingKeys` of everything that is not the same for all, and evict in the mutation with `extensions.evictFromApiCache`.",
      {
        why: "A missing key serves one caller's data to another.",
        evidence: [
          {
            source: "AWS AppSync Developer Guide, Configuring server-side caching and API payload compression",
            url: `${GUIDE}/enabling-caching.html`,
          },
        ],
      },
    ),
    /** Channels without GraphQL. */
    events: may(
      "Take AppSync Events where clients only publish to and listen on channels, so that no schema or resolver has to be kept for it.",
      {
        evidence: [
          {
            source: "AWS AppSync Events Developer Guide, What is AWS AppSync Events?",
            url: "https://docs.aws.amazon.com/appsync/latest/eventapi/event-api-welcome.html",
          },
        ],
      },
    ),
  },
});

/** How a GraphQL API on AWS AppSync authorises, resolves, limits and pushes. */
export interface Appsync extends Named<typeof fragment> {}
export const appsync: Appsync = fragment;
