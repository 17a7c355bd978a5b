import type { Document } from "@personakit/core";
import { type HandEdits, handEdits } from "../plan/hand-edits.ts";
import type { PlannedArtifact } from "../plan/make-plan.ts";
import { formatSettings, isEmpty, removalsIn, settingsOf } from "../sources/override.ts";

// What every build loads is given to these functions, and not imported: where nothing has changed, none of this is loaded.

/** A file that a hand has changed. */
export interface ChangedText {
  readonly artifact: Pick<PlannedArtifact, "text" | "origins">;
  /** What stands there, without what is the user's. */
  readonly found: string;
  /** How many lines of the file stand above it. */
  readonly linesAbove: number;
}

/** How a reader is told where an override goes. */
export interface Suggested {
  /** As the user would type them. */
  readonly file: string;
  readonly config: string | undefined;
  /** Whether the persona was added without a configuration. */
  readonly isAdded: boolean;
}

/** What a hand has changed in a file, with lines as the file has them. */
export function editsIn({ artifact, found, linesAbove }: ChangedText, document: Document): HandEdits {
  const { override, unsaid } = handEdits({ artifact, found, document });
  return { override, unsaid: unsaid.map((each) => ({ ...each, line: each.line + linesAbove })) };
}

/** Says how a change by hand is kept: the override to paste, and what else has changed. */
export function suggestOverride(
  changed: ChangedText,
  document: Document,
  { file, config, isAdded }: Suggested,
): string[] {
  const { override, unsaid } = editsIn(changed, document);
  const settings = settingsOf(override);
  const paste = formatSettings(settings, isAdded || config?.endsWith(".json") ? "json" : "code");
  const where = config === undefined ? "" : ` in ${config}`;
  const lead = isAdded
    ? `"${document.id}" was added without a configuration. To keep your change as this override, see personakit override ${file}:`
    : `To keep your change, run personakit override ${file}, or put this into the extend of "${document.id}"${where}:`;
  return [
    ...(isEmpty(override) ? [] : [lead, "", ...paste.map((line) => `  ${line}`), ...removalsIn(settings), ""]),
    ...unsaid.map(({ line, belongsTo }) => `Line ${line} ${belongsTo}.`),
    ...(unsaid.length > 0 ? [""] : []),
  ];
}
