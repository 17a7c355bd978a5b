// The treemap layout of d3: maintained, typed, 5 KB, and nothing else of d3 comes with it.
import { hierarchy, treemap } from "d3-hierarchy";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { FileView, OriginView, PersonaView } from "../view/view.ts";
import { huesOf } from "./hues.ts";
import { useKeys } from "./keys.tsx";
import { tokens, withCommas } from "./words.ts";

interface TilesProps {
  readonly persona: PersonaView;
  readonly file: FileView;
  /** Goes to a line of the file. */
  onChoose(line: number): void;
}

interface Node {
  readonly origin?: number;
  readonly size?: number;
  readonly unit: string;
  readonly children?: readonly Node[];
}

/** In CSS pixels, as in the style. */
const HEIGHT = 420;
/** The line above the rules of a section. */
const HEAD = 18;
const GAP = 1;

/** What the tokens of a file are spent on: a tile for each rule, as large as it costs, among those of its section. */
export function Tiles({ persona, file, onChoose }: TilesProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [looked, setLooked] = useState(0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    if (box.current !== null) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const layout = treemap<Node>()
    .size([width, HEIGHT])
    .paddingInner(GAP)
    .paddingTop(({ depth }) => (depth === 1 ? HEAD : 0))(
    hierarchy<Node>({ unit: "", children: sectionsOf(file, persona) }, ({ children }) => children as Node[] | undefined)
      .sum(({ size = 0 }) => size)
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0)),
  );
  const hues = huesOf(persona);
  const sections = layout.children ?? [];
  const leaves = sections.flatMap(({ children = [] }) => children);
  const at = Math.min(looked, leaves.length - 1);
  const said = leaves[at]?.data;

  /** The arrows go from tile to tile, and over the rest of a section. */
  useKeys((event) => {
    if (box.current?.contains(document.activeElement) !== true) return;
    const unit = leaves[at]?.data.unit;
    const last = leaves.findLastIndex((each) => each.data.unit === unit);
    const first = leaves.findIndex((each) => each.data.unit === unit);
    const before = leaves[first - 1]?.data.unit;
    const next = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: last + 1,
      ArrowUp: leaves.findIndex((each) => each.data.unit === before),
    }[event.key];
    if (next === undefined || leaves[next] === undefined) return;
    event.preventDefault();
    setLooked(next);
    box.current?.querySelectorAll("button")[next]?.focus();
  });

  return (
    <>
      <div class="tiles" ref={box}>
        {sections.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
          <div key={section.data.unit} role="group" aria-label={`${section.data.unit}, ${tokens(section.value ?? 0)}`}>
            <p
              class="tile-section"
              style={{ ...placeOf(section), height: `${HEAD}px`, "--hue": hues.get(section.data.unit) }}
              aria-hidden="true"
            >
              <strong>{titleOf(section.data, persona)}</strong> <span>{withCommas(section.value ?? 0)}</span>
            </p>
            {section.children?.map((tile) => {
              const origin = persona.origins[tile.data.origin ?? 0];
              const index = leaves.indexOf(tile);
              return (
                <button
                  type="button"
                  key={tile.data.origin}
                  class={origin?.changed === undefined ? "tile" : "tile is-changed"}
                  style={{ ...placeOf(tile), "--hue": hues.get(tile.data.unit) }}
                  tabIndex={index === at ? 0 : -1}
                  aria-label={labelOf(origin, tile.value ?? 0, persona)}
                  onFocus={() => setLooked(index)}
                  onPointerEnter={() => setLooked(index)}
                  onClick={() => onChoose(lineOf(tile.data.origin ?? 0, file))}
                >
                  <span class="tile-name">
                    {nameOf(origin, persona)} <small>{withCommas(tile.value ?? 0)}</small>
                  </span>
                </button>
              );
            })}
          </div>
        ))}
      </div>
      {said !== undefined && <Said origin={persona.origins[said.origin ?? 0]} size={said.size ?? 0} file={file} />}
    </>
  );
}

/** What the tile says that is pointed at or has the focus. */
function Said(props: { readonly origin: OriginView | undefined; readonly size: number; readonly file: FileView }) {
  const { origin, size, file } = props;
  return (
    <p class="tile-said">
      <code>{origin?.path}</code>: {tokens(size)}, {Math.round((1000 * size) / Math.max(1, file.tokens)) / 10} % of this
      file{origin?.changed !== undefined && `, changed by ${origin.changed.by}`}.{" "}
      <span>{origin?.text ?? origin?.kind}</span>
    </p>
  );
}

interface Placed {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

function placeOf({ x0, y0, x1, y1 }: Placed) {
  return { left: `${x0}px`, top: `${y0}px`, width: `${x1 - x0}px`, height: `${y1 - y0}px` };
}

function sectionsOf({ costs }: FileView, { origins }: PersonaView): Node[] {
  const units = new Map<string, Node[]>();
  for (const [origin, size] of costs) {
    const unit = origins[origin]?.unit ?? "";
    units.set(unit, [...(units.get(unit) ?? []), { unit, origin, size }]);
  }
  return [...units].map(([unit, children]) => ({ unit, children }));
}

/** The heading of a section, where it has one. */
function titleOf({ unit }: Node, { id, origins }: PersonaView): string {
  if (unit === id) return unit;
  return origins.find((each) => each.unit === unit && each.section !== "")?.section ?? unit;
}

function nameOf(origin: OriginView | undefined, { id }: PersonaView): string {
  if (origin === undefined) return "";
  if (origin.path === id) return "front matter and role";
  return origin.path === origin.unit ? "heading" : origin.path.slice(origin.unit.length + 1);
}

/** Begins with what is seen, so that who speaks to the machine can name it. */
function labelOf(origin: OriginView | undefined, size: number, persona: PersonaView): string {
  const isChanged = origin?.changed !== undefined;
  return `${nameOf(origin, persona)} ${tokens(size)}, ${origin?.path}${isChanged ? ", changed here" : ""}`;
}

/** The first line that says something of an origin. */
function lineOf(origin: number, { from, lines }: FileView): number {
  return from.findIndex((each, index) => each === origin && lines[index] !== "") + 1;
}
