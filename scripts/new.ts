import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isPersonaId } from "@personakit/core/internal";
import { moduleText } from "../packages/cli/src/scaffold/templates.ts";
import { contentDependencies, packageName } from "./derive/manifest.ts";
import { ROOT } from "./workspace.ts";

const USAGE =
  "Usage: pnpm new <fragment|persona> <name>\nThe name is kebab-case and a topic or a role: caching, code-reviewer.";

const { positionals } = parseArgs({ allowPositionals: true });
const [kind = "", name = "", ...others] = positionals;
const folder = `packages/${kind}s/${name}`;
if ((kind !== "fragment" && kind !== "persona") || !isPersonaId(name) || others.length > 0) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (["core", "targets", "checks", "preview", "cli"].includes(name) || existsSync(join(ROOT, folder))) {
  console.error(`${folder}: the name is taken.`);
  process.exitCode = 2;
} else {
  mkdirSync(join(ROOT, folder), { recursive: true });
  writeFileSync(join(ROOT, folder, "index.ts"), moduleText(kind, name, { language: "TypeScript", isPackage: true }));
  const manifest = {
    name: packageName({ kind, leaf: name }),
    version: "0.0.0",
    type: "module",
    exports: "./index.ts",
    dependencies: contentDependencies({ folder }),
  };
  writeFileSync(join(ROOT, folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`written  ${folder}/index.ts

Next:
  edit ${folder}/index.ts
  pnpm sync        writes its manifest and README${kind === "persona" ? ", and its compiled Markdown" : ""}
  pnpm test
  pnpm changeset`);
}
