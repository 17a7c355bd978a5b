import type { BudgetView } from "../view/repository.ts";
import { useAnswer } from "./data.ts";
import { withCommas } from "./words.ts";

/** Where the limit stands in a bar, in percent of it: one line through all of them. */
const LIMIT = 80;

/** What tools take of a persona's files, and how much of that is used. */
export function Budgets({ persona, revision }: { readonly persona: string; readonly revision: number | undefined }) {
  const { value: budgets = [] } = useAnswer("budgets", persona, revision);
  if (budgets.length === 0) return null;
  return (
    <section class="budgets">
      <h2>What each tool takes</h2>
      <p class="keys-of-bars">
        <span class="key-of-bar is-own">this persona</span> <span class="key-of-bar is-rest">everything else</span>{" "}
        <span class="key-of-bar is-lost">beyond the limit</span>
      </p>
      <ul>
        {budgets.map((budget) => (
          <Budget key={`${budget.target} ${budget.what}`} budget={budget} />
        ))}
      </ul>
    </section>
  );
}

function Budget({ budget: { target, what, unit, max, beyond, own, rest } }: { readonly budget: BudgetView }) {
  const over = own + rest - max;
  const part = (size: number) => `${(LIMIT * size) / max}%`;
  const kept = { own: Math.min(own, max), all: Math.min(own + rest, max) };
  return (
    <li class="limit">
      <p>
        {what} <small>{target}</small>
      </p>
      <p class="figure">
        {over > 0 ? <strong class="is-over">{withCommas(over)} over</strong> : withCommas(own + rest)}{" "}
        <small>
          of {withCommas(max)} {unit}
        </small>
      </p>
      <div class="limit-bar" style={{ "--limit": `${LIMIT}%` }}>
        <span class="is-own" style={{ width: part(kept.own) }} />
        <span class="is-rest" style={{ width: part(kept.all - kept.own) }} />
        {over > 0 && <span class="is-lost" style={{ width: part(Math.min(over, (max * (100 - LIMIT)) / LIMIT)) }} />}
      </div>
      <small class="limit-says">
        Above the limit, {beyond}.{rest > 0 && ` ${withCommas(own)} of it is this persona.`}
      </small>
    </li>
  );
}
