import { join } from "node:path";
import { installCommand } from "../detect/package-manager.ts";
import { failure } from "../issues/command-error.ts";
import { findInstalled } from "../sources/persona-package.ts";
import type { Reader } from "../sources/reader.ts";
import { fragmentModule } from "../typed/fragment-module.ts";
import type { FragmentForm, Passage } from "./draft.ts";

/** A fragment as a file of Markdown. */
export const MARKDOWN: FragmentForm = {
  ending: "md",
  text({ text, parameters }) {
    if (parameters.length === 0) return `${text}\n`;
    const params = parameters.map(({ name }) => `${name}:`).join(", ");
    return `---\nparams: { ${params} }\n---\n\n${text}\n`;
  },
};

/** A fragment as a module. */
export function moduleForm(ending: string, reader: Reader): FragmentForm {
  return { ending, text: (passage) => fragmentModule(passage, reader) };
}

/** Throws a CommandError where what the modules of fragments import is not installed. */
export function refuseUninstalled(folder: string, passages: readonly Pick<Passage, "parameters">[]): void {
  const needed = ["@personakit/core", ...(passages.some(({ parameters }) => parameters.length > 0) ? ["zod"] : [])];
  const missing = needed.filter((name) => findInstalled(name, folder) === undefined);
  if (missing.length === 0) return;
  const problem = `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not installed, and the modules import ${missing.length === 1 ? "it" : "them"}`;
  throw failure("not-installed", join(folder, "package.json"), problem, `Run: ${installCommand(folder, missing)}`);
}
