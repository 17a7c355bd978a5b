import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packages } from "../scripts/workspace.ts";
import { packPackages } from "../test/installed.ts";

/** A project of ten personas made from the five packages, and how to change one rule of all of them. */
export function tenPersonas(): { readonly folder: string; readonly change: (run: number) => void } {
  const names = packages().flatMap(({ kind, manifest }) => (kind === "persona" ? [manifest.name] : []));
  const { folder } = packPackages("personakit", ...names)();
  const imports = names.map((name, index) => `import * as module${index} from "${name}";`);
  const items = names.flatMap((_, index) =>
    ["a", "b"].map((suffix) => `make(module${index}, "agent-${index}-${suffix}")`),
  );
  const change = (run: number) =>
    writeFileSync(
      join(folder, "personakit.config.mjs"),
      `import { must } from "@personakit/core";
${imports.join("\n")}
const make = (module, id) => Object.values(module)[0].extend({
  id, rules: { "testing-standards": { coverageFloor: must("Run ${run}.") } },
});
export default { personas: [${items.join(", ")}], targets: ["claude-agent"] };
`,
    );
  change(0);
  return { folder, change };
}
