import type { Fidelity } from "@personakit/targets";

/** What became of a feature of a persona in a target. */
export interface PlannedFidelity extends Fidelity {
  readonly persona: string;
  readonly target: string;
}

/** What became of a persona in a target, in one line; whether anything was lost. */
export interface FidelityLine {
  /** `persona, target` */
  readonly place: string;
  readonly outcome: string;
  readonly lossy: boolean;
}

/** One line for each persona and target. */
export function describeFidelity(fidelity: readonly PlannedFidelity[]): FidelityLine[] {
  const groups = new Map<string, PlannedFidelity[]>();
  for (const entry of fidelity) {
    const key = `${entry.persona}, ${entry.target}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups].map(([key, entries]) => {
    const kept = entries.filter(({ status }) => status === "kept").length;
    const rest = entries.filter(({ status }) => status !== "kept");
    const changes = rest.map(({ feature, status, reason }) => `${feature} ${status} (${reason})`);
    return { place: key, outcome: [`${kept} kept`, ...changes].join(", "), lossy: entries.some(isLoss) };
  });
}

function isLoss({ status }: Fidelity): boolean {
  return status === "dropped" || status === "degraded";
}
