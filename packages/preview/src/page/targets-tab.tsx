import { useState } from "preact/hooks";
import type { FidelityView, PersonaView } from "../view/view.ts";

const GLYPHS: { readonly [status: string]: string } = {
  kept: "●",
  mapped: "◐",
  degraded: "◔",
  dropped: "○",
  elsewhere: "–",
};

/** Who loses what: each feature of the persona in each target. */
export function TargetsTab({ persona: { fidelity } }: { readonly persona: PersonaView }) {
  const [chosen, setChosen] = useState<FidelityView>();
  const targets = [...new Set(fidelity.map(({ target }) => target))];
  const features = [...new Set(fidelity.map(({ feature }) => feature))];
  return (
    <>
      <div class="wide">
        <table class="fidelity">
          <thead>
            <tr>
              <td />
              {targets.map((target) => (
                <th scope="col" class="heading" key={target}>
                  {target}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {features.map((feature) => (
              <tr key={feature}>
                <th scope="row">{feature}</th>
                {targets.map((target) => {
                  const cell = fidelity.find((each) => each.target === target && each.feature === feature);
                  return (
                    <td key={target}>
                      {cell !== undefined && (
                        <button
                          type="button"
                          class={`cell is-${cell.status}`}
                          aria-pressed={cell === chosen}
                          onClick={() => setChosen(cell)}
                        >
                          {GLYPHS[cell.status]} {cell.status}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="reason" aria-live="polite">
        {chosen === undefined
          ? "Choose a cell to see why."
          : `${chosen.feature} in ${chosen.target}: ${chosen.reason ?? "said as it is"}.`}
      </p>
    </>
  );
}
