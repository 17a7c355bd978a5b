import { nameWithVersion } from "@personakit/core/internal";
import { failure } from "../issues/command-error.ts";

/** How a package is named: by its place on this machine, by its name in the registry, or by a git repository. */
export type PackageSpec =
  | { readonly kind: "path"; readonly spec: string }
  | {
      readonly kind: "registry";
      readonly spec: string;
      readonly name: string;
      /** A version, a range or a tag. */
      readonly wanted?: string;
    }
  | { readonly kind: "git"; readonly spec: string };

/** A package that npm fetches. */
export type RemoteSpec = Exclude<PackageSpec, { readonly kind: "path" }>;

/** A package's name, as a registry takes it. */
const NAME = /^(?:@[a-z\d~][\w.~-]*\/)?[a-z\d~][\w.~-]*$/i;

/** A version, a range or a tag: nothing that leads to another package, and nothing that a shell would read inside quotes. */
const WANTED = /^[\w.~^<>=*+|][\w.~^<>=*+|-]*$/;

/** A repository, as npm names it: an address, a host's short form, or `user/repository`. */
const GIT =
  /^(?:git(?:\+(?:https?|ssh|file))?:\/\/|git@|(?:github|gitlab|bitbucket|gist):)[\w.~:/@#+-]+$|^[\w-][\w.-]*\/[\w.-]+(?:#[\w./-]+)?$/;

const SCHEME = /^[a-z][a-z\d+.-]+:/i;

/** What is taken, for the hint of an error. */
const ACCEPTED =
  "A package is named by its name (@acme/persona, @acme/persona@1.2.0, a range or a tag), a folder (./persona) or a tarball (./persona.tgz).";

/** Whether a package is named by a place on this machine: a folder or a tarball. */
export function isPath(spec: string): boolean {
  return !spec.includes("\0") && /^[./\\]|^[A-Za-z]:[\\/]|^[^:]+\.tgz$/.test(spec);
}

/** Whether a text is a package's name, and nothing more. */
export function isPackageName(text: string): boolean {
  return NAME.test(text) && text.length <= 214;
}

/** A package in the registry: a version of it, or what a range or a tag means. Throws a CommandError for what is neither. */
export function registrySpec(name: string, wanted: string | undefined): RemoteSpec {
  const spec = nameWithVersion({ id: name, version: wanted });
  const parsed = parseSpec(spec);
  if (parsed.kind === "registry") return parsed;
  throw failure("refused-source", spec, "this is not a package's name with a version, a range or a tag", ACCEPTED);
}

/** Reads how a package is named. Throws a CommandError for what is not taken: npm would run git for it, or ask anybody. */
export function parseSpec(spec: string, { allowGit = false }: { readonly allowGit?: boolean } = {}): PackageSpec {
  if (isPath(spec)) return { kind: "path", spec };
  const [, name = "", wanted] = /^(@?[^@]+)(?:@(.+))?$/s.exec(spec) ?? [];
  if (isPackageName(name) && (wanted === undefined || WANTED.test(wanted))) {
    return { kind: "registry", spec, name, ...(wanted === undefined ? {} : { wanted }) };
  }
  if (GIT.test(spec)) {
    if (allowGit) return { kind: "git", spec };
    const hint = `${ACCEPTED} personakit add takes a repository with --allow-git.`;
    throw failure("refused-source", spec, "this is a git repository, for which npm would run git", hint);
  }
  const problem = SCHEME.test(spec)
    ? "this is an address, and packages come from the registry"
    : "this is neither a folder nor a package's name";
  throw failure("refused-source", spec, problem, ACCEPTED);
}
