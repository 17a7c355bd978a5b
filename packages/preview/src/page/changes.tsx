import type { FileView, PersonaView } from "../view/view.ts";
import { SHAPES } from "./words.ts";

interface ChangesProps {
  readonly persona: PersonaView;
  readonly file: FileView;
  onChoose(line: number): void;
}

/** What stands beside a file while no line is chosen: what the persona has changed in others' rules, and what the signs mean. */
export function Changes({ persona, file, onChoose }: ChangesProps) {
  const changed = persona.origins.flatMap((origin, place) => {
    const line = file.from.indexOf(place) + 1;
    return origin.changed !== undefined && line > 0 ? [{ ...origin, line }] : [];
  });
  const count = changed.length + persona.dropped.length;
  return (
    <section class="changes" aria-label="What this persona changes">
      <h2>{count === 0 ? "Every rule is as its fragment says it" : "Changed here"}</h2>
      <ul>
        {changed.map(({ path, line }) => (
          <li key={path} class="row">
            <button type="button" class="link" onClick={() => onChoose(line)}>
              <code>{path}</code>
            </button>{" "}
            <span class="badge is-changed">replaced</span>
          </li>
        ))}
        {persona.dropped.map(({ path, reason }) => (
          <li key={path} class="row">
            <code>{path}</code> <span class="badge is-gone">dropped</span>
            <p class="kind">{reason}</p>
          </li>
        ))}
      </ul>
      <p class="legend">
        <span>{SHAPES.must} must</span> <span>{SHAPES.should} should</span> <span>{SHAPES.may} may</span>
      </p>
      <p class="legend hint">
        Point at a line to see where it comes from, or walk with <kbd>J</kbd> and <kbd>K</kbd>.
      </p>
    </section>
  );
}
