import { defineFragment, may, md, must, type Named, raw } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** What differs between the tools. */
const TOOLS = {
  cdk: {
    name: "the AWS CDK",
    drift: "cdk drift --fail",
    grants: "`grant*` methods where they exist",
    compose:
      "Build stacks from AWS Solutions Constructs and L2 or L3 constructs; use an L1 `Cfn*` class or an escape hatch only where none covers the resource, and say why in a comment.",
    compliance:
      "Run the `AwsSolutionsChecks` pack of `cdk-nag` at every `cdk synth` and leave no finding open: fix it, or acknowledge that one rule on that one construct with a written reason.",
  },
  sam: {
    name: "AWS SAM",
    drift: "aws cloudformation detect-stack-drift",
    grants: "SAM policy templates where they exist",
    compose:
      "Build stacks from `AWS::Serverless` resources, connectors included; use a plain CloudFormation resource only where none covers the need, and say why in a comment.",
    compliance:
      "Run `sam validate --lint` and `cfn-guard validate` (AWS Guard Rules Registry) on every template in CI and leave no finding open: fix it, or suppress that one rule on that one resource with a written reason.",
  },
  terraform: {
    name: "Terraform",
    drift: "terraform plan -detailed-exitcode",
    grants: "`aws_iam_policy_document` data sources",
    compose:
      "Build stacks from published modules pinned to a version; use a bare resource only where no module covers the need, and say why in a comment.",
    compliance:
      "Run `terraform validate` and `checkov` on every change in CI and leave no finding open: fix it, or add a `checkov:skip` comment with a written reason.",
  },
} as const;

const SERVERS = { "aws-cdk": "the AWS CDK MCP server", "aws-serverless": "the AWS Serverless MCP server" } as const;

/** Names of a list in a sentence. */
function both(names: readonly (keyof typeof SERVERS)[]): string {
  return names.map((name) => SERVERS[name]).join(" and ");
}

const fragment = defineFragment({
  id: "aws-infrastructure",
  version: manifest.version,
  title: "AWS infrastructure",
  summary:
    "How AWS resources are defined, checked, permitted and encrypted. Choose it when the service's infrastructure lives in the same repository.",
  params: {
    infrastructure: z
      .enum(["cdk", "sam", "terraform"])
      .default("cdk")
      .describe("The tool that defines every AWS resource."),
    servers: z
      .array(z.enum(["aws-cdk", "aws-serverless"]))
      .min(1)
      .default(["aws-cdk", "aws-serverless"])
      .describe("The AWS MCP servers that are consulted."),
  },
  rules: {
    /** When the AWS MCP servers are asked, and what they answer from. */
    mcpServers: ({ servers }) =>
      must(
        `Consult ${both(servers)} before you settle the architecture or an infrastructure pattern, and again on every infrastructure error, for the proven patterns of AWS Solutions Constructs, the compliance rules of CDK Nag and the Well-Architected Framework${servers.includes("aws-cdk") ? " (`awslabs.aws-iac-mcp-server` succeeds the CDK server)" : ""}. If none is connected, say so and cite the AWS documentation.`,
        { why: "Their answers follow current AWS guidance, which model memory does not." },
      ),
    /** Resources in code only. */
    everythingInCode: ({ infrastructure }) =>
      must(
        md`Define every AWS resource in ${TOOLS[infrastructure].name}, tagged with service, environment and owner. Never change one in the console; change and deploy the code, so that \`${TOOLS[infrastructure].drift}\` finds nothing.`,
        {
          why: "The next deployment undoes a change made by hand, and cost without tags belongs to nobody.",
          enforcedBy: TOOLS[infrastructure].drift,
        },
      ),
    /** IAM permissions. */
    leastPrivilege: ({ infrastructure }) =>
      must(
        md`Grant least privilege: only the actions and ARNs that an IAM role's code calls, through ${raw(TOOLS[infrastructure].grants)}. Write no \`*\` action or resource unless the API has no resource level, and say so in a comment.`,
        {
          why: "A function that is taken over can do whatever its role allows.",
          evidence: [
            {
              source: "IAM User Guide, Security best practices in IAM",
              url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
            },
            {
              source: "Service Authorization Reference, Actions, resources, and condition keys for AWS services",
              url: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
            },
          ],
        },
      ),
    /** What stacks are built from. */
    constructs: ({ infrastructure }) =>
      must(TOOLS[infrastructure].compose, { why: "Tested defaults replace hand-set properties." }),
    /** The compliance check before deployment. */
    complianceCheck: ({ infrastructure }) =>
      must(TOOLS[infrastructure].compliance, {
        why: "A finding left open hides the next one; a written reason lets the reviewer object.",
      }),
    /** Encryption at rest and in transit. */
    encryption: must(
      "Turn on encryption at rest for every bucket, table, queue, topic and volume, and deny requests where `aws:SecureTransport` is `false` in bucket, queue and topic policies.",
      {
        why: "Encryption in transit is only enforced where plain HTTP is refused.",
        evidence: [
          {
            source: "Amazon S3 User Guide, Security best practices for Amazon S3",
            url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
          },
          {
            source: "Amazon SQS Developer Guide, Amazon SQS security best practices",
            url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
          },
        ],
      },
    ),
    /** Private paths to AWS services. */
    vpcEndpoints: may(
      "From inside a VPC, reach S3 and DynamoDB through gateway VPC endpoints and other AWS services through interface endpoints, instead of a NAT gateway.",
      {
        why: "Traffic stays off the internet, and gateway endpoints are free of charge.",
        evidence: [
          {
            source: "Amazon VPC User Guide for AWS PrivateLink, Gateway endpoints",
            url: "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
          },
        ],
      },
    ),
    /** What new resources cost. */
    costEstimate: may(
      "State in the pull request what new resources cost a month at the expected load, with the AWS Pricing Calculator estimate.",
    ),
  },
  decides: ({ infrastructure }) => ({ "infrastructure.tool": infrastructure }),
});

/** How AWS resources are defined, checked, permitted and encrypted. */
export interface AwsInfrastructure extends Named<typeof fragment> {}
export const awsInfrastructure: AwsInfrastructure = fragment;
