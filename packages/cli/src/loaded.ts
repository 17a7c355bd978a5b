// What is loaded once a command is called, for the command line and for the threads of `build --watch`: one bundle is smaller
// than several that share most of their code.
export { COMMANDS } from "./commands.ts";
export { writeLine } from "./output/terminal.ts";
export { runAction, writeUsageError } from "./run-action.ts";
