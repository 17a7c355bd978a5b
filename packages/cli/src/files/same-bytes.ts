import type { Joined } from "@personakit/targets";

/** In bytes. What is larger is compared as text. */
const ABOVE = 16 * 1024;
const PAGE = 64 * 1024;

/** Compares files with joined texts, byte by byte: nothing is decoded or joined, and a page is encoded once for all files that end with it. */
export class SameBytes {
  readonly #above = Buffer.allocUnsafeSlow(ABOVE);
  readonly #page = Buffer.allocUnsafeSlow(PAGE);
  #last: { readonly page: string; readonly length: number } | undefined;

  /** Whether bytes are surely those of a text. */
  of(bytes: Buffer, { above, page }: Joined): boolean {
    if (this.#last?.page !== page) this.#last = { page, length: encode(page, this.#page) };
    const start = encode(above, this.#above);
    const { length } = this.#last;
    return (
      bytes.length === start + length &&
      this.#above.compare(bytes, 0, start, 0, start) === 0 &&
      this.#page.compare(bytes, start, start + length, 0, length) === 0
    );
  }
}

const encoder = new TextEncoder();

/** Returns how many bytes a text takes; no number where they are more than there is room for. */
function encode(text: string, into: Buffer): number {
  const { read, written } = encoder.encodeInto(text, into);
  return read === text.length ? written : Number.NaN;
}
