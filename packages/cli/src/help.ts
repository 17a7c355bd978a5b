// Written by `pnpm sync` from the list in ./commands.ts.

/** What `personakit --help` prints. */
export const HELP = `Usage: personakit <command> [options]

Compiles agent personas from shared fragments into files that agent tools read.

Start:
  doctor               Show what your tools drop or cut of your instructions
  init                 Look at this repository and write a configuration
  add                  Add a persona package to this repository
  import               Bring in the instruction files that you have, unchanged
  new <kind> <name>    Write the first files of a persona, fragment or target

Every day:
  build                Compile personas and write their files
  check                Compare the files on disk with what build would write
  update               Show which rules new versions change, then build
  diff <before>        Compare two personas, or two versions, rule by rule
  list                 Show personas, what they are made of, and their tokens
  explain <file:line>  Show which rule a line of a built file comes from
  context              Show what each tool puts before its model here
  preview              Look at personas and instruction files in the browser

Change what was built:
  extract              Find what several instruction files say, and say it once
  override <file>      Keep your change to a built file in your source
  eject <file...>      Keep a built file as your own
  remove <name...>     Remove everything that was written for a persona

For authors:
  pack <folder...>     Prepare a package so that others can add it
  semver <folder...>   Show what changed since a release, and the bump it needs
  targets              List the tools and files that personas compile to

personakit <command> --help shows the options of a command.

Examples:
  personakit add @personakit/persona-backend-developer
  personakit check --frozen                       in CI: also compares versions
  personakit explain .claude/agents/dev.md:12
  personakit build ./personas -t claude-agent     without a configuration

Exit codes: 0 clean, 1 drift or findings, 2 bad input or usage.
`;
