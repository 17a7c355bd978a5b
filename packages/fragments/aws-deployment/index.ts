import { defineFragment, must, type Named, should } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const fragment = defineFragment({
  id: "aws-deployment",
  version: manifest.version,
  title: "Deployment to AWS",
  summary: "How a pipeline deploys to AWS without stored keys, and how traffic moves. Choose it for what runs there.",
  rules: {
    /** A role instead of keys. */
    role: must(
      "Let CI assume an IAM role through OIDC, with `sub` in the trust policy fixed to the repository and environment (`repo:acme/shop:environment:production`); store no access keys.",
      {
        why: "A stored key works from anywhere until someone remembers to revoke it.",
        evidence: [
          {
            source: "GitHub Docs, Configuring OpenID Connect in Amazon Web Services",
            url: "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws",
          },
        ],
      },
    ),
    /** Gradual traffic shift. */
    gradualRelease: should(
      "Shift traffic by blue/green or canary with CloudWatch alarms that roll back; on rolling ECS deployments, turn on the circuit breaker with `rollback: true`.",
      {
        evidence: [
          {
            source: "Amazon ECS API Reference, DeploymentCircuitBreaker",
            url: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html",
          },
        ],
      },
    ),
  },
});

/** How a pipeline deploys to AWS without stored keys, and how traffic moves. */
export interface AwsDeployment extends Named<typeof fragment> {}
export const awsDeployment: AwsDeployment = fragment;
