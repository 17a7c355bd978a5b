import type { CellView, ContextView, StackPartView, StackView } from "../view/repository.ts";
import { stackName } from "../view/view.ts";
import { useAnswer } from "./data.ts";
import { PlaceLink } from "./link.tsx";
import type { Place } from "./place.ts";
import { tokens, withCommas } from "./words.ts";

interface ContextProps {
  readonly revision: number | undefined;
  readonly place: Place;
  go(place: Place): void;
}

/** What tools put before their models in a folder: file by file, and one tool's texts in their order. */
export function ContextPage({ revision, place, go }: ContextProps) {
  const { value: context, problem } = useAnswer("context", place.name ?? "", revision);
  const chosen = context?.tools.find(({ id }) => id === place.tool) ?? context?.tools[0];
  const of = context === undefined || chosen === undefined ? undefined : stackName(chosen.id, context.folder);
  const { value: stack } = useAnswer("stack", of, revision);
  if (context === undefined) return <h1 class="empty">{problem ?? "Putting together what your tools send."}</h1>;
  const choose = (tool: string) => go({ ...place, tool });
  return (
    <>
      <div class="title">
        <h1>What the model sees</h1>
        <p>
          <label>
            Started in{" "}
            <select
              value={context.folder}
              onChange={({ currentTarget }) => go({ ...place, name: currentTarget.value })}
            >
              {context.folders.map((folder) => (
                <option key={folder} value={folder}>
                  {folder === "" ? "the repository" : folder}
                </option>
              ))}
            </select>
          </label>{" "}
          <label class="narrow-only">
            for{" "}
            <select value={chosen?.id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
              {context.tools.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>{" "}
          with no file open. Your home folder and what lies above the repository are left out.
        </p>
        <Legend />
      </div>
      <div class="context">
        <Matrix context={context} chosen={chosen?.id} onChoose={choose} />
        {stack !== undefined && <Stack stack={stack} />}
      </div>
      {stack !== undefined && <Text stack={stack} />}
    </>
  );
}

/** What stands in a cell for what a tool does with a file. */
const WORDS: { readonly [W in CellView["word"]]: string } = {
  ...{ yes: "sent", cut: "cut", part: "short", list: "list" },
  ...{ read: "read", call: "call", later: "later", no: "off" },
};

const LEGEND = [
  ["1", "is-yes", "sent at the start, in this order"],
  ["cut", "is-cut", "only its beginning, or more than once"],
  ["list", "is-list", "named in a list with its description"],
  ["later", "is-later", "when a file needs it"],
  ["off", "is-no", "left out"],
] as const;

function Legend() {
  return (
    <ul class="cells-legend">
      {LEGEND.map(([word, style, meaning]) => (
        <li key={word}>
          <span class={`word ${style}`}>{word}</span> {meaning}
        </li>
      ))}
      <li>
        <span class="word">·</span> never read
      </li>
    </ul>
  );
}

interface MatrixProps {
  readonly context: ContextView;
  readonly chosen: string | undefined;
  onChoose(tool: string): void;
}

type Row = ContextView["rows"][number];

/** The parts of the matrix, and which row is in which: the first that holds. */
const SECTIONS: readonly (readonly [title: string, isIn: (row: Row) => boolean])[] = [
  ["Sent in every request", ({ cells }) => cells.some((cell) => cell?.word === "yes" || cell?.word === "cut")],
  ["Listed by name and description", ({ path }) => path.endsWith("/")],
  ["Sent when they are needed", ({ cells }) => cells.some((cell) => cell !== null && cell.word !== "no")],
  ["Left out", () => true],
];

function Matrix({ context: { tools, rows }, chosen, onChoose }: MatrixProps) {
  const sectionOf = (row: Row) => SECTIONS.find(([, isIn]) => isIn(row))?.[0];
  const isChosen = (index: number) => (tools[index]?.id === chosen ? "is-chosen" : "");
  if (rows.length === 0) return <p class="empty">No tool that is in use here reads a file in this folder.</p>;
  return (
    <div class="wide matrix-box">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col" class="heading">
              File
            </th>
            {tools.map(({ id, name, version }, index) => (
              <th scope="col" key={id} class={isChosen(index)}>
                <button type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
                  {name} <small>{version}</small>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        {SECTIONS.map(([title]) => {
          const own = rows.filter((row) => sectionOf(row) === title);
          if (own.length === 0) return null;
          return (
            <tbody key={title}>
              <tr>
                <th scope="rowgroup" class="section" colSpan={tools.length + 1}>
                  {title}
                </th>
              </tr>
              {own.map(({ path, cells }) => (
                <tr key={path}>
                  <th scope="row">{path.endsWith("/") ? <code>{path}</code> : <RowLink path={path} />}</th>
                  {cells.map((cell, index) => (
                    <td key={tools[index]?.id} class={isChosen(index)}>
                      <Cell cell={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          );
        })}
        <tfoot>
          <tr>
            <th scope="row">Sent before your prompt</th>
            {tools.map(({ id, bytes }, index) => (
              <td key={id} class={isChosen(index)}>
                {withCommas(bytes)}
                <small> bytes</small>
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function RowLink({ path }: { readonly path: string }) {
  return (
    <PlaceLink to={{ name: path }}>
      <code>{path}</code>
    </PlaceLink>
  );
}

/** What a tool does with a file, in a word or a number. */
export function Cell({ cell }: { readonly cell: CellView | null }) {
  if (cell === null) {
    return (
      <span class="word" title="never read">
        ·
      </span>
    );
  }
  const { word, order, times } = cell;
  return (
    <>
      {order !== undefined && <span class="word is-yes">{order}</span>}
      {!(word === "yes" && order !== undefined) && <span class={`word is-${word}`}>{WORDS[word]}</span>}
      {times !== undefined && <span class="word is-cut">×{times}</span>}
    </>
  );
}

function Stack({ stack }: { readonly stack: StackView }) {
  const { name, version, known, bytes, tokens: size, parts, leftOut, notes } = stack;
  const most = Math.max(...parts.map((part) => wholeOf(part)), 1);
  return (
    <section class="stack" aria-label={`What ${name} sends`}>
      <h2>
        {name} {version}
      </h2>
      <p class="kind">
        {withCommas(bytes)} bytes, {tokens(size)}, in the order in which the model reads them, {known}
      </p>
      <ol class="parts">
        {parts
          .filter(({ from }) => from !== "")
          .map((part, index) => (
            <Part key={index} part={part} most={most} />
          ))}
      </ol>
      {notes.map((note) => (
        <p class="kind" key={note}>
          {note}
        </p>
      ))}
      {leftOut.length > 0 && <h2>What it does not see at the start, and why</h2>}
      <ul class="left-out">
        {leftOut.map(({ path, reason }) => (
          <li key={path}>
            <RowLink path={path} />
            <p>{reason}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function wholeOf({ bytes, cut }: StackPartView): number {
  return cut?.unit === "bytes" ? Math.max(cut.of, bytes) : bytes;
}

function Part({ part, most }: { readonly part: StackPartView; readonly most: number }) {
  const { what, role, from, path, bytes, ours, cut } = part;
  const width = (size: number) => ({ width: `${(100 * size) / most}%` });
  const lost = cut === undefined ? 0 : wholeOf(part) - bytes;
  return (
    <li>
      <p>
        {path === undefined ? from : <RowLink path={path} />} <span class="role">{role}</span>
      </p>
      <div class="part-bar">
        <span class="is-own" style={width(bytes * ours)} />
        <span class="is-hand" style={width(bytes * (1 - ours))} />
        {lost > 0 && <span class="is-lost" style={width(lost)} />}
      </div>
      <small>
        {what}, {withCommas(bytes)} bytes
        {cut === undefined ? "" : `, cut: ${withCommas(cut.kept)} of ${withCommas(cut.of)} ${cut.unit} arrive`}
        {ours > 0 && `, ${Math.round(100 * ours)} % from personas`}
      </small>
    </li>
  );
}

function Text({ stack: { parts } }: { readonly stack: StackView }) {
  return (
    <section class="page">
      <h2>As the model reads it</h2>
      {parts.map(({ from, role, place, text, cut }, index) => (
        <div class={from === "" ? "sent is-frame" : "sent"} key={index}>
          {(from !== "" || parts[index - 1]?.place !== place) && (
            <p class="kind">
              <span class="role">{role}</span> {from === "" ? place : from}
            </p>
          )}
          <Passage text={text} />
          {cut !== undefined && (
            <p class="cut">
              {withCommas(cut.of - cut.kept)} {cut.unit} do not arrive
            </p>
          )}
        </div>
      ))}
    </section>
  );
}

/** How many lines of a long text stand at its beginning, and at its end, where a cut shows. */
const [HEAD, TAIL] = [12, 4];

/** A text, of which a long middle stays folded until someone asks for it. */
function Passage({ text }: { readonly text: string }) {
  const lines = text.split("\n");
  if (lines.length <= 3 * HEAD) return <pre class="text">{text}</pre>;
  const middle = lines.slice(HEAD, -TAIL);
  return (
    <>
      <pre class="text">{lines.slice(0, HEAD).join("\n")}</pre>
      <details>
        <summary>{middle.length} more lines</summary>
        <pre class="text">{middle.join("\n")}</pre>
      </details>
      <pre class="text">{lines.slice(-TAIL).join("\n")}</pre>
    </>
  );
}
