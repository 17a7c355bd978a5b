import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Result } from "./check.ts";
import type { SentResult } from "./sent/check.ts";
import type { ShownResult } from "./shown/check.ts";

/** What the page says of one client that was asked what it loads. */
export interface LoadRecord extends Omit<Result, "client"> {
  readonly version: string;
  readonly date: string;
}

/** What the page says of one client whose requests were read. */
export interface SentRecord extends Omit<SentResult, "sender" | "tool"> {
  readonly version: string;
  readonly date: string;
}

/** What the pages of checks say of one client that was started in their examples. */
export interface ShownRecord extends Omit<ShownResult, "sender" | "tool"> {
  readonly version: string;
  readonly date: string;
}

/** The last result of each client, by its word. */
export interface ClientRecord {
  readonly load: { readonly [id: string]: LoadRecord };
  readonly sent: { readonly [id: string]: SentRecord };
  readonly shown: { readonly [id: string]: ShownRecord };
}

const FILE = new URL("record.json", import.meta.url);

/** The record as it stands. */
export function readRecord(): ClientRecord {
  return { load: {}, sent: {}, shown: {}, ...(existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : {}) };
}

/** New results of clients. */
export interface Results {
  readonly load: readonly Result[];
  readonly sent: readonly SentResult[];
  readonly shown: readonly ShownResult[];
}

/** Puts new results in the place of older ones. Returns the whole record. */
export function recorded({ load: loaded, sent, shown }: Results, date: string): ClientRecord {
  const last = readRecord();
  const load = loaded.map(
    ({ client, ...result }) => [client.id, { version: client.version, date, ...result }] as const,
  );
  const read = sent.map(
    ({ sender, tool, ...result }) => [sender.id, { version: tool.version, date, ...result }] as const,
  );
  const seen = shown.map(
    ({ sender, tool, ...result }) => [sender.id, { version: tool.version, date, ...result }] as const,
  );
  const record = {
    load: sorted({ ...last.load, ...Object.fromEntries(load) }),
    sent: sorted({ ...last.sent, ...Object.fromEntries(read) }),
    shown: sorted({ ...last.shown, ...Object.fromEntries(seen) }),
  };
  writeFileSync(FILE, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

function sorted<Value>(values: { readonly [id: string]: Value }): { readonly [id: string]: Value } {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
