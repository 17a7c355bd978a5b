import manifest from "../package.json" with { type: "json" };
import { HELP } from "./help.ts";

/** The version of this package. */
export const { version: VERSION } = manifest;

/** Answers that need no command, by the argument that asks for them: nothing else is loaded. */
export const ANSWERS: ReadonlyMap<string, string> = new Map([
  ...["-V", "--version"].map((asked) => [asked, `${VERSION}\n`] as const),
  ...["-h", "--help", "help"].map((asked) => [asked, HELP] as const),
]);
