import type { Reply } from "../model-stub.ts";
import { type Json, objectOf } from "./json.ts";

/** What the stub makes the client do: call one of its tools. */
export interface Call {
  readonly tool: string;
  readonly args: { readonly [name: string]: string };
  /** Codex groups some of its tools. */
  readonly namespace?: string;
}

type Event = readonly [name: string | undefined, data: unknown];

/** An answer of a model, as a stream of events and as a whole. */
interface Answer {
  readonly events: readonly Event[];
  readonly whole: unknown;
}

const WORD = "done";

/** The answer of a model to a request by any of four protocols: a call, or else one word. */
export function answerTo(url: string, body: Json, call: Call | undefined): Reply {
  if (url.includes("count_tokens")) return json({ input_tokens: 10 });
  if (url.includes("countTokens")) return json({ totalTokens: 10 });
  if (/\/models(\?|$)/.test(url)) return json({ object: "list", data: [], models: [] });
  const protocol = PROTOCOLS.find(([path]) => path.test(url));
  if (protocol === undefined) return { ...json({}), status: 404 };
  const { events, whole } = protocol[1](call);
  const isStream = objectOf(body).stream === true || url.includes("streamGenerateContent");
  return isStream ? stream(events) : json(whole);
}

function json(data: unknown): Reply {
  return { status: 200, type: "application/json", body: JSON.stringify(data) };
}

function stream(events: readonly Event[]): Reply {
  const lines = events.map(([name, data]) => {
    const text = typeof data === "string" ? data : JSON.stringify(data);
    return `${name === undefined ? "" : `event: ${name}\n`}data: ${text}\n\n`;
  });
  return { status: 200, type: "text/event-stream", body: lines.join("") };
}

const typed = (type: string, more: object): Event => [type, { type, ...more }];

function anthropic(call: Call | undefined): Answer {
  const usage = { input_tokens: 10, output_tokens: 5 };
  const block =
    call === undefined
      ? { type: "text", text: WORD }
      : { type: "tool_use", id: "toolu_1", name: call.tool, input: call.args };
  const reason = call === undefined ? "end_turn" : "tool_use";
  const message = { id: "msg_1", type: "message", role: "assistant", model: "stub", stop_sequence: null, usage };
  const delta =
    call === undefined
      ? { type: "text_delta", text: WORD }
      : { type: "input_json_delta", partial_json: JSON.stringify(call.args) };
  const empty = call === undefined ? { ...block, text: "" } : { ...block, input: {} };
  return {
    events: [
      typed("message_start", { message: { ...message, content: [], stop_reason: null } }),
      typed("content_block_start", { index: 0, content_block: empty }),
      typed("content_block_delta", { index: 0, delta }),
      typed("content_block_stop", { index: 0 }),
      typed("message_delta", { delta: { stop_reason: reason, stop_sequence: null }, usage }),
      typed("message_stop", {}),
    ],
    whole: { ...message, content: [block], stop_reason: reason },
  };
}

function responses(call: Call | undefined): Answer {
  const item =
    call === undefined
      ? {
          type: "message",
          id: "msg_1",
          role: "assistant",
          status: "completed",
          content: [{ type: "output_text", text: WORD, annotations: [] }],
        }
      : {
          type: "function_call",
          id: "fc_1",
          call_id: "call_1",
          name: call.tool,
          arguments: JSON.stringify(call.args),
          ...(call.namespace === undefined ? {} : { namespace: call.namespace }),
        };
  const response = { id: "resp_1", object: "response", created_at: 1, model: "stub" };
  const usage = {
    ...{ input_tokens: 10, output_tokens: 5, total_tokens: 15 },
    ...{ input_tokens_details: { cached_tokens: 0 }, output_tokens_details: { reasoning_tokens: 0 } },
  };
  const whole = { ...response, status: "completed", output: [item], usage };
  return {
    events: [
      typed("response.created", { response: { ...response, status: "in_progress", output: [] } }),
      typed("response.output_item.added", { output_index: 0, item }),
      typed("response.output_item.done", { output_index: 0, item }),
      typed("response.completed", { response: whole }),
    ],
    whole,
  };
}

function chat(call: Call | undefined): Answer {
  const base = { id: "chatcmpl_1", created: 1, model: "stub" };
  const reason = call === undefined ? "stop" : "tool_calls";
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
  const called = call && {
    id: "call_1",
    type: "function",
    function: { name: call.tool, arguments: JSON.stringify(call.args) },
  };
  const said = called === undefined ? { content: WORD } : { content: null, tool_calls: [called] };
  const chunk = (delta: object, finish_reason: string | null = null): Event => [
    undefined,
    { ...base, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason }] },
  ];
  return {
    events: [
      chunk({ role: "assistant", content: "" }),
      chunk(called === undefined ? { content: WORD } : { tool_calls: [{ index: 0, ...called }] }),
      chunk({}, reason),
      [undefined, { ...base, object: "chat.completion.chunk", choices: [], usage }],
      [undefined, "[DONE]"],
    ],
    whole: {
      ...base,
      object: "chat.completion",
      choices: [{ index: 0, finish_reason: reason, message: { role: "assistant", ...said } }],
      usage,
    },
  };
}

function gemini(call: Call | undefined): Answer {
  const part = call === undefined ? { text: WORD } : { functionCall: { name: call.tool, args: call.args } };
  const whole = {
    candidates: [{ index: 0, content: { role: "model", parts: [part] }, finishReason: "STOP" }],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 },
    modelVersion: "stub",
  };
  return { events: [[undefined, whole]], whole };
}

const PROTOCOLS: readonly (readonly [RegExp, (call: Call | undefined) => Answer])[] = [
  [/\/messages/, anthropic],
  [/\/responses/, responses],
  [/\/chat\/completions/, chat],
  [/generateContent/i, gemini],
];
