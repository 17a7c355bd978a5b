/** What ends a line of a file. */
export type LineEnd = "\n" | "\r\n" | "\r";

/** What stands around a body in a file that was written by hand. */
export interface AroundBody {
  /** All that stands above the body, down to the last blank line: byte order mark, front matter. */
  readonly head: string;
  /** What ends the body's lines; one for each line where they differ. */
  readonly eol: LineEnd | readonly LineEnd[];
  /** All that stands below the body's last character. */
  readonly tail: string;
  /** The body as it is spelled there, where its format has escapes for some of it. */
  readonly raw?: string;
}

/** A field of a file that stays there: no other tool has a place for it. */
export interface CarriedField {
  readonly field: string;
  /** Its lines as they stand. */
  readonly text: string;
  /** Set where it limits what the agent may do, so that no other target may be built without it. */
  readonly restricts?: true;
}

/**
 * The file that a document was read from: what stands around the body there. Its own target writes head, body and tail as they
 * stood; every other target writes its own head, from what the document says.
 */
export interface SourceFile extends AroundBody {
  /** The target, or the kind of file, that it was read as. */
  readonly target: string;
  readonly carried: readonly CarriedField[];
}
