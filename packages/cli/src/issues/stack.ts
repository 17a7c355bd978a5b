import { fileURLToPath } from "node:url";

/** Where our own code is: the bundle's folder, or that of the sources. */
const OWN = new URL(import.meta.url.endsWith(".ts") ? "../../" : "./", import.meta.url);
const OWN_PATHS = [OWN.href, fileURLToPath(OWN)];

/** Our own packages: a line in them says nothing about the module that called them. */
const LIBRARIES = /[/\\]node_modules[/\\]@personakit[/\\](?:core|targets)[/\\]/;

/** The lines of what has called this, whatever a module has made of stacks. */
export function callers(): string {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Object.assign(Error, { prepareStackTrace: undefined, stackTraceLimit: 50 });
    return new Error("callers").stack ?? "";
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}

/** The first line of ours in a stack. */
export function ownFrame(stack: string): string | undefined {
  return framesOf(stack).find(isOwn);
}

/** Where the user's code is in a stack, as `file:line:column`, rather than the packages that it calls. */
export function userFrame(stack: string): string | undefined {
  const frames = framesOf(stack).filter((frame) => !isOwn(frame) && !LIBRARIES.test(frame));
  const frame = frames.find((each) => !/[/\\]node_modules[/\\]/.test(each)) ?? frames[0];
  const [, url, at] = /^(file:.*)(:\d+:\d+)$/.exec(frame ?? "") ?? [];
  return url === undefined ? frame : `${fileURLToPath(url)}${at}`;
}

/** `file:line:column` of each line that has a file. */
function framesOf(stack: string): string[] {
  return stack.split("\n").flatMap((line) => {
    const [, frame] = /^\s+at (?:async )?(?:.*\()?((?:file:\/\/|\/|[A-Za-z]:[/\\]).*:\d+:\d+)\)?$/.exec(line) ?? [];
    return frame ?? [];
  });
}

function isOwn(frame: string): boolean {
  return OWN_PATHS.some((path) => frame.startsWith(path));
}
