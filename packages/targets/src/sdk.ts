import { type Document, describeWithExamples, render } from "@personakit/core";
import { CLAUDE_MODELS, CLAUDE_TOOLS, claudeServer } from "./claude.ts";
import { Report } from "./report.ts";
import { refuseHiddenCharacters } from "./safety.ts";

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

/** The persona for the Claude Agent SDK, without its colour and paths. References follow the body, because a program has no files to read. */
export function toClaudeAgent(document: Document): ClaudeAgentDefinition {
  const report = new Report("claude-agent-sdk", document);
  const tools = report.allowed(CLAUDE_TOOLS, claudeServer);
  const model = report.model(CLAUDE_MODELS);
  return {
    description: describeWithExamples(document),
    prompt: inOneText(document),
    ...(tools === undefined ? {} : { tools }),
    ...(model === undefined ? {} : { model }),
  };
}

/**
 * The persona for the OpenAI Agents SDK, without examples, colour and paths; a model only by exact id for
 * `openai-agents-sdk`. Throws for a restricted persona: the program itself hands out the tools.
 */
export function toOpenAIAgent(document: Document): OpenAIAgentOptions {
  const report = new Report("openai-agents-sdk", document);
  report.unrestricted();
  const model = report.model({ why: "give an exact id" });
  return {
    name: document.id,
    handoffDescription: document.description,
    instructions: inOneText(document),
    ...(model === undefined ? {} : { model }),
  };
}

/** The persona's text for the Vercel AI SDK; the program chooses the model. Throws for a restricted persona: the program itself hands out the tools. */
export function toVercelAgent(document: Document): VercelAgentSettings {
  new Report("vercel-ai-sdk", document).unrestricted();
  return { id: document.id, instructions: inOneText(document) };
}

/** Body and references as one text; links lead to the ids that the headings of references start with. */
function inOneText(document: Document): string {
  const { body, references } = render(document, { referencePath: (id) => `#${id}` });
  const named = Object.entries(references).map(([id, { text }]) => text.replace(/^# /, () => `# ${id}: `));
  const whole = [body.text, ...named].join("\n");
  refuseHiddenCharacters(`persona "${document.id}"`, {
    text: `${describeWithExamples(document)}\n${whole}`,
    origins: [],
  });
  return whole;
}
