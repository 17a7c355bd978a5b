import { type Block, split } from "@personakit/core/internal";
import { type RecognisedFile, readFields } from "@personakit/targets/read";
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

/** An instruction file. Everything but its text is looked up when it is asked for. */
export function fileOf(
  path: string,
  realPath: string,
  bytes: Uint8Array,
  { readable, name, folder, isLoaded, reference }: RecognisedFile,
  readers: readonly string[],
): InstructionFile {
  const text = decode(bytes);
  const { tables } = readable;
  const isReference = reference !== undefined;
  const head = once(() => readFields(isReference ? { ...tables, reading: undefined } : tables, { path, text }));
  const body = once(() => text.slice(head().body, head().bodyEnd));
  const blocks = once((): readonly Block[] => split(body()).blocks);
  const every = once(() => allBlocks(blocks()));
  const fences = once(() => fencesIn(body(), head().body, every()));
  const prose = once(() => proseOf(text, head().body, every()));
  return {
    ...{
      path,
      realPath,
      text,
      size: bytes.length,
      kind: readable.id,
      tables,
      readers,
      name,
      folder,
      isLoaded,
      isReference,
    },
    positionOf: positionsIn(text),
    get head() {
      return head();
    },
    get bodyStart() {
      return head().body;
    },
    get body() {
      return body();
    },
    get blocks() {
      return blocks();
    },
    get fences() {
      return fences();
    },
    get prose() {
      return prose();
    },
  };
}
