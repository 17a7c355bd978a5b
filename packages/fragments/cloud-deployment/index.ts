import { defineFragment, md, must, type Named, raw, should } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** What the clouds call the same things. */
const CLOUDS = {
  aws: {
    signIn:
      "Let CI assume an IAM role through OIDC, with `sub` in the trust policy fixed to the repository and environment, in the form that the repository's OIDC settings show (new repositories have immutable ids in it); store no access keys.",
    source: {
      source: "GitHub Docs, Configuring OpenID Connect in Amazon Web Services",
      url: "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws",
    },
    account: "AWS account",
    secrets: "AWS Secrets Manager or Parameter Store",
    release:
      "Shift traffic by blue/green or canary with CloudWatch alarms that roll back; on rolling ECS deployments, turn on the circuit breaker with `rollback: true`.",
    releaseSource: {
      source: "Amazon ECS API Reference, DeploymentCircuitBreaker",
      url: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html",
    },
  },
  gcp: {
    signIn:
      "Let CI exchange its OIDC token through Workload Identity Federation, with an attribute condition fixed to the repository and environment; create no service account keys.",
    source: {
      source: "GitHub Docs, Configuring OpenID Connect in Google Cloud Platform",
      url: "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-google-cloud-platform",
    },
    account: "Google Cloud project",
    secrets: "Secret Manager",
    release:
      "Deploy a Cloud Run revision with `--no-traffic`, shift to it in steps with `gcloud run services update-traffic`, and shift back on an alert.",
    releaseSource: {
      source: "Cloud Run documentation, Rollbacks, gradual rollouts, and traffic migration",
      url: "https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration",
    },
  },
  azure: {
    signIn:
      "Let CI sign in with a federated credential whose subject is fixed to the repository and environment, in the form that the repository's OIDC settings show; create no client secrets.",
    source: {
      source: "GitHub Docs, Configuring OpenID Connect in Azure",
      url: "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-azure",
    },
    account: "Azure subscription",
    secrets: "Key Vault",
    release:
      "Deploy to a slot, warm it and swap (App Service), or weigh traffic between revisions (Container Apps), and go back on an alert.",
    releaseSource: {
      source: "Microsoft Learn, Traffic splitting in Azure Container Apps",
      url: "https://learn.microsoft.com/en-us/azure/container-apps/traffic-splitting",
    },
  },
} as const;

const fragment = defineFragment({
  id: "cloud-deployment",
  version: manifest.version,
  title: "Cloud deployment",
  summary:
    "How a pipeline signs in to a cloud without stored keys, and how traffic moves to a release. Choose it for what runs on AWS, Google Cloud or Azure.",
  params: {
    cloud: z.enum(["aws", "gcp", "azure"]).default("aws").describe("The cloud that the pipeline deploys to."),
  },
  rules: {
    /** A federated identity instead of keys. */
    role: ({ cloud }) =>
      must(CLOUDS[cloud].signIn, {
        why: "A stored key works from anywhere until someone remembers to revoke it.",
        evidence: [CLOUDS[cloud].source],
      }),
    /** What separates the environments. */
    separateAccounts: ({ cloud }) =>
      must(
        md`Give staging and production one ${raw(CLOUDS[cloud].account)} and one deploy identity each, and let only the jobs of that environment take it.`,
        { why: "A mistake in staging then cannot reach production's data." },
      ),
    /** What the deploy identity may do. */
    deployRights: should(
      "Let the deploy identity change only the service's own resources, and hand the running service another identity that cannot deploy.",
      { why: "Whoever takes over the service could otherwise replace it." },
    ),
    /** Where the service's secrets come from. */
    runtimeSecrets: ({ cloud }) =>
      should(
        md`Let the platform inject the service's secrets from ${raw(CLOUDS[cloud].secrets)} when it starts; no CI variable holds one.`,
        { why: "Whoever may change the pipeline could otherwise print them." },
      ),
    /** Gradual traffic shift. */
    gradualRelease: ({ cloud }) => should(CLOUDS[cloud].release, { evidence: [CLOUDS[cloud].releaseSource] }),
  },
  decides: ({ cloud }) => ({ "deployment.cloud": cloud }),
});

/** How a pipeline signs in to a cloud without stored keys, and how traffic moves to a release. */
export interface CloudDeployment extends Named<typeof fragment> {}
export const cloudDeployment: CloudDeployment = fragment;
