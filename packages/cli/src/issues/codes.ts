/** Every code of a finding, and what it means: the rules of a SARIF log. */
export const FINDING_CODES = {
  missing: "A file that should have been written is not there.",
  stale: "A file is not what the personas compile to now.",
  edited: "A file was changed by hand.",
  foreign: "Your own file stands where one of a persona would be written.",
  orphan: "No persona makes a file any more that was written earlier.",
  version: "A persona was built from other versions than those that are installed.",
  limit: "A file is larger than its tool reads.",
  "other-document": "The package of an added persona does not hold the document that the persona was written from.",
  doubtful: "The lockfile says of a file that it was written here, and no target makes such a file.",
  "changed-meanwhile": "A file was changed while the command was running.",
} as const;

/** Every other code of an issue that the command finds itself, and what it means. Only their names are needed to run. */
export const CODES = {
  // Usage.
  usage: "The command line is not one that the command takes.",
  "no-project": "There is neither a configuration here nor a source on the command line.",
  "conflicting-options": "Two options of the command line exclude each other.",

  // The project's configuration.
  "two-configurations": "A folder has two configurations.",
  "invalid-configuration": "The configuration does not have the form that it must have.",
  "not-editable": "The configuration is code, which the command does not edit.",
  "outside-project": "A path leads out of the project, or through a link to a place where no persona is written.",
  "nothing-fits": "No published persona fits the repository.",
  "no-package-json": "There is no package.json where one is needed.",

  // Sources.
  "not-found": "There is no file, folder or installed package of this name.",
  "not-a-package": "A folder is no package, or its package.json lacks what is needed.",
  "not-installed": "A module imports a package that is not installed.",
  "cannot-load": "A module could not be loaded, or threw an error; or a JSON file is not JSON.",
  "time-limit": "A module has not ended in the time that --timeout gives it.",
  "ended-process": "A module has called what ends the process.",
  printed: "A module has written to standard output, which is the command's.",
  "no-unit": "A module or package exports no persona, fragment or target, or more than the one that is expected.",
  "newer-schema": "A file or package was made by a later version of PersonaKit.",
  "cannot-compile": "A persona could not be compiled.",
  "cannot-extend":
    "The source of an extended persona has several personas, or one that is compiled already, or extending it failed.",

  // Packages.
  "no-package": "What add was given names no package; the nearest of the catalogue are listed.",
  "no-persona": "The package is a fragment, and the command takes personas.",
  "no-document": "A package carries nothing that the command can read without running it.",
  "invalid-document": "A compiled persona is not as the compiler writes it, or not as it was packed.",
  "not-published": "The registry has no package of this name and version.",
  "cannot-fetch": "A package could not be fetched.",
  "refused-source":
    "A package is named in a way that is not taken: by an address, or by a git repository without --allow-git.",
  "another-package": "A package is not the one that was asked for: its name or its version is another.",
  "package-too-large": "A package, or a file in it, is larger than is read.",
  "unsafe-package": "A package holds a path or a link that leads out of it, or a file that is no regular one.",
  "not-followed": "An added persona cannot be read again on its own, because of where it was added from.",

  // What is built.
  "unknown-target": "There is no target of this id.",
  "invalid-target": "A target that a module gives is none, or makes something that is no file.",
  "foreign-target": "Only targets of PersonaKit can be used here.",
  "shared-limit": "All personas together take more room than a tool has for them.",
  "shared-path": "Two files would be written to one path.",
  "loaded-twice": "A tool loads the files of two targets, so that it has each persona twice.",
  "fidelity-loss": "A target cannot say everything, and --strict does not allow that.",
  "lost-member": "A file that several personas share would lose some of them.",
  "name-taken": "Two personas have the same id, or there is already one of this name, from another source.",

  // Files on disk.
  "file-exists": "A file that would be written is there already.",
  "unpaired-markers": "The markers of a block do not make a pair.",
  "cannot-read": "A file cannot be read.",
  "cannot-write": "A file cannot be written.",
  locked: "Another process is writing here.",
  "invalid-lockfile": "personakit.lock.json is not as the command writes it.",
  "lockfile-conflict": "A merge has left a conflict in personakit.lock.json.",
  "not-ours": "The file or line is not one that the command has written.",
  "already-ejected": "The file is the user's own already.",
  "not-ejected": "The file was not ejected, so there is nothing to undo.",
  "no-override":
    "A change by hand cannot be said as an override, or the override cannot be written into the persona's source.",
  "conflicting-edits": "Two files of a persona were changed by hand, and say different things of one rule.",
  "unknown-persona": "No persona of this name was written here.",

  // Versions.
  "no-revision": "There is no git repository here, or no such revision in it.",
  "no-changesets": "The repository has no changesets, or one that cannot be read.",
  "wrong-version": "A persona or fragment has no version, or another than its package.json.",
  "no-earlier-text": "The earlier text of a rule is neither in the installed packages nor in the registry.",
  "nothing-to-compare": "There are no personas to compare.",

  // Anything else.
  system: "The operating system refused an operation.",
  internal: "PersonaKit itself has failed.",
} as const;

/** A code of the command's own issues. */
export type Code = keyof typeof CODES | keyof typeof FINDING_CODES;
