import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Issue } from "@personakit/core";
import { isRecord } from "@personakit/core/internal";
import { blockMarker, countTokens, readFrontMatter } from "@personakit/targets";
import type { ContextFiles, ContextPart, ListItem } from "@personakit/targets/context";
import { placeOf } from "../disk/artifact-key.ts";
import { LOCKFILE } from "../disk/lockfile.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { CommandError } from "../issues/command-error.ts";
import { isInside } from "./paths.ts";

/** What of a text comes from personas. */
export interface FromPersonas {
  readonly tokens: number;
  /** Sorted, each once. */
  readonly personas: readonly string[];
}

/** Finds out which files, and blocks of files, personas made: by the lockfiles of a repository, and by markers. */
export class Ours {
  readonly #root: string;
  readonly #files: ContextFiles;
  /** By folder: the personas of the files that its lockfile lists, by absolute path. */
  readonly #recorded = new Map<string, ReadonlyMap<string, string>>();
  readonly #issues: Issue[] = [];

  constructor(root: string, files: ContextFiles) {
    this.#root = root;
    this.#files = files;
  }

  /** What is wrong with lockfiles: what they list counts as nobody's. */
  get issues(): readonly Issue[] {
    return this.#issues;
  }

  /** What of a part comes from personas: an estimate, as every count of tokens. */
  in(part: ContextPart, tokens: number): FromPersonas {
    const found = part.items === undefined ? this.#inFiles(part, tokens) : this.#inList(part.items, tokens);
    const personas = [...new Set(found.flatMap((each) => each.personas))].sort();
    const sum = found.reduce((total, each) => total + each.tokens, 0);
    return { tokens: Math.min(tokens, sum), personas };
  }

  /** The persona that a whole file was made for. */
  personaOf(path: string): string | undefined {
    const real = this.#files.file(path)?.realPath ?? path;
    return this.#recordOf(path) ?? this.#recordOf(real);
  }

  #inFiles({ sources, imports = [], bytes, cut }: ContextPart, tokens: number): FromPersonas[] {
    const imported = imports.map(({ source, bytes: own }) => ({ source, tokens: Math.round((tokens * own) / bytes) }));
    const main = sources.filter((source) => !imported.some((each) => each.source === source));
    const rest = tokens - imported.reduce((sum, each) => sum + each.tokens, 0);
    const each = main.map((source) => ({ source, tokens: Math.round(rest / main.length) }));
    return [...each, ...imported].map(({ source, tokens: most }) => {
      const persona = this.personaOf(source);
      if (persona !== undefined) return { tokens: most, personas: [persona] };
      const blocks = blocksIn(this.#textOf(source, cut?.unit === "bytes" ? cut.kept : undefined));
      const sum = blocks.reduce((total, { text }) => total + countTokens(text), 0);
      return { tokens: Math.min(most, sum), personas: blocks.map(({ name }) => name) };
    });
  }

  #inList(items: readonly ListItem[], tokens: number): FromPersonas[] {
    return items.flatMap(({ name, source, shown }) => {
      const persona = this.personaOf(source);
      if (persona === undefined) return [];
      const all = countTokens(`${name}: ${shown === "name" ? "" : descriptionIn(this.#textOf(source))}`);
      const share = Math.round(tokens / items.length);
      return [{ tokens: shown === "shortened" ? Math.min(all, share) : all, personas: [persona] }];
    });
  }

  #textOf(path: string, most?: number): string {
    const { bytes } = this.#files.file(path) ?? { bytes: new Uint8Array() };
    return Buffer.from(bytes.subarray(0, most)).toString("utf8");
  }

  #recordOf(path: string): string | undefined {
    for (let folder = dirname(path); isInside(this.#root, folder); folder = dirname(folder)) {
      const persona = this.#recordsIn(folder).get(path);
      if (persona !== undefined || folder === dirname(folder)) return persona;
    }
    return undefined;
  }

  #recordsIn(folder: string): ReadonlyMap<string, string> {
    const known = this.#recorded.get(folder);
    if (known !== undefined) return known;
    const records = new Map<string, string>();
    this.#recorded.set(folder, records);
    if (!existsSync(join(folder, LOCKFILE))) return records;
    try {
      const { artifacts, ejected } = readLockfile(folder);
      for (const [key, { persona }] of Object.entries(artifacts)) {
        const { path, block } = placeOf(key);
        if (block === undefined && !ejected.includes(key)) records.set(`${folder}/${path}`, persona);
      }
    } catch (error) {
      this.#issues.push(...CommandError.from(error).issues);
    }
    return records;
  }
}

/** The blocks of personas in a file of the user's; the last one may be cut. */
function blocksIn(text: string): { readonly name: string; readonly text: string }[] {
  const [opening = "", closing = ""] = blockMarker("begin", "\n").split("\n");
  const blocks: { name: string; text: string }[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (!line.startsWith(opening) || !line.endsWith(closing)) continue;
    const name = line.slice(opening.length, line.length - closing.length);
    const end = lines.indexOf(blockMarker("end", name), at);
    const inner = lines.slice(at + 1, end === -1 ? undefined : end);
    blocks.push({ name, text: inner.join("\n") });
    at += inner.length;
  }
  return blocks;
}

function descriptionIn(text: string): string {
  try {
    const { data } = readFrontMatter(text);
    return isRecord(data) && typeof data.description === "string" ? data.description : "";
  } catch {
    // What its tool makes of broken front matter is its own matter.
    return "";
  }
}
