import type { PersonaView } from "../view/view.ts";

/** A hue for each fragment and section of a persona: the same in each view, and as far from its neighbours as it goes. */
export function huesOf({ origins }: PersonaView): ReadonlyMap<string, number> {
  const units = new Set(origins.map(({ unit }) => unit));
  return new Map([...units].map((unit, index) => [unit, (index * 47) % 360]));
}
