import { defineFragment, must, type Named, should, table } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide";

const DATA_API = { source: "Amazon Aurora User Guide, Using the Amazon RDS Data API", url: `${GUIDE}/data-api.html` };

const fragment = defineFragment({
  id: "aurora",
  version: manifest.version,
  title: "Aurora",
  summary:
    "How an Aurora cluster is sized, reached from functions and changed. Choose it when a service on AWS stores relational data in Aurora.",
  rules: {
    /** Ways to reach the cluster from functions. */
    access: table(
      ["From functions, through", "Choose it for", "Mind"],
      [
        [
          "RDS Proxy",
          "steady load, long transactions, any driver or ORM",
          "the function runs in the VPC; session state such as `SET` pins a connection to one client",
        ],
        [
          "RDS Data API",
          "short statements, functions outside the VPC, AppSync resolvers",
          "a result holds 1 MiB at most, a row 64 KB; a transaction that is idle for three minutes is rolled back",
        ],
      ],
    ),
    /** The way in that was chosen. */
    oneWayIn: must(
      "Choose one of the two for each service; with the Data API, pass values in `parameters`, end each transaction in the invocation that began it, and page through results below its limits.",
      {
        why: "Functions that connect directly exhaust the cluster's connections as they scale.",
        evidence: [
          DATA_API,
          {
            source: "Amazon Aurora User Guide, Troubleshooting Amazon RDS Data API issues",
            url: `${GUIDE}/data-api.troubleshooting.html`,
          },
        ],
      },
    ),
    /** Capacity of Aurora Serverless v2. */
    capacity: must(
      "Set the minimum and maximum of Aurora Serverless v2 from measured load: a minimum that holds the working set in memory, a maximum that the budget allows, and an alarm on `ACUUtilization`. Take a minimum of 0 only where a first request may wait for the cluster to resume.",
      {
        why: "At 0 ACUs an idle cluster pauses, after five minutes by default, and the next connection waits for it; RDS Proxy keeps connections open, so behind it a cluster never pauses.",
        evidence: [
          {
            source: "Amazon Aurora User Guide, Scaling to Zero ACUs with automatic pause and resume",
            url: `${GUIDE}/aurora-serverless-v2-auto-pause.html`,
          },
          {
            source: "Amazon Aurora User Guide, Performance and scaling for Aurora Serverless v2",
            url: `${GUIDE}/aurora-serverless-v2.setting-capacity.html`,
          },
        ],
        reviewed: "2026-11",
      },
    ),
    /** Credentials. */
    credentials: must(
      "Sign in with IAM database authentication, or with a secret that Secrets Manager rotates; give each service its own database user, without rights to change the schema.",
      {
        evidence: [
          {
            source: "Amazon Aurora User Guide, IAM database authentication",
            url: `${GUIDE}/UsingWithRDS.IAMDBAuth.html`,
          },
        ],
      },
    ),
    /** Failover. */
    failover: should(
      "Write through the cluster endpoint and send only reads that may lag to the reader endpoint; after a failover, reconnect and run the interrupted transaction again.",
      {
        why: "A reader replies with what it has received so far, and a promoted one drops its connections.",
        enforcedBy: "A test in staging that calls FailoverDBCluster under load.",
        evidence: [
          {
            source: "Amazon Aurora User Guide, Amazon Aurora endpoint connections",
            url: `${GUIDE}/Aurora.Overview.Endpoints.html`,
          },
        ],
      },
    ),
    /** Schema changes. */
    migrations: should(
      "Run migrations as a step of the deployment, as a database user of their own, never when a function starts.",
      { why: "A hundred instances that start would run them a hundred times." },
    ),
    /** Recovery. */
    recovery: should(
      "Turn on `deletionProtection`, keep backups for as long as the business must be able to go back, and restore one into a new cluster on a schedule; note how long it took.",
      { why: "A backup that nobody has restored is a hope." },
    ),
  },
});

/** How an Aurora cluster is sized, reached from functions and changed. */
export interface Aurora extends Named<typeof fragment> {}
export const aurora: Aurora = fragment;
