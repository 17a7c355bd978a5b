import { join } from "node:path";
import type { Document } from "@personakit/core";
import { beginOfBlock } from "../disk/block.ts";
import type { ChangedFile } from "../disk/file-status.ts";
import { shorten } from "../output/terminal.ts";
import { type HandEdits, handEdits } from "../plan/hand-edits.ts";
import { configFilesIn } from "../sources/config.ts";
import { formatSettings, isEmpty, removalsIn, settingsOf } from "../sources/override.ts";

/** Where the persona of a changed file comes from. */
export interface ChangedPersona {
  readonly document: Document;
  /** Whether it was added without a configuration. */
  readonly isAdded: boolean;
}

/** What a hand has changed in a file, with lines as the file has them. */
export function editsIn({ artifact, found = "", before = "" }: ChangedFile, document: Document): HandEdits {
  const { override, unsaid } = handEdits({ artifact, found, document });
  const offset = artifact.block === undefined ? 0 : beginOfBlock(before, artifact.block);
  return { override, unsaid: unsaid.map((each) => ({ ...each, line: each.line + offset })) };
}

/** Says how a change by hand is kept: the override to paste, and what else has changed. */
export function suggestOverride(changed: ChangedFile, { document, isAdded }: ChangedPersona, folder: string): string[] {
  const { override, unsaid } = editsIn(changed, document);
  const file = shorten(changed.file);
  const [config] = configFilesIn(folder);
  const isJson = isAdded || config?.endsWith(".json");
  const paste = formatSettings(settingsOf(override), isJson ? "json" : "code").map((line) =>
    line === "" ? "" : `  ${line}`,
  );
  const where = config === undefined || isAdded ? "" : ` in ${shorten(join(folder, config))}`;
  return [
    ...(isEmpty(override)
      ? []
      : [
          isAdded
            ? `As an override, your change is this. "${document.id}" has no configuration yet: personakit override ${file} says how to make one.`
            : `To keep your change, run personakit override ${file}, or put this into the extend of "${document.id}"${where}:`,
          "",
          ...paste,
          ...removalsIn(settingsOf(override)),
          "",
        ]),
    ...unsaid.map(({ line, belongsTo }) => `Line ${line} ${belongsTo}.`),
    ...(unsaid.length > 0 ? [""] : []),
  ];
}
