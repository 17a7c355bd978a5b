import type { Capability, FieldValue, ToolsByTarget } from "@personakit/core";
import { own } from "@personakit/core/internal";
import { covered } from "./features/exact-tools.ts";
import { isWider } from "./features/field.ts";
import { knownTarget } from "./features/known.ts";
import { fill } from "./model/template.ts";

/**
 * Whether a field's new value lets an agent do more in a target than the earlier one; undefined stands for a field that is absent. Returns
 * undefined where nothing is known of the target or the field.
 *
 * @example
 * ```ts
 * import { widensField } from "@personakit/targets";
 *
 * export const isMajor = widensField("claude-agent", "permissionMode", "plan", "acceptEdits");
 * ```
 */
export function widensField(
  target: string,
  field: string,
  before: FieldValue | undefined,
  after: FieldValue | undefined,
): boolean | undefined {
  const known = own(knownTarget(target)?.fields, field);
  return known && isWider(known, before, after);
}

/** What restricts a persona's tools: for all targets, and for single ones. */
export interface ToolRestrictions {
  /** The capabilities that it may use, for all targets. */
  readonly tools?: readonly Capability[];
  /** The tools that it may use in a target, by their own names. */
  readonly exactTools?: ToolsByTarget;
  /** Its MCP servers. */
  readonly mcpServers: readonly string[];
}

/**
 * Whether an agent may use more tools in a target than before. Returns false for a target that has no names for tools.
 *
 * @example
 * ```ts
 * import { widensTools } from "@personakit/targets";
 *
 * const mcpServers: string[] = [];
 * const before = { tools: ["read", "search"], mcpServers } as const;
 * const after = { ...before, exactTools: { "claude-agent": ["Read", "Grep", "Glob", "WebSearch"] } };
 * export const isMajor = widensTools("claude-agent", before, after);
 * ```
 */
export function widensTools(target: string, before: ToolRestrictions, after: ToolRestrictions): boolean {
  const [was, is] = [namesFor(target, before), namesFor(target, after)];
  if (was === undefined) return false;
  return is === undefined || is.some((name) => !was.includes(name));
}

/** The names of the tools that a persona may use in a target; undefined for all. */
function namesFor(target: string, { tools, exactTools, mcpServers }: ToolRestrictions): readonly string[] | undefined {
  const exact = own(exactTools, target);
  if (exact !== undefined) return exact;
  const { tools: way, mcpServers: servers } = knownTarget(target)?.features ?? {};
  const left = capabilitiesLeft({ tools, exactTools, mcpServers });
  if (left === undefined || way === undefined || !("tools" in way)) return undefined;
  const named = servers?.kind === "named" ? mcpServers.map((server) => fill(servers.template, { server })) : [];
  return [...left.flatMap((capability) => way.tools[capability]), ...named];
}

/**
 * The capabilities of a persona in a target that it names no tools for. Returns undefined for all of them.
 *
 * @example
 * ```ts
 * import { capabilitiesLeft } from "@personakit/targets";
 *
 * export const left = capabilitiesLeft({ exactTools: { "claude-agent": ["Read", "Grep", "Glob"] }, mcpServers: [] });
 * ```
 */
export function capabilitiesLeft({
  tools,
  exactTools = {},
  mcpServers,
}: { readonly [Name in keyof ToolRestrictions]: ToolRestrictions[Name] | undefined }):
  | readonly Capability[]
  | undefined {
  if (tools !== undefined || Object.keys(exactTools).length === 0) return tools;
  return covered({ exactTools, mcpServers: mcpServers ?? [] }).whole;
}
