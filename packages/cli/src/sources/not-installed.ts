import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { installCommand } from "../detect/package-manager.ts";
import { foldersAbove } from "../files/above.ts";
import { type CommandError, failure, messageOf } from "../issues/command-error.ts";
import { isPackageName } from "./package-spec.ts";

/**
 * The error of a module that imports a package that is not installed, with the command that installs all that it imports;
 * undefined for any other error.
 */
export function notInstalled(name: string, path: string, error: unknown): CommandError | undefined {
  const [, specifier = ""] = /^Cannot find (?:package|module) '([^']+)'/.exec(messageOf(error)) ?? [];
  const first = packageIn(specifier);
  if (first === undefined) return undefined;
  const missing = [...new Set([first, ...importsOf(path).filter((each) => !isInstalled(each, dirname(path)))])].sort();
  const are = missing.length === 1 ? "is" : "are";
  const hint = `Run: ${installCommand(dirname(path), missing)}`;
  return failure("not-installed", name, `${missing.join(", ")} ${are} not installed`, hint);
}

/** The packages that a module imports, as far as its text shows them: for advice, that is enough. */
function importsOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  const specifiers = text.matchAll(/\b(?:from|import|require)\b\s*\(?\s*["']([^"'\n]+)["']/g);
  return [...specifiers].flatMap(([, specifier = ""]) => packageIn(specifier) ?? []);
}

/** `@acme/rules/more` is in `@acme/rules`; a path, an address or a part of Node is in no package. */
function packageIn(specifier: string): string | undefined {
  const [, name = ""] = /^((?:@[^/]+\/)?[^/]+)/.exec(specifier) ?? [];
  return isPackageName(name) && !/^[./\\]/.test(name) && !builtinModules.includes(name) ? name : undefined;
}

function isInstalled(name: string, folder: string): boolean {
  return [...foldersAbove(folder)].some((here) => existsSync(join(here, "node_modules", name)));
}
