import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packages } from "../scripts/workspace.ts";
import { type Project, packPackages } from "../test/installed.ts";

/** A project of personas made from the five packages, and how to change one rule of all of them. */
export interface ManyPersonas {
  readonly project: Project;
  readonly change: (run: number) => void;
}

/** Packs our packages, and returns how to make projects of so many personas, `agent-0` and on, for some targets. */
export function packPersonas(): (count: number, targets: readonly string[]) => ManyPersonas {
  const names = packages().flatMap(({ kind, manifest }) => (kind === "persona" ? [manifest.name] : []));
  const newProject = packPackages("personakit", ...names);
  const imports = names.map((name, index) => `import * as module${index} from "${name}";`);
  return (count, targets) => {
    const project = newProject();
    const items = Array.from({ length: count }, (_, at) => `make(module${at % names.length}, "agent-${at}")`);
    const change = (run: number) =>
      writeFileSync(
        join(project.folder, "personakit.config.mjs"),
        `import { must } from "@personakit/core";
${imports.join("\n")}
const make = (module, id) => Object.values(module)[0].extend({
  id, rules: { "testing-standards": { coverageFloor: must("Run ${run}.") } },
});
export default { personas: [${items.join(", ")}], targets: ${JSON.stringify(targets)} };
`,
      );
    change(0);
    return { project, change };
  };
}
