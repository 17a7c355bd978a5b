/** Every code of a finding, and what it means: the rules of a SARIF log. */
export const FINDING_CODES = {
  missing: "A file that build would write is missing.",
  stale: "A file differs from what your personas compile to now.",
  edited: "A built file was changed by hand.",
  foreign: "Your own file is where a persona's file would go.",
  orphan: "No persona makes a file that was written earlier.",
  version: "A persona was built from versions other than the installed ones.",
  limit: "A file is larger than its tool reads.",
  "other-document": "The package of an added persona no longer holds what the persona was written from.",
  doubtful: "The lockfile lists a file that no target makes.",
  copied: "Several instruction files say the same, and one text could say it for all of them.",
  drifted: "What was one text in several instruction files differs now.",
  "numbers-differ": "Instruction files say different numbers on one topic.",
  "partial-edit": "An edit reached some copies of a text, and not this one.",
  "over-budget": "A tool always has more tokens before its model than --max allows.",
  unread: "A file that a tool would read is there and cannot be read.",
  "changed-meanwhile": "A file changed while the command was running.",
} as const;

/** Every other code of an issue that the command finds itself, and what it means. Only their names are needed to run. */
export const CODES = {
  // Usage.
  usage: "The command line is wrong.",
  "no-project": "There is no configuration here, and no source on the command line.",
  "conflicting-options": "Two options cannot be used together.",

  "drifted-apart": "Copies say different things, and nothing says which wording wins.",
  "no-group": "No group of copies has this name.",

  // The project's configuration.
  "two-configurations": "A folder has two configurations, or init would write a second one.",
  "invalid-configuration": "The configuration has a wrong value or an unknown option.",
  "not-editable": "The configuration is code, which the command does not edit.",
  "outside-project": "A path leaves the project, or a link leads to a place where personas are never written.",
  "nothing-fits": "No published persona fits this repository.",
  "no-package-json": "There is no package.json where one is needed.",

  // Sources.
  "not-found": "There is no file, folder or installed package with this name.",
  "not-a-package": "A folder is not a package, or its package.json is incomplete.",
  "not-installed": "A module imports a package that is not installed.",
  "cannot-load": "A module could not be loaded or threw an error, or a JSON file is not valid JSON.",
  "time-limit": "A module did not finish within the time that --timeout sets.",
  "ended-process": "A module tried to end the process.",
  printed: "A module printed to standard output, which belongs to the command.",
  "no-unit": "A module or package exports no persona, fragment or target, or several where one is expected.",
  "newer-schema": "A file or package was made by a newer version of PersonaKit.",
  "cannot-compile": "A persona could not be compiled.",
  "cannot-extend":
    "A persona could not be extended: its source has several personas or a compiled one, or the patch failed.",

  // Files of your own as sources.
  "empty-file": "A file that should be a persona is empty.",
  "no-format": "A file does not lie where a tool looks for it, and nothing says which tool's format it has.",
  "directive-in-place":
    "A file that a tool reads where it lies, or a reference of a skill, has a line of ::use, which the tool would show as text.",
  "invalid-fragment": "The front matter of a Markdown fragment has a wrong value or an unknown field.",
  "circular-use": "A Markdown fragment uses itself, directly or through others.",
  "open-fragment": "A Markdown fragment leaves a code fence or HTML open, which would take in what stands below.",
  "invalid-depth": "A line of ::use sets a depth that no heading has.",
  "no-instructions": "There is no instruction file to import.",
  "ignored-file": "Git ignores an instruction file, so it is not imported without --force.",
  "not-committed": "An instruction file is not committed, so import and extract leave it alone without --force.",
  "linked-file": "An instruction file is a symbolic link to a file that is not imported.",
  "changed-bytes": "An import would have changed a file, so it has written nothing.",
  "not-typed": "A file cannot be said as a typed module with the same text and the same meaning, so none was written.",
  "left-behind":
    "A file beside a skill is a link, no text, or too large, so build does not write it where the skill goes.",
  "missing-link": "A skill links to a file of its folder that is not there.",
  "own-settings": "A file says its settings itself, and extend cannot change them.",

  // Packages.
  "no-package": "The arguments of add name no package; the nearest in the catalogue are listed, if there are any.",
  "no-persona": "The package is a fragment, and the command takes personas.",
  "no-document": "A package holds nothing that can be read without running its code.",
  "invalid-document": "A compiled persona is damaged, or was changed after it was packed.",
  "not-published": "The registry has no package with this name and version.",
  "cannot-fetch": "A package could not be fetched.",
  "refused-source": "A package was named by an address, or by a git repository without --allow-git.",
  "another-package": "A package has a different name or version from the one that you asked for.",
  "package-too-large": "A package, or a file in it, is too large.",
  "unsafe-package": "A package holds a path or link that leads out of it, or something that is not a regular file.",
  "not-followed": "An added persona cannot be read again by itself, because of where it came from.",

  // What tools read.
  "unknown-tool": "There is no tool with this id.",
  "not-loaded": "A tool does not load a file that was written for it, or loads only a part of it.",
  "not-listed": "No tool here has an agent or a skill of this name.",

  // What is built.
  "unknown-target": "There is no target with this id.",
  "invalid-target": "A target from a module is not valid, or makes something that is not a file.",
  "invalid-check": "A check from a module is not valid, or finds something that is no finding.",
  "foreign-target": "Only PersonaKit's own targets can be used here.",
  "shared-limit": "All personas together need more room than a tool gives them.",
  "shared-path": "Two files would be written to the same path.",
  "loaded-twice": "One tool loads the files of two targets, and so loads each persona twice.",
  "fidelity-loss": "A target loses something, and --strict is set.",
  "unchecked-field": "A persona sets a field of a tool that PersonaKit does not know, so nothing checks it.",
  "unchecked-tool": "A persona names a tool that PersonaKit does not know, so nothing checks it.",
  "lost-member": "A file that several personas share would lose some of them.",
  "name-taken": "Two personas have the same id, or a persona from another source already has this one.",

  // Files on disk.
  "file-exists": "A file that would be written is there already.",
  "unpaired-markers": "A block does not have exactly one begin marker and one end marker.",
  "cannot-read": "A file cannot be read.",
  "cannot-write": "A file cannot be written.",
  locked: "Another personakit process is writing here.",
  "invalid-lockfile": "personakit.lock.json is damaged, or was changed by hand.",
  "lockfile-conflict": "A merge has left a conflict in personakit.lock.json.",
  "not-ours": "PersonaKit did not write this file or line.",
  "already-ejected": "The file is already your own.",
  "not-ejected": "The file was not ejected, so there is nothing to undo.",
  "no-override":
    "A change by hand cannot be said as an override, or the override cannot be written into the persona's source.",
  "conflicting-edits": "Two files of a persona were changed by hand, and say different things about one rule.",
  "unknown-persona": "No persona with this name was written here.",

  // Versions.
  "no-revision": "This is not a git repository, or it has no such revision.",
  "no-changesets": "The repository has no changesets, or one of them cannot be read.",
  "wrong-version": "A persona or fragment has no version, or a different one from its package.json.",
  "no-earlier-text": "The earlier text of a rule is neither in the installed packages nor in the registry.",
  "nothing-to-compare": "There are no personas to compare.",

  // Anything else.
  system: "The operating system refused an operation.",
  internal: "PersonaKit itself failed.",
} as const;

/** A code of the command's own issues. */
export type Code = keyof typeof CODES | keyof typeof FINDING_CODES;
