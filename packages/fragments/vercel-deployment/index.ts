import { defineFragment, must, type Named, prose, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "vercel-deployment",
  version: manifest.version,
  title: "Deployment to Vercel",
  summary: "Environments, limits and rollback on Vercel. Choose it for what Vercel hosts.",
  rules: {
    /** Previews and production. */
    previews: prose(
      "Each branch gets a preview deployment. Turn on Deployment Checks, so that the default branch reaches production only once CI is green.",
    ),
    /** Values for each environment. */
    environments: must(
      "Set separate values for Production, Preview and Development, keep the production database and live keys out of Preview, and put previews behind Deployment Protection.",
      {
        why: "A preview runs code that nobody has reviewed yet.",
        evidence: [
          { source: "Vercel, Environment variables", url: "https://vercel.com/docs/environment-variables" },
          { source: "Vercel, Deployment Protection", url: "https://vercel.com/docs/deployment-protection" },
        ],
      },
    ),
    /** Regions and limits. */
    functions: should(
      "Run functions in the database's region, set `maxDuration` (default 300 s), and send uploads above the 4.5 MB body limit straight to storage.",
      {
        why: "Each query pays the distance to the database.",
        evidence: [
          { source: "Vercel Functions Limits", url: "https://vercel.com/docs/functions/limitations" },
          {
            source: "Vercel, Configuring regions",
            url: "https://vercel.com/docs/functions/configuring-functions/region",
          },
        ],
      },
    ),
    /** Scheduled calls. */
    cron: must(
      "Refuse a cron route's request whose `Authorization` header is not `Bearer <CRON_SECRET>` (Vercel sends `GET`: the one exception to `GET` changes nothing), and let two runs of one schedule have one effect.",
      {
        why: "The path is public, and Vercel may deliver an event more than once.",
        evidence: [{ source: "Vercel, Managing cron jobs", url: "https://vercel.com/docs/cron-jobs/manage-cron-jobs" }],
      },
    ),
    /** Rollback. */
    rollback: should(
      "Roll back with `vercel rollback`, and check environment variables and cron jobs by hand: the old deployment returns with the values it was built with.",
      { evidence: [{ source: "Vercel, Instant Rollback", url: "https://vercel.com/docs/instant-rollback" }] },
    ),
  },
});

/** Environments, limits and rollback on Vercel. */
export interface VercelDeployment extends Named<typeof fragment> {}
export const vercelDeployment: VercelDeployment = fragment;
