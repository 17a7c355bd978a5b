import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "@personakit/core/internal";
import { parseAllDocuments } from "yaml";
import { ROOT } from "../../scripts/workspace.ts";
import type { Block } from "./blocks.ts";
import type { Load } from "./packages.ts";
import { problemsOfSql } from "./sql.ts";

/** What is wrong with a block, a sentence each. */
export type Check = (block: Block) => string[] | Promise<string[]>;

/** How each language is checked. TypeScript and JavaScript are compiled in one run, by `typescript.ts`. */
export function checkersWith(load: Load): { readonly [language: string]: Check } {
  const data: Check = async ({ code }) => {
    const documents = parseAllDocuments(code);
    const errors = documents.flatMap((each) => each.errors.map(({ message }) => message));
    if (errors.length > 0) return errors;
    return (await Promise.all(documents.map((each) => problemsOfData(each.toJS(), load)))).flat();
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

/** What shows the format of data, and the schema of that format, in `schemas`. */
const SCHEMAS = [
  { key: "jobs", schema: "github-workflow.json" },
  { key: "services", schema: "compose-spec.json" },
];

/** Data is checked against the schema of the format that its keys show. */
async function problemsOfData(value: unknown, load: Load): Promise<string[]> {
  if (!isRecord(value)) return ["not a map at the top"];
  if ("openapi" in value) {
    const { Validator } = await load("@seriousme/openapi-schema-validator");
    const { valid, errors } = await new Validator().validate(value);
    return valid ? [] : [JSON.stringify(errors)];
  }
  if ("stages" in value) return problemsOfPipeline(value);
  const name = SCHEMAS.find(({ key }) => key in value)?.schema;
  if (name === undefined) return [`no schema is known for data with the keys ${Object.keys(value).join(", ")}`];
  const { default: Ajv } = await load("ajv");
  const { default: addFormats } = await load("ajv-formats");
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  const { $schema: _, ...schema } = JSON.parse(readFileSync(join(ROOT, "test/samples/schemas", name), "utf8"));
  return ajv.validate(schema, value) ? [] : [ajv.errorsText()];
}

/** What is no job in a GitLab pipeline. */
const GITLAB_KEYWORDS = ["stages", "workflow", "variables", "default", "include"];

/** A GitLab pipeline: each job has a script and a stage that there is, of its own or of the hidden job that it extends. */
function problemsOfPipeline(pipeline: Record<string, unknown>): string[] {
  const stages = Array.isArray(pipeline.stages) ? pipeline.stages : [];
  const jobs = Object.entries(pipeline).filter(([name]) => !GITLAB_KEYWORDS.includes(name));
  return jobs.flatMap(([name, job]) => {
    if (!isRecord(job)) return [`${name} is not a job`];
    const base = typeof job.extends === "string" ? pipeline[job.extends] : {};
    if (!isRecord(base)) return [`${name} extends a job that there is not`];
    if (name.startsWith(".")) return [];
    const { script, stage } = { ...base, ...job };
    const lines = Array.isArray(script) && script.length > 0 && script.every((line) => typeof line === "string");
    return [...(lines ? [] : [`${name} has no script`]), ...(stages.includes(stage) ? [] : [`${name} has no stage`])];
  });
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
