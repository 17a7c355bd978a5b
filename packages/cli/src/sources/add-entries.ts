import { join } from "node:path";
import { isRecord } from "@personakit/core/internal";
import { readText } from "../files/text.ts";
import { failure } from "../issues/command-error.ts";
import { readConfig } from "./config.ts";

/** An entry of a configuration as data. */
export interface JsonEntry {
  readonly persona: string;
  readonly format?: string;
  readonly targets: readonly string[];
  readonly copies: readonly string[];
}

const NEW_CONFIG = "personakit.config.json";
const SCHEMA = "./node_modules/personakit/config.schema.json";

/**
 * A project's configuration with more personas, or a new one. Throws a CommandError for one that is code, with the entries to write
 * into it, and for a file that it names already.
 *
 * @param file The configuration that there is.
 */
export async function withEntries(
  folder: string,
  file: string | undefined,
  entries: readonly JsonEntry[],
): Promise<{ readonly path: string; readonly before: string | undefined; readonly text: string }> {
  if (file === undefined) {
    const text = `${JSON.stringify({ $schema: SCHEMA, personas: entries }, null, 2)}\n`;
    return { path: NEW_CONFIG, before: undefined, text };
  }
  if (!file.endsWith(".json")) {
    const hint = `Add to its personas: ${JSON.stringify(entries)}`;
    throw failure("not-editable", file, "the configuration is code, which the command does not edit", hint);
  }
  const config = await readConfig(join(folder, file));
  const before = readText(join(folder, file)) ?? "";
  const known = config.personas.map((each) => (isRecord(each) && "persona" in each ? each.persona : each));
  const plain = (path: unknown) => (typeof path === "string" ? path.replace(/^\.\//, "") : path);
  const files = new Set(known.map(plain));
  for (const { persona, copies } of entries) {
    const named = [persona, ...copies].find((path) => files.has(plain(path)));
    if (named === undefined) continue;
    const problem = "the configuration names this file already";
    throw failure("invalid-configuration", `${file}, ${named}`, problem, "Take it out there, or leave this group out.");
  }
  const data = JSON.parse(before.replace(/^\uFEFF/, ""));
  const indent = /^[{[]\r?\n([ \t]+)/m.exec(before)?.[1] ?? 2;
  const text = `${JSON.stringify({ ...data, personas: [...data.personas, ...entries] }, null, indent)}\n`;
  return { path: file, before, text };
}
