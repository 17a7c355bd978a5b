// Written by `pnpm sync` from the list in ./commands.ts.

/** What `personakit --help` prints. */
export const HELP = `Usage: personakit [options] [command]

Compiles agent personas from shared fragments to the files that agent tools
read.

Options:
  -V, --version                              output the version number
  -h, --help                                 display help for command

Commands:
  add [options] [package...]                 Write a persona of a package into this repository, for the tools in use. Runs none of the package's code.
  remove [options] <name...>                 Take away what was written of a persona, and nothing else.
  init [options]                             Look at this repository, propose personas, and write a configuration.
  new [options] <kind> <name>                Write the first files of a persona, a fragment or a target of your own.
  build [options] [source...]                Compile personas and write their files. Files changed by hand are never overwritten.
  check [options] [source...]                Compare the files on disk with what build would write. Writes nothing.
  update [options]                           Say which rules the installed versions change, which overrides they touch, and build.
  diff [options] <before> [after]            Compare two personas, or two versions of one, rule by rule.
  override [options] <file> [source...]      Keep a change that you made in a built file, as an override in your source.
  explain [options] <file:line> [source...]  Trace a line of a built file to its rule, its fragment's version, and who changed it.
  list [options] [source...]                 Show personas, their fragments with versions, and tokens for each target.
  eject [options] <file...>                  Make generated files your own: build and check leave them alone from then on.
  targets [options]                          Show every target: its tool, its file, and when its facts were checked.
  semver [options] <folder...>               For authors: say what has changed in packages since they were published, and the version that follows.
  pack [options] <folder...>                 For authors: write what others need to add a persona package without running its code.
  help [command]                             display help for command

Examples:
  personakit add @personakit/persona-backend-developer   write one persona into this repository, no configuration needed
  personakit init                                        look at the repository and write personakit.config.ts
  personakit build                                       write what the configuration lists
  personakit check --frozen                              in CI: fails when a file or a version has drifted
  personakit update                                      after npm update: which rules have changed, then build
  personakit explain .claude/agents/dev.md:12            which rule of which version a line is
  personakit build ./personas --target claude-agent      without a configuration: a folder of packages, for one tool

Exit codes: 0 clean, 1 drift or findings, 2 bad input or usage.
`;
