import { own } from "../issues/values.ts";
import { ENGLISH, LANGUAGES, type Language } from "./languages.ts";
import type { Phrases } from "./phrases.ts";

/** In which words the compiler speaks. */
export interface Wording {
  /** The language of the compiler's own phrases. Absent: English. */
  readonly language?: Language;
  /** Phrases to use instead of the language's: some of them, or all for a language that PersonaKit does not have. */
  readonly phrases?: Partial<Phrases>;
}

interface CompiledWording {
  readonly language?: Language;
  readonly phrases?: Phrases;
}

const PLAIN_ENGLISH: CompiledWording = {};

/** A wording as a compiled document carries it: complete, so that every reader says the same. Nothing for plain English. */
export function compiledWording({ language = "en", phrases = {} }: Wording): CompiledWording {
  if (language === "en" && Object.keys(phrases).length === 0) return PLAIN_ENGLISH;
  return { ...(language === "en" ? {} : { language }), phrases: { ...LANGUAGES[language], ...phrases } };
}

/** The phrases that a document is rendered with. */
export function phrasesOf({ phrases = ENGLISH }: { readonly phrases?: Phrases }): Phrases {
  return phrases;
}

/** The phrases of a document that are not those of its language, in the order of the table. */
export function ownPhrases({
  language = "en",
  phrases,
}: {
  readonly language?: string;
  readonly phrases?: Phrases;
}): Partial<Phrases> {
  if (phrases === undefined) return {};
  // A newer version of PersonaKit may have compiled the document, and know more languages.
  const table = own(LANGUAGES as { readonly [language: string]: Phrases }, language);
  const names = Object.keys(ENGLISH) as (keyof Phrases)[];
  return Object.fromEntries(names.flatMap((name) => (phrases[name] === table?.[name] ? [] : [[name, phrases[name]]])));
}
