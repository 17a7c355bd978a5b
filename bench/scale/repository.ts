// A repository of many persona packages over shared fragments, with the task graph of examples/persona-repository.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/workspace.ts";

/** How many packages of each kind. */
export interface Scale {
  readonly personas: number;
  readonly fragments: number;
}

const RULES = 6;
/** How many fragments a persona uses. */
const USES = 5;

/** The files of the repository, by path. `version` is that of the packages of ours that it installs. */
export function repository({ personas, fragments }: Scale, version: string): { [path: string]: string } {
  const { devEngines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const files: { [path: string]: string } = {
    "package.json": json({ name: "acme", private: true, devEngines, devDependencies: { personakit: version } }),
    // What was published a minute ago is installed, and before each script nothing is looked at again.
    "pnpm-workspace.yaml": "packages: [packages/*]\nminimumReleaseAge: 0\nverifyDepsBeforeRun: false\n",
    "turbo.json": readFileSync(join(ROOT, "examples/persona-repository/turbo.json"), "utf8"),
    // What is packed is not committed here, so that another checkout can only have it from the cache.
    ".gitignore": "node_modules\n.turbo\napi.json\napi.md\ndocument.json\nskills\n",
  };
  for (let index = 0; index < fragments; index++) {
    const folder = `packages/${fragmentName(index)}`;
    files[`${folder}/package.json`] = manifest(
      fragmentName(index),
      "./api.json",
      { pack: "personakit pack ." },
      [],
      version,
    );
    files[`${folder}/index.js`] = fragmentSource(index, "it needs");
  }
  for (let index = 0; index < personas; index++) {
    const folder = `packages/${personaName(index)}`;
    const uses = usesOf(index, fragments).map(fragmentName);
    const scripts = { build: "personakit build", check: "personakit check --frozen", pack: "personakit pack ." };
    files[`${folder}/package.json`] = manifest(personaName(index), "./document.json", scripts, uses, version);
    files[`${folder}/index.js`] = personaSource(index, uses);
    files[`${folder}/personakit.config.json`] = json({
      personas: ["./index.js"],
      targets: ["claude-agent", "cursor-agent", "copilot-agent"],
    });
  }
  return files;
}

/** The name of a fragment's package, which is also its folder's. */
export function fragmentName(index: number): string {
  return `topic-${index}`;
}

/** The name of a persona's package, which is also its folder's. */
export function personaName(index: number): string {
  return `agent-${index}`;
}

/** The fragments that a persona uses. */
export function usesOf(persona: number, fragments: number): number[] {
  return Array.from({ length: USES }, (_, index) => (persona + index * 7) % fragments).sort((a, b) => a - b);
}

/** A fragment's module; what its rules end with is what a change of it changes. */
export function fragmentSource(index: number, ending: string): string {
  const rules = Array.from({ length: RULES }, (_, rule) => {
    const text = `Before you change part ${rule} of topic ${index}, read its tests, and keep every contract that ${ending}.`;
    return `    rule${rule}: must(${JSON.stringify(text)}),`;
  });
  return `import { defineFragment, must } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

export const topic = defineFragment({
  id: "${fragmentName(index)}",
  version: manifest.version,
  title: "Topic ${index}",
  summary: "What holds for topic ${index}.",
  rules: {
${rules.join("\n")}
  },
});
`;
}

function personaSource(index: number, uses: readonly string[]): string {
  const imports = uses.map((name, use) => `import { topic as topic${use} } from "@acme/${name}";`);
  return `${imports.join("\n")}
import { definePersona } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

export const agent = definePersona({
  id: "${personaName(index)}",
  version: manifest.version,
  title: "Agent ${index}",
  description: { does: "Changes service ${index}.", when: "Use it on every change there.", notFor: "" },
  role: "You know service ${index} and answer for its quality.",
  use: [${uses.map((_, use) => `topic${use}`).join(", ")}],
});
`;
}

function manifest(
  name: string,
  compiled: string,
  scripts: { readonly [name: string]: string },
  uses: readonly string[],
  version: string,
): string {
  return json({
    name: `@acme/${name}`,
    version: "1.0.0",
    private: true,
    type: "module",
    scripts,
    exports: { ".": "./index.js", [compiled]: compiled, "./package.json": "./package.json" },
    dependencies: {
      ...Object.fromEntries(uses.map((use) => [`@acme/${use}`, "workspace:*"])),
      "@personakit/core": version,
    },
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
