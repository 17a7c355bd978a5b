import type { Fidelity } from "@personakit/targets";

/** What became of a feature of a persona in a target. */
export interface PlannedFidelity extends Fidelity {
  readonly persona: string;
  readonly target: string;
}

/** Whose fidelity is told. */
interface Member {
  readonly document: { readonly id: string };
  readonly fidelity: readonly (readonly [target: string, features: readonly Fidelity[]])[];
}

/** What became of every feature of a persona, target by target. */
export function plannedFidelity({ document, fidelity }: Member): PlannedFidelity[] {
  return fidelity.flatMap(([target, features]) =>
    features.map((entry) => ({ ...entry, persona: document.id, target })),
  );
}

/** What became of a persona in a target, in one line. */
export interface FidelityLine {
  /** `persona, target` */
  readonly place: string;
  readonly outcome: string;
}

/** One line for each persona and target: how much is kept, and what became of the rest. */
export function describeFidelity(fidelity: readonly PlannedFidelity[]): FidelityLine[] {
  return grouped(fidelity).map(([place, entries]) => {
    const kept = entries.filter(({ status }) => status === "kept").length;
    const rest = entries.filter(({ status }) => status !== "kept");
    return { place, outcome: [`${kept} kept`, ...rest.map(inWords)].join(", ") };
  });
}

/** One line for each persona and target that loses something: what. */
export function describeLosses(fidelity: readonly PlannedFidelity[]): FidelityLine[] {
  return grouped(fidelity.filter(isLoss)).map(([place, entries]) => ({
    place,
    outcome: entries.map(inWords).join(", "),
  }));
}

function grouped(fidelity: readonly PlannedFidelity[]): [string, PlannedFidelity[]][] {
  const groups = new Map<string, PlannedFidelity[]>();
  for (const entry of fidelity) {
    const key = `${entry.persona}, ${entry.target}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups];
}

function inWords({ feature, status, reason }: PlannedFidelity): string {
  return `${feature} ${status} (${reason})`;
}

function isLoss({ status }: Pick<Fidelity, "status">): boolean {
  return status === "dropped" || status === "degraded";
}

/** What a target cannot say, and how many personas lose it. */
export interface Loss {
  readonly target: string;
  readonly feature: string;
  readonly reason: string;
  /** The first persona that loses it. */
  readonly persona: string;
  readonly personas: number;
}

/** Adds up what targets cannot say, over all personas. */
export class Losses {
  readonly #losses = new Map<string, Loss & { personas: number }>();

  add({ document, fidelity }: Member): void {
    for (const [target, features] of fidelity) {
      for (const { feature, status, reason = status } of features) {
        if (!isLoss({ status })) continue;
        const key = `${target}\n${feature}\n${reason}`;
        const loss = this.#losses.get(key) ?? { target, feature, reason, persona: document.id, personas: 0 };
        loss.personas++;
        this.#losses.set(key, loss);
      }
    }
  }

  /** By target, in the order in which they came. */
  all(): Loss[] {
    const losses = [...this.#losses.values()];
    const targets = [...new Set(losses.map(({ target }) => target))];
    return targets.flatMap((id) => losses.filter(({ target }) => target === id));
  }
}
