import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";

/** The lines of a text that are not blank. */
export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

/** The text as JSON of a shape. Throws when it is not: then the client's format has changed. */
export function readJson<Shape>(
  schema: z.ZodType<Shape>,
  { stdout, stderr }: { stdout: string; stderr: string },
): Shape {
  const read = schema.safeParse(tryJson(stdout));
  if (!read.success) throw new Error(`an answer of another shape: ${`${stderr}${stdout}`.trim().slice(0, 500)}`);
  return read.data;
}

/** Every line that is JSON of a shape, in order; other lines are passed over. */
export function readJsonLines<Shape>(schema: z.ZodType<Shape>, text: string): Shape[] {
  return linesOf(text).flatMap((line) => {
    const read = schema.safeParse(tryJson(line));
    return read.success ? [read.data] : [];
  });
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The texts of all files below a folder whose names end so; none where there is no such folder. */
export function readAll(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}
