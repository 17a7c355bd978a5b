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
 * A project's configuration with more personas, or a new one. Throws a CommandError for one that is code, with the entries to write into it.
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
  await readConfig(join(folder, file));
  const before = readText(join(folder, file)) ?? "";
  const data = JSON.parse(before.replace(/^\uFEFF/, ""));
  const indent = /^[{[]\r?\n([ \t]+)/m.exec(before)?.[1] ?? 2;
  const text = `${JSON.stringify({ ...data, personas: [...data.personas, ...entries] }, null, indent)}\n`;
  return { path: file, before, text };
}

/** The files that a configuration names as personas, as paths of the project. */
export async function filesNamedIn(folder: string, file: string): Promise<string[]> {
  const { personas } = await readConfig(join(folder, file));
  return personas.flatMap((each) => {
    const persona = isRecord(each) && "persona" in each ? each.persona : each;
    return typeof persona === "string" ? [persona.replace(/^\.\//, "")] : [];
  });
}
