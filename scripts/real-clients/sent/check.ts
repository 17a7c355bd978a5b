import { availableParallelism } from "node:os";
import { type ContextTool, contextTools } from "@personakit/targets/context";
import { install } from "../clients.ts";
import { captured, messageOf } from "./capture.ts";
import { type Case, casesOf, nameOf } from "./cases.ts";
import type { Sender } from "./senders.ts";

/** What became of one client. */
export interface SentResult {
  readonly sender: Sender;
  /** What the engine knows of it. */
  readonly tool: ContextTool;
  /** How often it was started, and how often it sent what the engine says. */
  readonly captures: number;
  readonly alike: number;
  readonly problems: readonly string[];
  /** Why it was not started. */
  readonly skipped?: string;
}

/** Installs a client where it is not, starts it in every case, and compares what it sends with what the engine says. */
export async function checkSent(sender: Sender, installed: string): Promise<SentResult> {
  const tool = contextTools.find(({ id }) => id === sender.tool);
  if (tool === undefined) throw new Error(`the engine knows no tool ${sender.tool}`);
  const cases = casesOf(sender.tool).filter((each) => canDo(sender, each));
  try {
    const binary = install({ ...sender, version: tool.version }, installed);
    const [first, ...rest] = cases;
    if (first === undefined) throw new Error("there is no case for it");
    // What cannot be started once is not tried again and again.
    const results = [await resultOf(sender, binary, first)];
    const queue = rest.values();
    // Clients wait more than they work.
    await Promise.all(
      Array.from({ length: availableParallelism() }, async () => {
        for (const each of queue)
          results.push(await resultOf(sender, binary, each).catch((error) => failed(each, error)));
      }),
    );
    const problems = results.flat().sort();
    return {
      sender,
      tool,
      captures: cases.length,
      alike: results.filter((lines) => lines.length === 0).length,
      problems,
    };
  } catch (error) {
    return { sender, tool, captures: 0, alike: 0, problems: [], skipped: messageOf(error) };
  }
}

async function resultOf(sender: Sender, binary: string, each: Case): Promise<string[]> {
  return (await captured(sender, binary, each)).map((line) => `${nameOf(each)}: ${line}`);
}

function failed(each: Case, error: unknown): string[] {
  return [`${nameOf(each)}: could not be captured: ${messageOf(error)}`];
}

function canDo({ read, skill, agent }: Sender, { reads, calls }: Case): boolean {
  if (reads !== undefined && read === undefined) return false;
  return calls === undefined || { skill, agent }[calls] !== undefined;
}
