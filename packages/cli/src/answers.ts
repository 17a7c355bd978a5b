import manifest from "../package.json" with { type: "json" };
import { HELP } from "./help.ts";

/** The version of this package. */
export const { version: VERSION } = manifest;

/** What needs no command to be answered, by the one argument that asks for it: nothing else is loaded for these. */
export const ANSWERS: ReadonlyMap<string, string> = new Map([
  ...["-V", "--version"].map((asked) => [asked, `${VERSION}\n`] as const),
  ...["-h", "--help", "help"].map((asked) => [asked, HELP] as const),
]);
