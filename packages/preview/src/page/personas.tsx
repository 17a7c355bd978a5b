import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import type { PersonaSummary } from "../view/view.ts";
import { tokens } from "./words.ts";

interface PersonasProps {
  readonly personas: readonly PersonaSummary[];
  readonly current: string | undefined;
  readonly search: RefObject<HTMLInputElement | null>;
  onChoose(id: string): void;
}

/** The list of personas, and the search in it. */
export function Personas({ personas, current, search, onChoose }: PersonasProps) {
  const [words, setWords] = useState("");
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = personas.filter((each) => {
    const text = `${each.id} ${each.title} ${each.description}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  return (
    <aside class="personas">
      <details open={innerWidth > 720}>
        <summary>Personas</summary>
        <input
          ref={search}
          type="search"
          placeholder="Search personas"
          aria-label="Search personas"
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <ul>
          {found.map(({ id, targets, changes, tokens: size }) => (
            <li key={id}>
              <button
                type="button"
                class="pick"
                aria-current={id === current ? "true" : undefined}
                onClick={() => onChoose(id)}
              >
                <span class="persona-id">{id}</span>
                <small>
                  {tokens(size)}, {targets.length === 1 ? targets[0] : `${targets.length} targets`}
                  {changes > 0 && `, ${changes} changed`}
                </small>
              </button>
            </li>
          ))}
        </ul>
        {found.length === 0 && personas.length > 0 && <p class="empty">No persona has these words.</p>}
      </details>
    </aside>
  );
}
