/** Every code of an issue that this package finds, and what it means. */
export const CODES = {
  // The definition of a target.
  "invalid-target": "A target's definition is not valid: its id or date is malformed, or it has an unknown option.",
  "missing-feature": "A target does not define a feature.",
  "impossible-feature": "A target defines a feature in a way that is not allowed: a restriction is never dropped.",
  "incomplete-words": "A target lacks a word for something that it supports, or a reason for something that it drops.",
  "unwritten-feature": "A target's front matter leaves out a feature that the target keeps, or uses one that it drops.",
  "invalid-template": "A path, a link or a server's name lacks a placeholder, or has an unknown one.",
  "unlisted-file": "A target makes a file that its definition does not name.",

  // What a tool cannot say.
  "reserved-name": "The tool reserves the persona's name.",
  "lost-restriction": "The tool cannot express a persona's restriction, so it would be lost.",
  "unknown-field": "The tool has no field of this name.",
  "invalid-field": "The tool does not take this value of a field.",
  "owned-field": "PersonaKit writes this field itself, from something that a persona says for all targets.",
  "unknown-substitution": "The tool fills in nothing for a word that a persona leaves to it.",
  "unknown-tool": "The tool has no tool of this name.",
  "invalid-front-matter": "The tool does not accept a value of a persona's front matter.",
  "body-too-long": "A persona's must rules alone are longer than the tool allows.",
  "hidden-characters": "A text has invisible characters.",
  "template-in-body": "The tool would take part of a persona's text for a template.",
  "marker-in-body": "A line of a persona's text looks like a block marker.",

  // What was written.
  "not-read-back": "A file does not read back as it was written.",
  "unparsable-file": "A parser for the file's format rejects it.",
  "misread-markdown": "A Markdown parser reads a rule as a heading, as HTML or as code.",
  "costly-markdown": "A Markdown parser would need seconds for a file, or too much memory.",
  "wrong-skill-name": "A skill's name differs from its folder's, so tools skip it.",

  // Files of your own.
  "not-text": "A file is not text: it has NUL characters.",
  "unread-front-matter":
    "A file has front matter that tools do not read: it never closes, is not YAML, or is not on the first line.",
  "long-closing-row": "The row that closes a file's front matter has more than three dashes.",
  "no-fields": "A file's front matter is a list or a sentence instead of fields.",
  "invalid-yaml": "YAML refuses a file's front matter, or a field of it; its text is read as it stands.",
  "no-reference": "A file beside a skill cannot be one of its references: its name is not kebab-case, or it is empty.",
  "no-description": "A persona or a file has no description, and the tool would choose by it.",
  "mixed-line-ends": "A file whose lines end differently would get more lines, or fewer.",
  "other-source": "A document was read from another kind of file than the one that is asked for.",
  "duplicate-field": "A field is in a file's front matter twice. The first one is read.",
} as const;

/** A code of this package's issues. */
export type Code = keyof typeof CODES;
