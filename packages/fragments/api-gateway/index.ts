import { defineFragment, must, type Named, prose, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "api-gateway",
  version: manifest.version,
  title: "API Gateway and AppSync",
  summary:
    "What API Gateway and AppSync check, limit, transform and cache before a request reaches code. Choose it for APIs on AWS.",
  rules: {
    /** Which service fronts which kind of API. */
    scope: prose(
      "API Gateway serves REST; AppSync serves GraphQL where clients need subscriptions. Request validation, mapping templates, the stage cache and AWS WAF exist on REST APIs, not on HTTP APIs.",
    ),
    /** Authorisation at the gateway. */
    authorizer: must(
      "Put a Cognito (on HTTP APIs: JWT), Lambda (custom) or IAM authorizer on every route that is not listed as public. API keys with usage plans meter a caller; never accept them as authentication.",
      {
        why: "A key for one API of a usage plan opens every API of that plan.",
        evidence: [
          {
            source: "Amazon API Gateway Developer Guide, Usage plans and API keys for REST APIs in API Gateway",
            url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html",
          },
        ],
      },
    ),
    /** Request validation before the backend, and the shape of refusals. */
    requestValidation: must(
      "Attach a request validator to every REST API method that takes input (JSON Schema draft 4 for the body, required flags for the rest), so that nothing malformed invokes the backend. Give gateway responses (`DEFAULT_4XX`, `DEFAULT_5XX`) the API's error envelope, and `THROTTLED` a `Retry-After`.",
      {
        why: "A refused request then costs no invocation and reaches no code.",
        evidence: [
          {
            source: "Amazon API Gateway Developer Guide, Request validation for REST APIs in API Gateway",
            url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
          },
          {
            source: "Amazon API Gateway Developer Guide, Data models for REST APIs",
            url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html",
          },
          {
            source: "Amazon API Gateway Developer Guide, Gateway response types for API Gateway",
            url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
          },
        ],
      },
    ),
    /** Throttling, and why it is no hard ceiling. */
    throttling: must(
      "Set rate and burst limits on every stage and a usage plan per API key, and cap the backend as well (for Lambda, reserved concurrency), because the gateway applies its limits on a best-effort basis.",
      {
        why: "Gateway limits are targets, so bursts above them still reach the backend.",
        evidence: [
          {
            source:
              "Amazon API Gateway Developer Guide, Throttle requests to your REST APIs for better throughput in API Gateway",
            url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
          },
        ],
      },
    ),
    /** The firewall in front of public APIs. */
    firewall: should(
      "Protect every public API from floods and DDoS with an AWS WAF web ACL: a rate-based rule that answers `429` through a custom response (the default is `403`), on the REST API stage, the AppSync API, or CloudFront before an HTTP API.",
      {
        why: "Gateway throttling is shared by all callers; a rate-based rule blocks the one address that floods.",
        evidence: [
          {
            source: "Amazon API Gateway Developer Guide, Use AWS WAF to protect your REST APIs in API Gateway",
            url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html",
          },
          {
            source: "AWS AppSync Developer Guide, Using AWS WAF to protect your AWS AppSync APIs",
            url: "https://docs.aws.amazon.com/appsync/latest/devguide/WAF-Integration.html",
          },
          {
            source: "AWS WAF Developer Guide, Sending custom responses for Block actions",
            url: "https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-response-for-blocked-requests.html",
          },
        ],
      },
    ),
    /** Mapping templates and other transformations. */
    transformations: should(
      "Use proxy integration. Add gateway transformations (mapping templates) only to call an AWS service without a function in between or to keep an old contract alive, and keep business rules out of them.",
      { why: "Templates have no type checker and no debugger." },
    ),
    /** The stage cache. */
    stageCache: should(
      "Cache only `GET` methods that answer every caller alike, make every parameter that changes the response a cache key, and set `CacheTtlInSeconds` per method instead of the default 300 seconds.",
      {
        why: "A missing cache key serves one caller's response to another.",
        evidence: [
          {
            source: "Amazon API Gateway Developer Guide, Cache settings for REST APIs in API Gateway",
            url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html",
          },
        ],
      },
    ),
  },
});

/** What API Gateway and AppSync check, limit, transform and cache before a request reaches code. */
export interface ApiGateway extends Named<typeof fragment> {}
export const apiGateway: ApiGateway = fragment;
