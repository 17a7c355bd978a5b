import { isRecord } from "@personakit/core/internal";
import { type Setting, valueAsJson } from "./override.ts";

/** A configuration in JSON with values set in the `extend` of one of its personas. What is not changed stays as it is written. */
export async function editJson(text: string, index: number, id: string, settings: readonly Setting[]): Promise<string> {
  // jsonc-parser changes a value and leaves the rest as it stands: VS Code's own, typed, no dependencies, no install script.
  const { applyEdits, modify, parse } = (await import("jsonc-parser")).default;
  const bom = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const [, indent = "  "] = /\n([ \t]+)/.exec(text) ?? [];
  const formattingOptions = {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  let edited = text.slice(bom.length);
  const set = (path: (string | number)[], value: unknown) => {
    edited = applyEdits(edited, modify(edited, path, value, { formattingOptions }));
  };
  const item: unknown = parse(edited)?.personas?.[index];
  const place = ["personas", index];
  if (!isRecord(item)) set(place, { persona: item, extend: { id } });
  else if (item.extend === undefined) set([...place, "extend"], { id });
  for (const { path, value } of settings) {
    set([...place, "extend", ...path], value === null ? undefined : valueAsJson(value));
  }
  return bom + edited;
}
