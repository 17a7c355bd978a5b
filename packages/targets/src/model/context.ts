import type { Document, Origin } from "@personakit/core";
import { originOfDocument } from "@personakit/core/internal";
import { beginPersona } from "./recent.ts";

/** The persona that is being compiled, and for which target. */
export interface Context {
  /** The compiled persona. */
  readonly document: Document;
  /** The target's id. */
  readonly target: string;
  /** Both, as issues name them. */
  readonly place: string;
  /** Where the lines come from that a target writes around the body. */
  readonly origin: Origin;
}

/** One origin for all targets of a persona, which are compiled one after the other. */
let last: Pick<Context, "document" | "origin"> | undefined;

/** A persona and the id of the target that it is compiled for. */
export function contextOf(document: Document, target: string): Context {
  if (last?.document !== document) {
    last = { document, origin: originOfDocument(document) };
    beginPersona();
  }
  return { document, target, place: `persona "${document.id}", target ${target}`, origin: last.origin };
}
