/** Every code of an issue that this package finds, and what it means. */
export const CODES = {
  // The definition of a target.
  "invalid-target":
    "A target's definition is none: its id or date is malformed, or it has an option that there is not.",
  "missing-feature": "A target does not say what becomes of a feature.",
  "impossible-feature": "A target treats a feature in a way that it cannot be treated: a restriction is never dropped.",
  "incomplete-words":
    "A target has no word for something that it says it can say, or gives no reason for what it drops.",
  "unwritten-feature":
    "A target's front matter leaves out a feature that the target keeps, or takes one that it drops.",
  "invalid-template": "A path, a link or a server's name lacks a placeholder, or has one that nothing is put in for.",
  "unlisted-file": "A target makes a file that its definition does not name.",

  // What a tool cannot say.
  "reserved-name": "The tool keeps the persona's name for itself.",
  "lost-restriction": "The tool cannot say a persona's restriction, so that it would be lost.",
  "invalid-front-matter": "The tool does not accept a value of a persona's front matter.",
  "body-too-long": "A persona's absolute rules alone are longer than the tool allows.",
  "hidden-characters": "A text has characters that a reader does not see.",
  "template-in-body": "The tool would read a part of a persona's text as a template.",
  "marker-in-body": "A line of a persona's text reads as a marker of one of our blocks.",

  // What was written.
  "not-read-back": "A file does not read back as it was written.",
  "unparsable-file": "A parser of the file's format refuses it.",
  "misread-markdown": "A Markdown parser reads a rule as a heading, as HTML or as the code of another.",
  "costly-markdown": "A Markdown parser would take seconds for a file, or more memory than there may be.",
  "wrong-skill-name": "A skill's name is not that of its folder, so that tools skip it.",
} as const;

/** A code of this package's issues. */
export type Code = keyof typeof CODES;
