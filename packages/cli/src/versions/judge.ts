import { type Bump, bumpOf, type Capability, type Change, type FieldValue, type Snapshot } from "@personakit/core";
import { capabilitiesLeft, type ToolRestrictions, widensField, widensTools } from "@personakit/targets";

/**
 * The version bump that a change needs. Core knows what a change means in no tool's words; what is set for a single tool, that tool's target
 * tells.
 */
export function judge(change: Change, before: Snapshot, after: Snapshot): Bump {
  const [word, rest = ""] = splitAt(change.path, " ");
  if (word === "field") return bumpOfField(change, ...splitAt(rest, "."));
  if (word === "exactTools") {
    return widensTools(rest, restrictionsIn(before), restrictionsIn(after)) ? "major" : "minor";
  }
  if (word === "tools" && change.before === undefined) {
    const left = capabilitiesLeft(restrictionsIn(before));
    const given = capabilitiesLeft(restrictionsIn(after)) ?? [];
    if (left !== undefined && given.some((capability) => !left.includes(capability))) return "major";
  }
  return bumpOf(change);
}

function bumpOfField(change: Change, target: string, name = ""): Bump {
  const isWider = widensField(target, name, fromJson(change.before), fromJson(change.after));
  if (isWider === undefined) return bumpOf(change);
  return isWider ? "major" : "minor";
}

function fromJson(json: string | undefined): FieldValue | undefined {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    // A stranger's package may say anything.
    return json;
  }
}

const EXACT = "exactTools ";

function restrictionsIn({ about }: Snapshot): ToolRestrictions {
  const { tools, mcpServers = [] } = about;
  const exact = Object.entries(about).flatMap(([name, value]) =>
    name.startsWith(EXACT) ? [[name.slice(EXACT.length), listOf(value)] as const] : [],
  );
  return {
    ...(tools === undefined ? {} : { tools: listOf(tools) as Capability[] }),
    exactTools: Object.fromEntries(exact),
    mcpServers: listOf(mcpServers),
  };
}

/** Where a record of what was published is read back, a list is one text. */
function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? value.split(", ").filter((item) => item !== "") : value;
}

function splitAt(text: string, sign: string): [string, string?] {
  const index = text.indexOf(sign);
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
