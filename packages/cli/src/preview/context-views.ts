import type { CellView, ContextToolView, ContextView, StackPartView, StackView } from "@personakit/preview";
import { type Assembly, alwaysOn, type MeasuredPart, sumOf } from "../context/assembly.ts";
import { type Cell, cellsOf } from "../context/cells.ts";
import { describeKnowledge, describeLeftOut, describeSources, KINDS } from "../context/words.ts";
import type { SeenRepository } from "./seen-repository.ts";

/** What tools put before their models in a folder, file by file; undefined for a folder without instructions of its own. */
export async function contextView(repository: SeenRepository, folder: string): Promise<ContextView | undefined> {
  const { folders } = (await repository.examine()).facts;
  if (!folders.includes(folder)) return undefined;
  const assemblies = await repository.contextIn(folder);
  const columns = assemblies.map((assembly) => {
    const told = new Told(assembly, repository);
    return new Map([...cellsOf(assembly)].map(([path, word]) => [repository.shown(path), told.cell(path, word)]));
  });
  const paths = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort();
  return {
    ...{ folder, folders, tools: assemblies.map(toolView) },
    rows: paths.map((path) => ({ path, cells: columns.map((column) => column.get(path) ?? null) })),
  };
}

/** What a tool does with one file; undefined where it does not look at it. */
export function cellIn(assembly: Assembly, path: string, repository: SeenRepository): CellView | undefined {
  const word = cellsOf(assembly, true).get(path);
  return word === undefined ? undefined : new Told(assembly, repository).cell(path, word);
}

/** What one tool puts before its model in a folder; undefined for one that is not in use there. */
export async function stackView(repository: SeenRepository, name: string): Promise<StackView | undefined> {
  const [id = "", ...rest] = name.split("/");
  const folder = rest.join("/");
  const { folders } = (await repository.examine()).facts;
  if (!folders.includes(folder)) return undefined;
  const assembly = (await repository.contextIn(folder)).find(({ tool }) => tool.id === id);
  if (assembly === undefined) return undefined;
  const shown = (path: string) => repository.shown(path);
  const cells = cellsOf(assembly, true);
  return {
    ...toolView(assembly),
    folder,
    parts: alwaysOn(assembly).map((part) => partView(part, shown)),
    leftOut: assembly.leftOut
      // What stands in the text of another file is sent all the same.
      .filter(({ code, path }) => code !== "not-read" && !isSent(cells.get(path)))
      .map((each) => ({ path: shown(each.path), reason: describeLeftOut(each, shown) })),
    // What lies outside of the repository is left out for all tools, which the page says once.
    notes: assembly.notes.filter(({ code }) => code !== "not-asked").map(({ text }) => text),
  };
}

function isSent(word: Cell | undefined): boolean {
  return word === "yes" || word === "cut";
}

function toolView(assembly: Assembly): ContextToolView {
  const { id, name, version } = assembly.tool;
  const { bytes, tokens } = sumOf(alwaysOn(assembly));
  return { id, name, version, known: describeKnowledge(assembly.tool), bytes, tokens };
}

function partView(part: MeasuredPart, shown: (path: string) => string): StackPartView {
  const { kind, role, place, sources, items, bytes, tokens, fromPersonas, cut, text } = part;
  const [path] = items === undefined ? sources : [];
  return {
    ...{ what: KINDS[kind], role, place, bytes, tokens, text },
    from: kind === "frame" ? "" : describeSources(part, shown),
    ...(path === undefined ? {} : { path: shown(path) }),
    ours: tokens === 0 ? 0 : fromPersonas.tokens / tokens,
    ...(cut === undefined ? {} : { cut }),
  };
}

/** The words for which the tool has a reason. */
const UNSENT: readonly Cell[] = ["later", "no"];

/** What there is to say of what a tool does with files. */
class Told {
  readonly #assembly: Assembly;
  readonly #repository: SeenRepository;
  /** The files that are sent at the start: which one it is, and how often it is sent. */
  readonly #sent = new Map<string, { readonly order: number; readonly times: number }>();

  constructor(assembly: Assembly, repository: SeenRepository) {
    this.#assembly = assembly;
    this.#repository = repository;
    for (const { items, sources, imports = [] } of alwaysOn(assembly)) {
      const files = items === undefined ? [...sources, ...imports.map(({ source }) => source)] : [];
      for (const path of new Set(files)) {
        const { order, times } = this.#sent.get(path) ?? { order: this.#sent.size + 1, times: 0 };
        this.#sent.set(path, { order, times: times + 1 });
      }
    }
  }

  cell(path: string, word: Cell): CellView {
    const sent = isSent(word) ? this.#sent.get(path) : undefined;
    const isIn = path.endsWith("/") ? (other: string) => other.startsWith(path) : (other: string) => other === path;
    const out = UNSENT.includes(word) ? this.#assembly.leftOut.find((each) => isIn(each.path)) : undefined;
    return {
      word,
      ...(sent === undefined ? {} : { order: sent.order }),
      ...(sent === undefined || sent.times === 1 ? {} : { times: sent.times }),
      ...(out === undefined ? {} : { reason: describeLeftOut(out, (each) => this.#repository.shown(each)) }),
    };
  }
}
