import { type Document, render } from "@personakit/core";
import { describeWithExamples } from "@personakit/core/internal";
import { dropped, exactOnly, kept, unrestricted } from "./features/features.ts";
import type { KnownFields } from "./features/field.ts";
import { texts } from "./features/field-schema.ts";
import { makeKnown } from "./features/known.ts";
import { type Said, type Speaker, say } from "./features/say.ts";
import { insteadOf } from "./format/keys.ts";
import { hiddenInValue } from "./format/seen.ts";
import { throwIssues } from "./issues/issue.ts";
import { contextOf } from "./model/context.ts";
import { claudeAgent } from "./targets/claude-agent.ts";

/** An agent of the Claude Agent SDK: a value of `options.agents`. */
export interface ClaudeAgentDefinition {
  description: string;
  prompt: string;
  tools?: string[];
  model?: string;
}

/** An agent of the OpenAI Agents SDK: what `new Agent` takes. */
export interface OpenAIAgentOptions {
  name: string;
  handoffDescription: string;
  instructions: string;
  model?: string;
}

/** An agent of the Vercel AI SDK: what `new ToolLoopAgent` takes, without the model object that only a program has. */
export interface VercelAgentSettings {
  id: string;
  instructions: string;
}

/** For a program that hands out the tools itself, and has no place for the rest. */
const IN_CODE = {
  description: kept,
  examples: dropped("the program hands over by description alone"),
  tools: unrestricted,
  mcpServers: kept,
  color: dropped("an agent in code has no colour"),
  paths: dropped("an agent in code is not loaded by file"),
};

/** Programs that take a persona in code, by the id that `model.exact` accepts in addition to targets. */
const SDKS = {
  "claude-agent-sdk": {
    features: { ...claudeAgent.features, color: IN_CODE.color },
    fields: sdkFields(),
    owned: () => ({
      ...insteadOf({ description: "description", tools: "tools", model: "model" }),
      prompt: "It is the persona's body.",
    }),
  },
  "openai-agents-sdk": { features: { ...IN_CODE, model: exactOnly("give an exact id") }, owned: noFields },
  "vercel-ai-sdk": { features: { ...IN_CODE, model: dropped("the program chooses the model") }, owned: noFields },
} as const satisfies { readonly [id: string]: Speaker };

for (const [id, speaker] of Object.entries<Speaker>(SDKS)) makeKnown(id, speaker);

function noFields(): undefined {}

/** What an agent of the Claude Agent SDK has of the fields of a file: hooks are functions there. */
function sdkFields(): KnownFields {
  const { hooks: _, isolation: __, disallowedTools, ...fields } = claudeAgent.fields ?? {};
  return { ...fields, ...(disallowedTools && { disallowedTools: { ...disallowedTools, schema: texts } }) };
}

/** The ids that `model.exact` accepts in addition to those of targets. */
export const SDK_IDS: readonly string[] = Object.keys(SDKS);

/**
 * The persona for the Claude Agent SDK, without its colour and paths, with the fields that it sets for `claude-agent-sdk`. References follow the body, because a program has no
 * files to read. Throws for a restriction that leaves no tool that Claude Code has a name for.
 *
 * @example
 * ```ts
 * import type { Document } from "@personakit/core";
 * import { type ClaudeAgentDefinition, toClaudeAgent } from "@personakit/targets";
 *
 * export function agentsOf(documents: readonly Document[]): Record<string, ClaudeAgentDefinition> {
 *   return Object.fromEntries(documents.map((document) => [document.id, toClaudeAgent(document)]));
 * }
 * ```
 */
export function toClaudeAgent(document: Document): ClaudeAgentDefinition {
  const { tools, model, fields } = sayTo("claude-agent-sdk", document);
  return seen(document, {
    description: describeWithExamples(document),
    prompt: inOneText(document),
    ...(tools === undefined ? {} : { tools: [...tools] }),
    ...(model === undefined ? {} : { model: model.word }),
    ...fields,
  });
}

/**
 * The persona for the OpenAI Agents SDK, without examples, colour and paths; a model only by exact id for
 * `openai-agents-sdk`. Throws for a restricted persona: the program itself hands out the tools.
 *
 * @example
 * ```ts
 * import type { Document } from "@personakit/core";
 * import { toOpenAIAgent } from "@personakit/targets";
 *
 * export function instructionsOf(document: Document): string {
 *   const { name, instructions } = toOpenAIAgent(document);
 *   return `${name}: ${instructions}`;
 * }
 * ```
 */
export function toOpenAIAgent(document: Document): OpenAIAgentOptions {
  const { model } = sayTo("openai-agents-sdk", document);
  return seen(document, {
    name: document.id,
    handoffDescription: document.description,
    instructions: inOneText(document),
    ...(model === undefined ? {} : { model: model.word }),
  });
}

/**
 * The persona's text for the Vercel AI SDK; the program chooses the model. Throws for a restricted persona: the program
 * itself hands out the tools.
 *
 * @example
 * ```ts
 * import type { Document } from "@personakit/core";
 * import { toVercelAgent } from "@personakit/targets";
 *
 * export function settingsOf<Model>(document: Document, model: Model) {
 *   return { ...toVercelAgent(document), model };
 * }
 * ```
 */
export function toVercelAgent(document: Document): VercelAgentSettings {
  sayTo("vercel-ai-sdk", document);
  return seen(document, { id: document.id, instructions: inOneText(document) });
}

function sayTo(target: keyof typeof SDKS, document: Document): Said {
  return say(SDKS[target], contextOf(document, target)).said;
}

/** Body and references as one text; links lead to the ids that the headings of references start with. */
function inOneText(document: Document): string {
  const { body, references } = render(document, { referencePath: (id) => `#${id}` });
  const named = Object.entries(references).map(([id, { text }]) => text.replace(/^# /, () => `# ${id}: `));
  return [body.text, ...named].join("\n");
}

/** Throws if a program would pass on invisible characters. */
function seen<Value extends object>(document: Document, value: Value): Value {
  throwIssues(hiddenInValue(`persona "${document.id}"`, value));
  return value;
}
