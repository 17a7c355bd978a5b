// Rules for the keys of some 25 services, kept by secretlint: one module without dependencies and install scripts. 12.0 is the last for Node.js 20.
import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import { defineCheck } from "../model/define-check.ts";
import type { InstructionFile } from "../model/file.ts";

/** What secretlint's rules say, as far as it is used here: its own types are in another package. */
interface Rule {
  readonly meta: { readonly id: string };
  create(
    context: {
      createTranslator(messages: { readonly [id: string]: unknown }): (id: string) => { readonly messageId: string };
      report(found: { readonly message: { readonly messageId: string }; readonly range: readonly number[] }): void;
    },
    options: object,
  ): {
    file(source: {
      readonly filePath: string;
      readonly content: string;
      readonly contentType: "text";
      readonly ext: string;
    }): void;
  };
}

/** Rules that find an address with any user and password in it, as examples have one, and one that finds nothing itself. */
const LEFT_OUT = /-(?:basicauth|database-connection-string|filter-comments)$/;

/** The id of a key of AWS is half of it, and says that the other half is near. */
const OPTIONS = { enableIDScanRule: true };

/** An account's number is none of its secrets. */
const NO_SECRETS = new Set(["AWSAccountID"]);

const USED = (rules as unknown as readonly Rule[]).filter(({ meta }) => !LEFT_OUT.test(meta.id));

/** Keys that are written as an example of one. */
const EXAMPLE = /example|placeholder|your|xxxx|\.\.\.|<|0{6}|1234567|abcdef|dummy|fake|redacted|\*{3}/i;

export const dangerCredential = defineCheck({
  id: "danger/credential",
  severity: "error",
  what: "A password or a key of a service.",
  why: {
    text: "Everyone who reads the repository has the key, its history keeps it, and each request sends it to the maker of the model.",
    sources: [{ source: "https://github.com/secretlint/secretlint", date: "2026-11-28" }],
  },
  examples: {
    bad: [
      { files: { "AGENTS.md": `Deploy with the key ${"AKIA"}Z3MSJV4YWUYLDPTH.\n` }, finds: [["AGENTS.md", 1]] },
      {
        files: { "CLAUDE.md": `\`\`\`sh\nexport GITHUB_TOKEN=${"ghp_"}wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx\n\`\`\`\n` },
        finds: [["CLAUDE.md", 2]],
      },
    ],
    good: [
      {
        "AGENTS.md": `Keys look like AKIAIOSFODNN7EXAMPLE, ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx or sk-ant-....\nDATABASE_URL=postgresql://postgres:postgres@localhost:5432/test\ngit show 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b\n`,
      },
    ],
  },
  *inFile(file) {
    const seen = new Set<number>();
    for (const { start, end, name } of keysIn(file)) {
      if (seen.has(start) || EXAMPLE.test(file.text.slice(start, end))) continue;
      seen.add(start);
      yield {
        path: file.path,
        at: { start, end },
        problem: `this looks like a key of ${name}, which everyone who reads the file then has`,
        hint: "Revoke it, and name an environment variable instead.",
      };
    }
  },
});

function keysIn({
  path,
  text,
}: InstructionFile): { readonly start: number; readonly end: number; readonly name: string }[] {
  const found: { start: number; end: number; name: string }[] = [];
  const source = {
    filePath: path,
    content: text,
    contentType: "text",
    ext: path.slice(path.lastIndexOf(".")),
  } as const;
  for (const rule of USED) {
    const context = {
      createTranslator: () => (messageId: string) => ({ messageId }),
      report({
        message,
        range: [start = 0, end = start],
      }: {
        message: { messageId: string };
        range: readonly number[];
      }) {
        if (!NO_SECRETS.has(message.messageId)) found.push({ start, end, name: serviceOf(rule.meta.id) });
      },
    };
    rule.create(context, OPTIONS).file(source);
  }
  return found.sort((a, b) => a.start - b.start);
}

const SERVICES: { readonly [rule: string]: string } = {
  aws: "AWS",
  gcp: "Google Cloud",
  npm: "npm",
  openai: "OpenAI",
  github: "GitHub",
  gitlab: "GitLab",
  sendgrid: "SendGrid",
  huggingface: "Hugging Face",
  privatekey: "a server, a private one",
  "hashicorp-vault": "HashiCorp Vault",
};

function serviceOf(rule: string): string {
  const name = rule.replace(/^.*secretlint-rule-/, "");
  return SERVICES[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
}
