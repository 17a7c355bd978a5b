// The treemap layout of d3: maintained, typed, 5 KB, and nothing else of d3 comes with it.
import { hierarchy, treemap } from "d3-hierarchy";
import type { FileView, PersonaView } from "../view/view.ts";
import { FileChoice } from "./file-tab.tsx";
import type { Place } from "./place.ts";
import { tokens, withCommas } from "./words.ts";

interface TokensProps {
  readonly persona: PersonaView;
  readonly place: Place;
  go(place: Place): void;
}

interface Node {
  readonly name: string;
  readonly unit: string;
  readonly origin?: number;
  readonly size?: number;
  readonly children?: readonly Node[];
}

/** What the file's tokens are spent on, and how large each file is. */
export function TokensTab({ persona, place, go }: TokensProps) {
  const file = persona.files.find(({ path }) => path === place.file) ?? persona.files[0];
  if (file === undefined) return <p class="empty">Nothing is built of this persona.</p>;
  const largest = Math.max(...persona.files.map((each) => each.tokens));
  return (
    <>
      <FileChoice persona={persona} file={file} place={place} go={go} />
      <Tiles persona={persona} file={file} onChoose={(line) => go({ ...place, tab: "file", file: file.path, line })} />
      <h2 class="heading-2">Files</h2>
      <table class="bars">
        <thead>
          <tr>
            <th scope="col" class="heading">
              File
            </th>
            <th scope="col" class="heading">
              Tokens
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {persona.files.map((each) => (
            <tr key={each.path}>
              <th scope="row">
                <code>{each.path}</code>
              </th>
              <td class="figure">{withCommas(each.tokens)}</td>
              <td class="bar-cell">
                <span class="budget" style={{ width: `${(100 * each.tokens) / largest}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small">Token counts are estimates.</p>
    </>
  );
}

interface TilesProps {
  readonly persona: PersonaView;
  readonly file: FileView;
  onChoose(line: number): void;
}

function Tiles({ persona, file, onChoose }: TilesProps) {
  const units = new Map<string, Node[]>();
  for (const [origin, size] of file.costs) {
    const { path, unit } = persona.origins[origin] ?? { path: "", unit: "" };
    units.set(unit, [...(units.get(unit) ?? []), { name: path, unit, origin, size }]);
  }
  const root = {
    name: file.path,
    unit: "",
    children: [...units].map(([unit, children]) => ({ name: unit, unit, children })),
  };
  const layout = treemap<Node>().size([100, 100]).paddingInner(0.3)(
    hierarchy<Node>(root, ({ children }) => children as Node[] | undefined)
      .sum(({ size = 0 }) => size)
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0)),
  );
  const hues = new Map([...units.keys()].map((unit, index) => [unit, (index * 47) % 360]));
  return (
    <div class="tiles">
      {layout.leaves().map(({ data, x0, x1, y0, y1, value = 0 }) => {
        const isChanged = persona.origins[data.origin ?? 0]?.changed !== undefined;
        const name = data.name.split("/").at(-1);
        const box = { left: `${x0}%`, top: `${y0}%`, width: `${x1 - x0}%`, height: `${y1 - y0}%` };
        return (
          <button
            type="button"
            key={`${data.name} ${data.origin}`}
            class={isChanged ? "tile is-changed" : "tile"}
            style={{ ...box, "--hue": hues.get(data.unit) }}
            title={`${data.name}: ${tokens(value)}`}
            aria-label={`${data.name}: ${tokens(value)}`}
            onClick={() => onChoose(file.from.indexOf(data.origin ?? 0) + 1)}
          >
            <span class="tile-name">{name}</span>
          </button>
        );
      })}
    </div>
  );
}
