import { inCode, inJson } from "./add-entries.ts";
import { changeElements } from "./edit-module.ts";
import { keyAsCode, spaced } from "./override.ts";

/** What changes of an entry of a configuration. */
export interface EntryChange {
  /** Which of its personas, from 0. */
  readonly index: number;
  /** What it says from now on; undefined: it goes. */
  readonly entry: { readonly [option: string]: unknown } | undefined;
  /** The options that are not as they were. */
  readonly changed: readonly string[];
}

/**
 * A configuration with other entries; undefined for one in code in which they are not written out. What is not changed stays as it is
 * written.
 */
export async function withChanges(
  name: string,
  text: string,
  changes: readonly EntryChange[],
): Promise<string | undefined> {
  if (name.endsWith(".json")) return changedJson(text, changes);
  const asCode = changes.map(({ index, entry, changed }) => {
    if (entry === undefined) return { index };
    const properties = changed.map((option) => [option, spaced(entry[option], keyAsCode)]);
    return { index, code: { whole: inCode(entry), properties: Object.fromEntries(properties) } };
  });
  try {
    return await changeElements(text, asCode);
  } catch (error) {
    // A module that Node can load and this parser cannot.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function changedJson(text: string, changes: readonly EntryChange[]): Promise<string> {
  // jsonc-parser says where each value stands: VS Code's own, typed, no dependencies, no install script.
  const { applyEdits, findNodeAtLocation, modify, parseTree } = (await import("jsonc-parser")).default;
  const bom = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const [, unit = "  "] = /\n([ \t]+)/.exec(text) ?? [];
  let edited = text.slice(bom.length);
  // From the last one on, so that each is still where it was.
  for (const { index, entry } of [...changes].sort((a, b) => b.index - a.index)) {
    const tree = parseTree(edited);
    const node = tree && findNodeAtLocation(tree, ["personas", index]);
    if (node === undefined) continue;
    const end = node.offset + node.length;
    if (entry === undefined) edited = applyEdits(edited, modify(edited, ["personas", index], undefined, {}));
    else {
      const [indent = ""] = /[ \t]*$/.exec(edited.slice(0, node.offset)) ?? [];
      edited = edited.slice(0, node.offset) + inJson(entry, unit).replaceAll("\n", eol + indent) + edited.slice(end);
    }
  }
  return bom + edited;
}
