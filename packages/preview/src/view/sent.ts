import { showHidden } from "@personakit/targets";

/**
 * An answer as the page gets it. Characters that nobody would see, or that turn the text around them, are spelt out: whatever a page shows
 * of it is what is there.
 */
export function sent(answer: unknown): string {
  return JSON.stringify(answer, (_, value) => (typeof value === "string" ? showHidden(value) : value));
}
