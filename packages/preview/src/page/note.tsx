import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import type { DroppedView, FileView, NotesView, OriginView } from "../view/view.ts";
import { hrefOf } from "./place.ts";
import { StaticSite } from "./static-site.ts";
import { tokens } from "./words.ts";

interface NoteProps {
  readonly origin: OriginView;
  readonly file: FileView;
  /** Which of the persona's origins it is. */
  readonly place: number;
  readonly dropped: readonly DroppedView[];
  onClose(): void;
  /** What can be done with it. */
  readonly children?: ComponentChildren;
}

/** What a line comes from, what it costs, and who says so. */
export function Note({ origin, file, place, dropped, onClose, children }: NoteProps) {
  const cost = file.costs.find(([each]) => each === place)?.[1] ?? 0;
  const site = useContext(StaticSite);
  const { path, unit, stands, isOfFragment, section, kind, text, changed, evidence } = origin;
  const gone = dropped.filter((each) => each.path === unit || each.path.startsWith(`${unit}/`));
  return (
    <section class="note" aria-live="polite" aria-label="Where this line comes from">
      <button type="button" class="close" onClick={onClose}>
        Close
      </button>
      <h2>
        <code>{path}</code>
      </h2>
      <p class="kind">
        {text === undefined ? `${kind}, ` : ""}
        {tokens(cost)} in this file
      </p>
      {text !== undefined && <blockquote>{text}</blockquote>}
      <dl>
        <Row name="from">
          {isOfFragment ? <a href={hrefOf({ view: "fragment", name: unit, tab: "file" }, site)}>{stands}</a> : stands}
        </Row>
        {section !== "" && <Row name="under">{section}</Row>}
        {changed !== undefined && <Row name="changed by">{changed.by}</Row>}
        {changed?.before !== undefined && (
          <Row name="instead of">
            <del>{changed.before}</del>
          </Row>
        )}
        <NotesRows notes={origin} />
        {(evidence ?? []).map(({ source, url }) => (
          <Row key={url} name="evidence">
            {/^https?:/.test(url) ? (
              <a href={url} target="_blank" rel="noreferrer">
                {source}
              </a>
            ) : (
              source
            )}{" "}
            <small>{url}</small>
          </Row>
        ))}
        {gone.map(({ path: name, by, reason, text: said }) => (
          <Row key={name} name="dropped">
            <code>{name}</code> by {by}: {reason} {said !== undefined && <del>{said}</del>}
          </Row>
        ))}
      </dl>
      {children}
    </section>
  );
}

/** What an author says about a rule, but for what it rests on. */
export function NotesRows({ notes }: { readonly notes: NotesView }) {
  const { deprecated, why, enforcedBy, reviewed, ends } = notes;
  return (
    <>
      {deprecated !== undefined && <Row name="deprecated">{deprecated}</Row>}
      {why !== undefined && <Row name="why">{why}</Row>}
      {enforcedBy !== undefined && <Row name="enforced by">{enforcedBy}</Row>}
      {reviewed !== undefined && <Row name="reviewed">{reviewed}</Row>}
      {ends !== undefined && <Row name="ends">{ends}</Row>}
    </>
  );
}

/** A name and what is said of it, in a list of such. */
export function Row({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="row">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
