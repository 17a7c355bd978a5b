import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../scripts/workspace.ts";

/**
 * What the fact is about, then what the persona must say. A string holds names that stand together in one line of the
 * compiled text (a rule, a paragraph, a table row; of a description, a sentence), after the place where that line
 * stands, if it matters: a heading, a file, a key of the front matter. A regular expression matches anywhere.
 */
type Fact = readonly [about: string, ...patterns: (string | RegExp)[]];

/** One pattern for each string, all in the same place. */
const under = (place: string, ...names: readonly string[]) => names.map((each) => `${place} > ${each}`);

/** By persona. An id names a fact where it fails: the persona's letter, the part of the persona, the number in it. */
const FACTS: { readonly [persona: string]: { readonly [id: string]: Fact } } = {
  "backend-developer-lambda": {
    "A1.1": ["its own name, and sonnet", "name > backend-developer-lambda", "model > sonnet"],
    "A1.2": [
      "what its description promises",
      "description > implements, Lambda functions, API endpoints, database operations, Node.js, TypeScript, serverless architecture",
    ],
    "A1.3": [
      "proactive use and seven trigger words",
      "description > use proactively",
      "description > Triggers, backend, api, database, lambda, serverless, handlers, authentication",
    ],
    "A2.1": [
      "seniority, years and field",
      "senior, backend developer, 10 or more years, serverless architecture, AWS Lambda, API development",
    ],
    "A2.2": [
      "qualities of its systems, and the stack",
      "secure, scale out, easy to change, TypeScript, Node.js, AWS, backend developer",
    ],
    "A3.1": ["functions written in TypeScript", "Focus > Lambda functions in TypeScript"],
    "A3.2": ["REST endpoints with middleware", "Focus > RESTful endpoints, middleware"],
    "A3.3": ["PostgreSQL as the database", "Focus > PostgreSQL, operations, schemas"],
    "A3.4": ["who callers are, what they may", "Focus > authentication, authorisation"],
    "A3.5": ["checked input and security", "Focus > input validation, security"],
    "A3.6": ["errors and structured logs", "Focus > error handling, structured logging"],
    "A4.1": [
      "Context7 before any code",
      "Context7 MCP server, documentation, every library or framework, before you write code, mandatory",
    ],
    "A4.2": ["what lookups protect from", "current API, deprecated patterns, security guidance"],
    "A4.3": ["lookups on AWS", "AWS services, Lambda runtime API, AWS SDK v3, CDK, recommended settings"],
    "A4.4": ["lookups on the database library", "database library, connection patterns, security"],
    "A4.5": ["lookups on the auth library", "auth library, token handling, validation"],
    "A4.6": ["lookups on the validation library", "validation library, schema definition, error handling"],
    "A4.7": ["lookups on the test framework", "test framework, async testing, mocking patterns"],
    "A4.8": ["versions checked against the manifest", "Documentation lookup > version, compatible, package.json"],
    "A4.9": [
      "documented calls only, security read first",
      ...under(
        "Documentation lookup",
        "documentation, security, TLS verification",
        "only, documentation, assume nothing",
      ),
    ],
    "A4.10": [
      "libraries that are never guessed",
      "AWS SDK, AWS CDK, Lambda runtime, pg, prisma, typeorm, drizzle, jsonwebtoken, passport, joi, zod, yup, jest, vitest, express, fastify, any other dependency",
    ],
    "A5.1": [
      "two AWS servers asked about design",
      "Consult, AWS CDK MCP, AWS Serverless MCP, architecture, infrastructure pattern",
    ],
    "A5.2": [
      "three sources behind those servers",
      "proven, AWS Solutions Constructs, compliance, CDK Nag, Well-Architected Framework",
    ],
    "A5.3": ["roles with few permissions", "least privilege, IAM role"],
    "A6.1": [
      "first, needs and stack",
      "Approach > 1., analyse the requirements, stack, existing patterns and conventions, AWS services, Lambda patterns, API requirements, data flow",
    ],
    "A6.2": ["second, documentation and versions", "Approach > 2., documentation, compatible, version, Lambda runtime"],
    "A6.3": [
      "third, the shape of handlers",
      "Approach > 3., design the handlers, types, API documentation, error handling, logging, cold-start optimisation",
    ],
    "A6.4": [
      "fourth, data behind short-lived instances",
      "Approach > 4., database layer, transactions, connection pooling, serverless, error handling, retries",
      "Data access > RDS Proxy, max: 1",
    ],
    "A6.5": [
      "fifth, defence of each entry",
      "Approach > 5., input validation, authentication and authorisation checks, OWASP, APIs",
    ],
    "A6.6": [
      "sixth, tests and their coverage",
      "Approach > 6., unit tests, business logic, integration tests, database operations, handlers, mock events, error scenarios",
      "business logic, unit tests, at least 80 %",
    ],
    "A6.7": [
      "seventh, five gates and their fallbacks",
      "Approach > 7., type check, lint, tests, build, audit",
      ...under(
        "Quality gates",
        "npm run typecheck, npx, tsc --noEmit",
        "npm run lint, npx, eslint .",
        "npm run test, npx, vitest run, jest",
        "npm run build, npx, tsc --outDir dist",
        "npm run audit, npm audit --audit-level=high, high or critical",
      ),
    ],
    "A7.1": ["repairs in single steps", "one error at a time"],
    "A7.2": [
      "tests and types never silenced",
      ...under("Quality gates", "never comment out, failing test", "never ignore, type"),
    ],
    "A7.3": [
      "whom to ask about which error",
      "Documentation lookup > error from a dependency, query, Context7",
      "AWS CDK MCP, AWS Serverless MCP, every infrastructure error",
      "Quality gates > done, every gate, passed",
    ],
    "A8.1": ["where handlers are delivered", "Deliverables > TypeScript, src/handlers/[name].ts"],
    "A8.2": ["a data layer safe from injection", "Deliverables > database layer, parameterized queries"],
    "A8.3": ["endpoints described with their statuses", "Deliverables > API specifications, HTTP status codes"],
    "A8.4": [
      "checks, tests and stacks handed over",
      ...under(
        "Deliverables",
        "security and validation, schemas",
        "test suite, unit, integration, handler, error scenarios",
        "CDK infrastructure code",
      ),
    ],
    "A8.5": [
      "serverless by preference, house rules kept",
      "prefer serverless patterns",
      "the project's own conventions",
      "Deliverables > security and validation, ready for production",
    ],
  },

  "backend-developer-nextjs": {
    "B1.1": [
      "its description, model and colour",
      "description > backend development, APIs, databases, server-side logic",
      "model > sonnet",
      "color > orange",
    ],
    "B1.2": [
      "the fields it knows",
      "Node.js, TypeScript, Next.js server-side features, database design, API architecture, scales",
    ],
    "B1.3": [
      "what it is for",
      "server-side applications, REST, GraphQL APIs, database integration, authentication systems, business logic",
    ],
    "B2.1": ["versions of Node.js and TypeScript", "Scope > Node.js 20+, ES modules, advanced TypeScript 5.x"],
    "B2.2": ["asynchronous code and streams", "Scope > async/await, promise orchestration, streams, event emitters"],
    "B2.3": [
      "errors, memory and threads in Node.js",
      "Scope > custom error classes, profiling, memory management, memory leaks, worker threads, cluster mode",
    ],
    "B3.1": [
      "entry points of Next.js",
      "Scope > Next.js 15 App Router, Route Handlers, Server Actions, data fetching, React Server Components, API routes",
    ],
    "B3.2": ["middleware, edge and rendering", "Scope > middleware, auth, routing, Edge Runtime, SSR, caching, ISR"],
    "B4.1": ["Prisma and four databases", "Scope > Prisma, PostgreSQL, MySQL, SQLite, MongoDB"],
    "B4.2": [
      "from schema to raw statements",
      "Scope > schema design, migrations, query optimisation, indexes, ACID, transactions, connection pooling, seeding, fixtures, raw SQL, complex cases",
    ],
    "B5.1": [
      "API styles and validation libraries",
      "Scope > REST, GraphQL, schemas, resolvers, versioning, validation with Zod, Yup, Joi",
    ],
    "B5.2": [
      "paging, limits, origins, documents",
      "Scope > pagination, filtering, rate limiting, throttling, CORS, OpenAPI/Swagger",
    ],
    "B6.1": [
      "ways to sign in, and roles",
      "Scope > NextAuth.js, JWT, sessions, OAuth 2.0, social login, RBAC, permissions",
    ],
    "B6.2": ["hashes and second factors", "Scope > bcrypt, argon2, hashing, MFA, session management"],
    "B7.1": [
      "architecture patterns by name",
      "Scope > business logic, DDD, service layer, repository pattern, dependency injection, SOLID, clean architecture, event-driven, CQRS, event sourcing",
    ],
    "B8.1": [
      "files, mail and outside services",
      "Scope > uploads, multer, formidable, images, CSV, Excel, PDF, email, Nodemailer, SendGrid, Resend, SMS, verified webhooks, third-party APIs",
    ],
    "B9.1": [
      "caches and scaling",
      "Scope > Redis, in-memory caching, invalidation, CDN, query caching, compression, load balancing, horizontal, vertical scaling",
    ],
    "B10.1": [
      "queues and their workers",
      "Scope > Bull, BullMQ, cron, retries, priority, concurrency, dead-letter queues, monitoring, workers, distributed tasks",
    ],
    "B11.1": [
      "threats and their answers",
      "Scope > validation, sanitisation, SQL injection, XSS, CSRF, rate limiting, DDoS, secrets, security headers, dependency scanning, OWASP Top 10",
    ],
    "B12.1": [
      "transports and live features",
      "Scope > WebSocket, SSE, Socket.io, notifications, subscriptions, presence, typing, rooms, connection state",
    ],
    "B13.1": [
      "logs and error reports",
      "Scope > structured logs, Winston, Pino, Sentry, custom error classes, middleware, graceful shutdown, request ids, log aggregation, debug logging",
    ],
    "B14.1": [
      "kinds of tests",
      "Scope > Jest, Vitest, API integration tests, database tests, mocks, coverage, end-to-end, load, contract",
    ],
    "B15.1": [
      "cloud services by name",
      "Scope > S3, SES, SNS, SQS, Lambda, object storage, functions, RDS, DynamoDB, queues, pub/sub, monitoring, service mesh",
    ],
    "B16.1": [
      "habits that show in its code",
      "TypeScript standards > strict, any",
      "Error handling > AppError, every failure",
      "REST conventions > POST, 201",
      "Input validation > every input, enters, zod",
      "Relational data modelling > index, query",
      "Data access > EXPLAIN, ANALYZE, query",
      "Data access > transaction, commit together",
      "Observability > log, JSON, pino",
      "Security checklist > authenticate, before",
      "API contracts > every endpoint, openapi.yaml",
      "Testing standards > API integration tests, every endpoint",
      "Approach > tests, edge cases",
    ],
    "B16.2": [
      "how things work, as arguments",
      "Scope > event loop, type system, normalisation, HTTP, auth standards, REST, GraphQL design, microservices, caching, CDN, queues, vulnerabilities",
    ],
    "B16.3": [
      "ten steps in their order",
      ...under(
        "Approach",
        "1., data model",
        "2., schema",
        "3., type-safe API",
        "4., authentication",
        "5., error handling",
        "6., queries, indexes",
        "7., logging",
        "8., tests",
        "9., contract documentation",
        "10., gates",
      ),
    ],
    "B16.4": [
      "ten requests from a travel product",
      ...under(
        "Example requests",
        "travel-booking",
        "bookings endpoint",
        "NextAuth, Prisma",
        "recommendation schema",
        "contact form, validate",
        "optimise, search",
        "RBAC, admin routes",
        "confirmation email, job",
        "rate limiting",
        "paginate, listings",
        "payment webhooks",
      ),
    ],
    "B16.5": [
      "work it finishes without help",
      "Scope > App Router server features, Prisma, migrations, Route Handlers, Server Actions, sessions, validation, scaling, third parties, queues, security, monitoring",
    ],
  },

  "backend-developer": {
    "C1.1": [
      "everything that its description covers",
      "description > senior engineer, server side, REST, GraphQL, tRPC, WebSocket, PostgreSQL, Supabase, MongoDB, Redis, JWT, OAuth, sessions, RBAC, RLS, Stripe, email, storage, webhooks, AI/LLM APIs, Docker, Vercel, CI/CD, jobs, cron, real time, hardening",
    ],
    "C1.2": [
      "seventeen phrases that call it",
      "description > Triggers, build an API, database schema, authentication, deploy, migration, integrate Stripe, webhook, cron job, fix this server error, optimize query, Docker, CI/CD, rate limiting, real-time, set up the database, API endpoint, security",
    ],
    "C2.1": [
      "full scope, no debt from shortcuts",
      ...under("Philosophy", "nothing server side, out of scope", "production, first day, no shortcut, debt"),
    ],
    "C2.2": [
      "security as part of every version",
      "Philosophy > security, not optional, inputs, parameterized queries, secrets in the environment, explicit auth checks, attacker",
    ],
    "C2.3": [
      "how failures reach the client",
      "Philosophy > fail gracefully, external calls fail, queries time out, malicious, clear message, proper status code",
    ],
    "C2.4": ["signals of a running service", "Philosophy > structured logging, meaningful errors, health checks"],
    "C2.5": ["code for tired readers", "Philosophy > simple, clever, junior, three in the morning"],
    "C3.1": [
      "stacks for five contexts",
      ...under(
        "Technology choices",
        "what the user names",
        "web app, Next.js, TypeScript, Supabase, PostgreSQL, Prisma, Drizzle",
        "standalone API, Express, Fastify, Python with FastAPI",
        "data-heavy, FastAPI, PostgreSQL, Redis",
        "real time, Socket.io, SSE, Redis pub/sub",
        "script, Python, Node",
      ),
    ],
    "C3.2": [
      "typed code in both languages",
      "Technology choices > TypeScript over JavaScript, Node, Python, type hints",
    ],
    "C4.1": [
      "a workflow for each request",
      ...under(
        "Workflow routing",
        "new project, feature, Architecture workflow",
        "API endpoint, API workflow",
        "database: schema, Database workflow",
        "auth: sign-in, auth-patterns.md",
        "integration, integrations.md",
        "bug, Debugging workflow",
        "deployment: Docker, deployment.md",
      ),
    ],
    "C4.2": [
      "architecture in six steps",
      ...under(
        "Architecture workflow",
        "1., requirements, users, scale, existing services",
        "2., data model",
        "3., API surface, no caller",
        "4., external dependencies",
        "5., file structure, by feature",
        "6., incremental, layer, tests",
      ),
    ],
    "C4.3": [
      "an endpoint in six steps",
      ...under(
        "API workflow",
        "1., contract",
        "2., zod, Pydantic",
        "3., authenticate, authorise, before, business logic",
        "4., service layer, handler, validates, authorises, calls, responds",
        "5., error, stack trace, SQL, file path",
        "6., response shape, envelope",
      ),
    ],
    "C4.4": [
      "database work in five steps",
      ...under(
        "Database workflow",
        "1., schema design, index",
        "2., reversible migration, never directly",
        "3., ORM, query builder, Prisma, SQLAlchemy, Tortoise, raw SQL",
        "4., seed script",
        "5., EXPLAIN ANALYZE, paginate, cache",
      ),
    ],
    "C4.5": [
      "a bug in five steps",
      ...under(
        "Debugging workflow",
        "1., reproduce",
        "2., stack trace, all of it",
        "3., environment variables, stopped database, port, typo, query, missing, await",
        "4., layer isolation",
        "5., root cause, fix, add a test",
      ),
    ],
    "C5.1": [
      "methods and their answers",
      ...under(
        "REST conventions",
        "GET, list, 200, page",
        "GET, one resource, 200, 404",
        "POST, 201, created resource",
        "PATCH, 200",
        "DELETE, 204",
      ),
    ],
    "C5.2": ["one envelope for errors", /\{ error: \{ code, message \} \}.*NOT_FOUND/],
    "C5.3": [
      "eleven statuses with their meaning",
      ...under(
        "REST conventions",
        "200, the body holds the result",
        "201, resource was created",
        "204, no body",
        "400, cannot be parsed, validation",
        "401, credentials",
        "403, caller, may not",
        "404, does not exist, caller",
        "409, conflicts",
        "422, business rule",
        "429, rate limit",
        "500, unexpected, server",
      ),
    ],
    "C6.1": [
      "folders of a new project",
      ...under(
        "Project structure",
        "src/app/, route handlers",
        "src/app/api/auth/",
        "src/app/api/users/",
        "src/app/api/[resource]/",
        "src/lib/db.ts",
        "src/lib/auth.ts",
        "src/lib/email.ts",
        "src/lib/errors.ts",
        "src/services/x.service.ts",
        "src/types/",
        "src/middleware/",
        "src/config/",
      ),
    ],
    "C6.2": [
      "a typed error from throw to response",
      /class AppError extends Error \{[^}]*readonly code: [^}]*readonly status: number;[^}]*message: string/,
      /throw new AppError\("NOT_FOUND", /,
      /catch \(error\) \{\n\s+return toResponse\(error, context\);/,
      /INTERNAL: 500,/,
      /new AppError\("INTERNAL", .*\n(?:.*\n)*?.*if \(status >= 500\) log\(error\);/,
    ],
    "C6.3": [
      "parsing a body, as code",
      /= z\.strictObject\(\{/,
      /\.safeParse\(body\);/,
      /throw new AppError\("VALIDATION_FAILED", .*\{ issues \}\); \/\/ 400/,
      /\(parsed\.data\)/,
    ],
    "C6.4": [
      "parsing the environment, as code",
      /= z\.object\(\{/,
      /DATABASE_URL: z\.url\(\)/,
      /JWT_SECRET: z\.string\(\)\.min\(32\)/,
      /STRIPE_SECRET_KEY: z\.string\(\)\.startsWith\("sk_"\)/,
      /Env\.parse\(process\.env\)/,
      "Environment configuration > zod, src/config/env.ts, stops the process",
    ],
    "C7.1": [
      "thirteen items: input, SQL, access",
      /\n\n(?:- \[ \] .+\n){13}\n/,
      ...under(
        "Security checklist",
        "input, unvalidated, sanitise",
        "SQL, as a parameter",
        "authenticate, before, read or write of data",
        "only, own resources",
      ),
    ],
    "C7.2": [
      "secrets, origins and rate limits",
      ...under(
        "Security checklist",
        "secrets in environment variables",
        "allowed CORS origins",
        "rate-limit every public endpoint, sign-in",
      ),
    ],
    "C7.3": [
      "passwords, logs and uploads",
      ...under(
        "Security checklist",
        "bcrypt, cost 12 or more, argon2id",
        "passwords, tokens, personal data, out of logs",
        "upload, size, type, content",
      ),
    ],
    "C7.4": [
      "cookies, forgery and leaks",
      ...under(
        "Security checklist",
        "HttpOnly, Secure, SameSite, cookie",
        "CSRF, cookie",
        "clients, no stack trace, host name",
      ),
    ],
    "C8.1": [
      "a reference on identity",
      "References > auth-patterns.md, JWT, sessions, OAuth, roles, row-level security",
      ...under(
        "auth-patterns.md",
        "JWT, algorithms, issuer, audience, expiry",
        "OAuth 2.0, PKCE",
        "session id, hash",
        "roles and permissions (RBAC)",
        "row-level security (RLS) in PostgreSQL",
        "as code, cookies, JWT, refresh tokens, session-tokens.md, OAuth callback, sign-in.md",
      ),
      ...under("session-tokens.md", "JWT access token, HS256, ES256", "session cookie, hash"),
      ...under("sign-in.md", "authorisation code, PKCE"),
    ],
    "C8.2": [
      "a reference on other services",
      "References > integrations.md, payments, email, files, webhooks, third-party",
      ...under(
        "integrations.md",
        "Stripe Checkout",
        "Nodemailer, SendGrid, Resend",
        "presigned POST, S3, Supabase Storage",
        "signature, raw bytes, crypto.timingSafeEqual",
        "each vendor one module",
      ),
    ],
    "C8.3": [
      "a reference on releases",
      "References > deployment.md, image, CI/CD, Vercel, AWS, production readiness",
      ...under(
        "deployment.md",
        "Docker images",
        "pipeline, every push",
        "vercel rollback",
        "CI, IAM role, OIDC",
        "production readiness checklist",
      ),
    ],
  },

  "backend-developer-express": {
    "D1.1": [
      "the services it stands for",
      "senior backend engineer, traditional, APIs, databases, server-side architecture, Express.js, relational databases, containers",
    ],
    "D2.1": [
      "design of services",
      "Responsibilities > service design, RESTful APIs, scale, Express.js, Fastify, NestJS, business logic, domain models, schema design",
    ],
    "D2.2": [
      "relational data and its upkeep",
      "Responsibilities > database, relational schemas, PostgreSQL, MySQL, data access layer, repositories, queries, indexes, migrations, versioning",
    ],
    "D2.3": [
      "contracts and access",
      "Responsibilities > API, contracts, request, response, validation, authentication, authorisation, OpenAPI/Swagger",
    ],
    "D2.4": [
      "other systems and brokers",
      "Responsibilities > integration, external services, message queues, SQS, RabbitMQ, Kafka, event-driven design, asynchronous processing",
    ],
    "D2.5": [
      "tests, threats and bottlenecks",
      "Responsibilities > quality, unit, integration, end-to-end tests, OWASP Top 10, error handling, logging, monitoring, bottlenecks",
    ],
    "D3.1": [
      "standards in a file of their own",
      "References > backend.md, TypeScript strict mode, type safety, formatting, linting, architecture patterns, database design, API conventions, error handling, resilience, security, testing, performance, deployment, CI/CD",
      ...under(
        "backend.md",
        "TypeScript, strict, noUncheckedIndexedAccess",
        "eslint . --max-warnings 0, prettier --check .",
        "createApp(dependencies), src/app.ts",
        "FOREIGN KEY, ON DELETE",
        "OpenAPI 3.1, openapi.yaml",
        "AppError, services",
        "circuit breaker, opossum",
        "security headers, helmet()",
        "unit tests, 80 %",
        "latency percentiles, node --cpu-prof",
        "CI, IAM role, OIDC",
        "one artifact per commit",
      ),
    ],
    "D3.2": [
      "competencies in a second file",
      "References > backend-skills.md",
      ...under(
        "backend-skills.md",
        "Express, Fastify, NestJS",
        "PostgreSQL, MySQL, MongoDB",
        "SQS, RabbitMQ, Kafka",
        "ECS on Fargate, Kubernetes",
        "OWASP Top 10",
      ),
    ],
    "D4.1": [
      "constructs composed, never written",
      "use CDK constructs, never create, construct-developer, pre-built, L2, L3, compose, configure, stack dependencies, cross-stack references",
    ],
    "D5.1": [
      "images, health and orchestration",
      ...under(
        "Containers",
        "stages, Alpine, node:24-alpine",
        "health checks, task definition, target group",
        "SIGTERM, drain open requests",
      ),
      "multi-stage, Alpine, health checks, graceful shutdown, orchestration, ECS, Kubernetes",
    ],
    "D6.1": [
      "its technologies by area",
      ...under(
        "Technologies",
        "TypeScript/Node.js, Express, Fastify, NestJS",
        "PostgreSQL, RDS, Redis, ElastiCache, MySQL, MongoDB",
        "SQS, RabbitMQ, Kafka",
        "Docker, ECS/Fargate",
      ),
    ],
    "D7.1": [
      "four partners and what they exchange",
      ...under(
        "Collaboration",
        "serverless-developer, API contracts",
        "construct-developer, CDK constructs",
        "frontend, API specifications",
        "plan-reviewer, architecture decisions",
      ),
    ],
  },

  "serverless-backend-developer": {
    "E1.1": [
      "its description, model and colour",
      "description > designs, implements, optimises, serverless systems, AWS, business logic, APIs, transactional workflows, event-driven architecture",
      "description > use it when",
      "model > sonnet",
      "color > blue",
    ],
    "E1.2": [
      "two worked examples in its description",
      /(?:<example>\nContext: [^<]+\nuser: [^<]+\nassistant: [^<]+\n<commentary>\n[^<]+\n<\/commentary>\n<\/example>\s+){2}/,
      "description > user, order workflow, payment, inventory, fulfilment",
      "description > user, API, create, read, update, delete, products, catalogue",
      "description > assistant, CRUD API",
    ],
    "E2.1": [
      "its name and its aim",
      "you are The Logic Engine, serverless developer, AWS, event-driven microservices, scale, little operational overhead",
    ],
    "E2.2": [
      "services and languages by name",
      "Implementation standards > Lambda, Node.js, Python, Go, API Gateway, REST, AppSync, GraphQL, SQS, SNS, EventBridge, Step Functions, DynamoDB, Aurora, performance, cost, scale",
    ],
    "E3.1": [
      "first, needs and boundaries",
      "Approach > 1., requirements, business logic, transactional boundaries, service boundaries",
    ],
    "E3.2": [
      "second, events and brokers",
      "Approach > 2., events, third parties, SQS, SNS, EventBridge, dead letter queue",
      ...under(
        "Event-driven messaging",
        "SQS, queues",
        "SNS, fan-out",
        "EventBridge, routing, third parties",
        "every consumer, dead-letter queue",
      ),
    ],
    "E3.3": [
      "third, functions and cold starts",
      "Approach > 3., Lambda functions, runtime, packaging, cold start, errors, retries",
      ...under(
        "Lambda functions",
        "every handler, idempotent",
        "bundle, esbuild, cold start",
        "environment variables, Systems Manager Parameter Store",
        "single responsibility",
        "layers, share",
      ),
    ],
    "E3.4": [
      "fourth, gateways in front",
      "Approach > 4., APIs, RESTful paths, authorisation, validation, throttling, caching",
      ...under(
        "API Gateway and AppSync",
        "AppSync, GraphQL, subscriptions",
        "gateway transformations, mapping templates",
        "authorizer, every route",
        "request validator, JSON Schema",
        "rate and burst limits",
        "cache, GET, CacheTtlInSeconds",
      ),
    ],
    "E3.5": [
      "fifth, sagas as state machines",
      "Approach > 5., workflows, state machine, compensated",
      ...under(
        "Step Functions workflows",
        "side effect, compensating step, Catch",
        "independent steps, Parallel, Map",
        "Task, Retry, BackoffRate",
        "Express, high volume, short duration",
      ),
    ],
    "E3.6": [
      "sixth, stores, keys and caches",
      "Approach > 6., data, DynamoDB, Aurora, keys, capacity, ElastiCache, gateway caching",
      ...under(
        "DynamoDB",
        "DynamoDB, catalogues, sessions, read-heavy, Aurora, ACID",
        "on-demand, provisioned capacity, auto scaling",
        "partition keys, GSI",
        "global secondary index",
      ),
      "Caching > ElastiCache, API gateway's cache",
    ],
    "E4.1": [
      "standards for all its code",
      "Implementation standards > infrastructure as code, always, AWS CDK, AWS SAM, Terraform",
      "Observability > log, JSON",
      "Observability > trace, X-Ray",
      "Observability > request id, correlation id",
      "Resilience > circuit breaker",
      "Resilience > idempotent, idempotency token, store",
      "AWS infrastructure > least privilege",
      "Lambda functions > secret, AWS Secrets Manager",
    ],
    "E5.1": [
      "means against slow functions",
      ...under(
        "Lambda functions",
        "memory, Lambda Power Tuning, Provisioned Concurrency",
        "Lambda@Edge",
        "asynchronous invocation",
        "batch, BatchSize, SendMessageBatch, BatchWriteItem",
      ),
      "References > connection pooling",
      "Data access > RDS Proxy, pool",
      "Deliverables > profile, memory",
    ],
    "E6.1": [
      "coverage, style and documentation",
      "unit tests, at least 80 %",
      "API integration tests, every endpoint",
      "TypeScript standards > lint, typescript-eslint, format, Prettier",
      "OpenAPI 3.0, every endpoint",
      "document complex logic inline",
      "SOLID, clean architecture",
    ],
    "E7.1": [
      "protection from gateway to dependency",
      ...under(
        "API Gateway and AppSync",
        "request validator, malformed",
        "Cognito, Lambda (custom), authorizer, API keys",
        "rate and burst limits",
        "DDoS, AWS WAF, rate-based rule",
      ),
      "AWS infrastructure > VPC endpoints",
      "AWS infrastructure > encryption at rest, every bucket",
      "TLS in transit, encryption at rest, dependency updates, scanning",
    ],
    "E8.1": [
      "six things handed over",
      ...under(
        "Deliverables",
        "architecture diagrams",
        "complete code, error handling",
        "deployment configuration, IaC templates",
        "performance benchmarks, p50, p99",
        "cost estimates, monthly",
        "monitoring and alerting",
      ),
    ],
    "E8.2": [
      "serverless by default, ready and documented",
      "Implementation standards > serverless first",
      "Implementation standards > Serverless Applications Lens, AWS Well-Architected Framework",
      "Deliverables > can go to production",
      "Deliverables > documentation, README.md",
    ],
  },
};

/** A line of the compiled text, with the names of the places where it stands. */
interface Line {
  readonly places: readonly string[];
  readonly text: string;
}

/** What an agent's front matter says, its body, and every reference of the skill. */
function textOf(persona: string): Line[] {
  const folder = join(ROOT, "packages/personas", persona);
  const agent = readFileSync(join(folder, "agents", `${persona}.md`), "utf8");
  const [, front = "", body = ""] = agent.match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? [];
  const references = join(folder, "skills", persona, "references");
  return [
    ...front.split("\n").flatMap(frontLines),
    ...bodyLines(body, `${persona}.md`),
    ...readdirSync(references).flatMap((file) => bodyLines(readFileSync(join(references, file), "utf8"), file)),
  ];
}

/** The sentences of one field. A JSON string is a YAML string too, whatever stands in it. */
function frontLines(field: string): Line[] {
  const [, key = "", value = ""] = field.match(/^(\w+): (.*)$/) ?? [];
  const sentences = String(JSON.parse(value)).split(/(?<=\.) |\n/);
  return sentences.map((text) => ({ places: [key], text }));
}

function bodyLines(markdown: string, file: string): Line[] {
  let heading = "";
  return markdown.split("\n").map((text) => {
    if (text.startsWith("## ")) heading = text.slice(3);
    return { places: ["", file, heading], text };
  });
}

function says(lines: readonly Line[], pattern: string | RegExp): boolean {
  if (pattern instanceof RegExp) return pattern.test(lines.map(({ text }) => text).join("\n"));
  const [names = "", place = ""] = pattern.split(" > ").reverse();
  const words = names.split(", ").map(wholeWord);
  return lines.some(({ places, text }) => places.includes(place) && words.every((word) => word.test(text)));
}

/** The name in any case, but not as a part of a longer word. */
function wholeWord(name: string): RegExp {
  return new RegExp(`(?<!\\w)${name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?!\\w)`, "i");
}

const rows = Object.entries(FACTS).flatMap(([persona, facts]) =>
  Object.entries(facts).map(([id, [about, ...patterns]]) => [persona, id, about, patterns] as const),
);

test.each(rows)("%s says %s: %s", (persona, _id, _about, patterns) => {
  const text = textOf(persona);
  expect(patterns.filter((pattern) => !says(text, pattern))).toEqual([]);
});
