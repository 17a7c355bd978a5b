import { createHash } from "node:crypto";
import type { Check, ExampleFiles, Observation, SeenObservation } from "@personakit/checks";
import { type ContextTool, contextTools } from "@personakit/targets/context";
import { checks } from "../../../packages/checks/src/registry.ts";
import type { ClientRecord } from "../record.ts";
import { type Sender, senders } from "../sent/senders.ts";

/** What a check says that a tool was seen to do with one of its bad examples. */
export interface Claim extends SeenObservation {
  readonly check: Check;
  /** Which bad example, from 1. */
  readonly example: number;
  readonly bad: ExampleFiles;
  /** The repository without the mistake. */
  readonly right: ExampleFiles;
  readonly sender: Sender;
  readonly known: ContextTool;
  /** Another one as soon as anything of it is changed that a run depends on. */
  readonly hash: string;
}

/** Everything that checks say that tools were seen to do. */
export const claims: readonly Claim[] = checks.flatMap((check) =>
  check.examples.bad.flatMap(({ files, fixed, right, tools = [] }, index) =>
    tools.filter(isSeen).map((observation): Claim => {
      const { tool, seen } = observation;
      const known = contextTools.find(({ name }) => name === tool);
      const sender = senders.find((each) => each.tool === known?.id);
      const twin = right ?? (fixed && { ...files, ...fixed });
      const name = `${check.id}, bad example ${index + 1}`;
      if (known === undefined || sender === undefined) throw new Error(`${name}: no client is called ${tool}`);
      if (twin === undefined) throw new Error(`${name}: there is nothing to compare with`);
      const hash = createHash("sha256")
        .update(JSON.stringify([files, twin, seen]))
        .digest("hex")
        .slice(0, 12);
      return { ...observation, check, example: index + 1, bad: files, right: twin, sender, known, hash };
    }),
  ),
);

/** Whether a tool was seen to do something; or else only its documentation says so. */
export function isSeen(observation: Observation): observation is SeenObservation {
  return "seen" in observation;
}

/** A claim on one line. */
export function claimName({ check, example, tool, does }: Claim): string {
  return `${check.id}, bad example ${example}: ${tool} ${does}`;
}

/** The day on which a run of the tool, in the version that is known, agreed; undefined where none did. */
export function shownOn({ sender, known, hash }: Claim, { shown }: ClientRecord): string | undefined {
  const last = shown[sender.id];
  return last?.version === known.version && Object.hasOwn(last.agreed, hash) ? last.date : undefined;
}
