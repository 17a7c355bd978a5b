import { type Block, split } from "@personakit/core/internal";
import { type ReadTables, type RecognisedFile, readFields } from "@personakit/targets/read";
import type { InstructionFile } from "../model/file.ts";
import { positionsIn } from "./lines.ts";
import { allBlocks, fencesIn, proseOf } from "./prose.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A file's text, its byte order mark included. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Runs a step once, when its result is first asked for. */
export function once<Value>(step: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: step() };
    return made.value;
  };
}

/** Runs a step when its result is asked for, and again once it was forgotten. */
export type Keep = <Value>(step: () => Value) => () => Value;

/** Keeps so many results, the last ones, so that memory does not grow with the number of files. */
export function keepLast(most: number): Keep {
  const forgets: (() => void)[] = [];
  let next = 0;
  return <Value>(step: () => Value) => {
    let made: { readonly value: Value } | undefined;
    const forget = () => {
      made = undefined;
    };
    return () => {
      if (made === undefined) {
        forgets[next]?.();
        forgets[next] = forget;
        next = (next + 1) % most;
        made = { value: step() };
      }
      return made.value;
    };
  };
}

/** An instruction file. What is in it is looked up when it is asked for, and again when many others were in between. */
export function fileOf(
  path: string,
  { realPath, bytes }: { readonly realPath: string; readonly bytes: Uint8Array },
  { readable, name, folder, isLoaded, reference }: RecognisedFile,
  readers: readonly string[],
  keep: Keep,
): InstructionFile {
  const { tables } = readable;
  const isReference = reference !== undefined;
  const inside = keep(() => insideOf(path, decode(bytes), isReference ? { ...tables, reading: undefined } : tables));
  return {
    ...{ path, realPath, size: bytes.length, kind: readable.id, tables, readers, name, folder, isLoaded, isReference },
    positionOf: (offset) => inside().positionOf(offset),
    get text() {
      return inside().text;
    },
    get head() {
      return inside().head();
    },
    get bodyStart() {
      return inside().head().body;
    },
    get body() {
      return inside().body();
    },
    get blocks() {
      return inside().blocks();
    },
    get fences() {
      return inside().fences();
    },
    get prose() {
      return inside().prose();
    },
  };
}

/** What is in a file. */
function insideOf(path: string, text: string, tables: ReadTables) {
  const head = once(() => readFields(tables, { path, text }));
  const body = once(() => text.slice(head().body, head().bodyEnd));
  const blocks = once((): readonly Block[] => split(body()).blocks);
  const every = once(() => allBlocks(blocks()));
  const fences = once(() => fencesIn(body(), head().body, every()));
  const prose = once(() => proseOf(text, head().body, every()));
  return { text, positionOf: positionsIn(text), head, body, blocks, fences, prose };
}
