/** Every code of an issue that this package finds, and what it means. */
export const CODES = {
  "wrong-type": "A value is not of the type that is expected in its place.",
  "missing-text": "A text that must be there is missing or empty.",
  "invalid-id": "An id does not have the form that ids of its kind have.",
  "unknown-option": "There is no option of this name.",
  "unknown-fragment": "The persona has no fragment of this id.",
  "unknown-rule": "The fragment has no rule of this id.",
  "unknown-parameter": "The fragment has no parameter of this name.",
  "unknown-reference": "The persona has no reference of this id.",
  "unknown-strength": "A rule's strength is none of must, should and may.",
  "unknown-list-style": "A fragment lists its rules in a style that there is not.",
  "unknown-capability": "There is no capability of this name.",
  "unknown-tier": "There is no model tier of this name.",
  "unknown-colour": "There is no colour of this name.",
  "unknown-language": "There are no phrases in this language.",
  "wrong-place": "A phrase of the compiler lacks one of its places, or has one that is not its own.",
  "not-an-entry": "Where a rule, prose, a table, an example or Markdown is expected, there is something else.",
  "line-break": "A text that takes one line has line breaks.",
  "block-in-text": "A text that is inline Markdown has a list, a heading, a code fence or another block in it.",
  "open-block": "Markdown as it stands leaves a code fence or HTML open, which would take in what stands below.",
  "out-of-place": "A point without a strength, or the look of a single rule, stands in a list that sorts by strength.",
  "ragged-table": "A row of a table has more or fewer cells than the table has columns.",
  "no-rules": "A fragment has no rules.",
  "invalid-rename": "An old name is that of a rule or fragment as it is now, or leads back to itself.",
  "two-names": "A patch changes one rule or fragment under two of its names.",
  "absent-rule": "A patch replaces a rule that does not stand with the persona's parameters.",
  "no-default": "A parameter has no default, or one that its own schema refuses.",
  "invalid-parameter": "A parameter's schema refuses its value.",
  "not-a-fragment": "Where a fragment is expected, there is something else, often a misspelt import.",
  "duplicate-fragment": "Two fragments of a persona have the same id.",
  "duplicate-reference": "Two references of a persona have the same id.",
  "empty-reference": "A reference has no text, or nothing is left of it.",
  "already-dropped": "A persona further down has dropped this fragment.",
  "missing-reason": "Something is dropped without a reason.",
  "invalid-anchor": "An addition has no anchor, or two.",
  "lost-anchor": "An added rule stands next to one that is dropped, and would be lost.",
  "conflicting-decisions": "Two fragments of a persona decide a topic differently.",
  "unsaid-decision": "A persona settles a topic with a value that none of its fragments says.",
  "conflicting-personas":
    "Personas that another one takes over say different things: a version, a value, a change or a reference.",
  "unsaid-rights":
    "A persona takes over one that is restricted or relies on MCP servers, and does not say what it may use itself.",
  "invalid-directive": "A line that starts with ::use names no fragment, or has values that cannot be read.",
  "not-a-directive": "A line looks like a directive, but something stands in front of it or behind it: it is text.",
  "missing-value": "A Markdown fragment's parameter has neither a value nor a default.",
  "changed-blocks": "A value makes other blocks of a Markdown fragment: a list, a heading, an end of code.",
  "over-limit": "A text, a list or a table is larger than its limit, or values are nested too deep.",
  "unsafe-value": "A value cannot be written safely where it stands in a text.",
} as const;

/** Every code of a warning that this package finds, and what it means: the persona compiles, and someone should look at it. */
export const WARNING_CODES = {
  "renamed-rule": "A patch names a rule by an id that it had before.",
  "renamed-fragment": "A patch names a fragment by an id that it had before.",
  "deprecated-rule": "A persona uses, replaces or builds on a rule that its author will take out.",
  "idle-drop": "A patch drops a rule that does not stand with the persona's parameters anyway.",
} as const;

/** A code of this package's issues. */
export type Code = keyof typeof CODES | keyof typeof WARNING_CODES;
