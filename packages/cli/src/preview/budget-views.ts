import type { BudgetView } from "@personakit/preview";
import type { Target } from "@personakit/targets";
import { splitHead } from "@personakit/targets/read";
import { withBlock } from "../disk/block.ts";
import { fileOf } from "../disk/paths.ts";
import { readText } from "../files/text.ts";
import type { PlannedArtifact, PlannedPersona } from "../plan/make-plan.ts";
import { countedOf } from "../plan/shared.ts";
import { personaIn, type SeenProject } from "./seen-project.ts";

/** How much of what its tools take a persona uses, and how much the rest of the project does; undefined where there is no such persona. */
export function budgetViews(project: SeenProject, id: string): readonly BudgetView[] | undefined {
  const persona = personaIn(project, id);
  if (persona === undefined) return undefined;
  return persona.request.targets.flatMap((target): BudgetView[] => {
    const own = artifactsFor(persona, target.id);
    const { limits = [], files } = target;
    const main = own[0];
    return [
      ...(files.limit === undefined || main === undefined ? [] : [bodyBudget(target.id, files.limit, main)]),
      ...own.flatMap((each) => fileBudget(target.id, project.folder, each)),
      ...limits.map(({ what, unit, max, beyond, measure }) => {
        const of = (each: PlannedPersona) => countedOf(measure(each.document, artifactsFor(each, target.id)));
        const others = project.personas.filter((each) => each !== persona && each.request.targets.includes(target));
        const rest = others.reduce((sum, each) => sum + of(each), 0);
        return { target: target.id, what, unit, max, beyond: `the tool ${beyond}`, own: of(persona), rest };
      }),
    ];
  });
}

type BodyLimit = NonNullable<Target["files"]["limit"]>;

function artifactsFor({ artifacts }: PlannedPersona, target: string): readonly PlannedArtifact[] {
  return artifacts.filter(({ targets }) => targets.includes(target));
}

function bodyBudget(target: string, { max, beyond }: BodyLimit, { path, text }: PlannedArtifact): BudgetView {
  const head = splitHead(text, () => true);
  const own = text.slice("body" in head ? head.body : 0).trim().length;
  return { target, what: `the body of ${path}`, unit: "characters", max, beyond: `the tool ${beyond}`, own, rest: 0 };
}

/** Of a file that is the user's, and of which a persona has a block: what is theirs counts too. */
function fileBudget(target: string, folder: string, { path, text, block, fileLimit }: PlannedArtifact): BudgetView[] {
  if (block === undefined || fileLimit === undefined) return [];
  const own = Buffer.byteLength(text);
  const all = Buffer.byteLength(withBlock(readText(fileOf(folder, path)), block, text, path));
  const { bytes: max, beyond } = fileLimit;
  return [{ target, what: path, unit: "bytes", max, beyond, own, rest: all - own }];
}
