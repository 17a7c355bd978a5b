import type { Role } from "@personakit/targets/context";
import { type Json, listOf, objectOf, textOf, textsIn } from "./json.ts";

/** A text that a client sent, and whom it says it is from. */
export interface SentText {
  readonly role: Role | "assistant";
  readonly text: string;
}

/** Every text of a request by any of four protocols, in its order; the tools come last. */
export function textsOf(request: Json): SentText[] {
  const body = objectOf(request);
  const input = listOf(body.input);
  const system = [body.system, body.instructions, objectOf(body.systemInstruction).parts];
  const messages = [body.messages, body.contents].flatMap(listOf);
  const more = input.filter((item) => objectOf(item).type === "additional_tools");
  const tools = [body.tools, ...more.map((item) => objectOf(item).tools)].flatMap(listOf);
  return [
    ...system.flatMap((each) => saidBy("system", each)),
    ...[...messages, ...input].flatMap(messageTexts),
    ...tools.flatMap(toolTexts),
  ];
}

/** Whether a client asks its model to work, and not only for a title: then it offers tools. */
export function offersTools(request: Json): boolean {
  return textsOf(request).some(({ role }) => role === "tool");
}

function messageTexts(message: Json): SentText[] {
  const { role, type, content, parts, output } = objectOf(message);
  if (type === "function_call_output") return saidBy("tool", output);
  return saidBy(ROLES[textOf(role)] ?? "assistant", content ?? parts);
}

const ROLES: { readonly [role: string]: SentText["role"] } = {
  system: "system",
  developer: "developer",
  user: "user",
  tool: "tool",
};

/** The blocks of a message; in the user's, some are results of tools. */
function saidBy(role: SentText["role"], content: Json): SentText[] {
  if (typeof content === "string") return [{ role, text: content }];
  return listOf(content).flatMap((block): SentText[] => {
    const { type, text, content: result, functionResponse } = objectOf(block);
    if (typeof text === "string") return [{ role, text }];
    if (functionResponse !== undefined) {
      return textsIn(objectOf(functionResponse).response).map((each) => ({ role: "tool", text: each }));
    }
    return type === "tool_result" ? saidBy("tool", result) : [];
  });
}

/** What a tool says of itself and of its parameters. */
function toolTexts(tool: Json): SentText[] {
  const { tools, functionDeclarations, function: inner } = objectOf(tool);
  const grouped = [tools, functionDeclarations].flatMap(listOf);
  if (grouped.length > 0) return grouped.flatMap(toolTexts);
  const { description, input_schema, parameters, parametersJsonSchema } = objectOf(inner ?? tool);
  return [description, input_schema, parameters, parametersJsonSchema]
    .flatMap(textsIn)
    .map((text) => ({ role: "tool", text }));
}
