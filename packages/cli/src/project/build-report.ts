import { countTokens } from "@personakit/targets";
import { nameOfKey } from "../disk/artifact-key.ts";
import { type ComparedFile, isChanged, isPending, type PendingFile } from "../disk/file-status.ts";
import { columns, count, shorten, writeLine, writeWarning } from "../output/terminal.ts";
import { describeFidelity, Losses, type PlannedFidelity, plannedFidelity } from "../plan/fidelity.ts";
import type { PlannedPersona, SharedPlan } from "../plan/make-plan.ts";
import { type DiskComparison, MOST_ROWS } from "./compare-project.ts";
import { describeRemoved } from "./removed.ts";
import { warningLines } from "./write-changes.ts";

type Built = DiskComparison & Pick<SharedPlan, "warnings" | "fileWarnings">;

/** How much a build reports. */
export interface ReportOptions {
  readonly json: boolean;
  /** Every file, and what was kept. */
  readonly verbose: boolean;
}

/** Reports on a build: what it wrote and removed, what that costs, and what targets lost. */
export class BuildReport {
  readonly #isWhole: boolean;
  readonly #fidelity: PlannedFidelity[] = [];
  readonly #losses = new Losses();
  #personas = 0;

  constructor({ json, verbose }: ReportOptions) {
    this.#isWhole = json || verbose;
  }

  add(persona: PlannedPersona): void {
    this.#personas++;
    if (this.#isWhole) this.#fidelity.push(...plannedFidelity(persona));
    this.#losses.add(persona);
  }

  document({ compared, ejected, orphans, warnings }: Built, folder: string): object {
    const files = compared.map(({ artifact, file, state, tokens }) => ({
      persona: artifact.persona,
      targets: artifact.targets,
      path: artifact.path,
      file,
      tokens,
      written: state !== "current",
    }));
    const { files: removed, changed } = describeRemoved(folder, orphans);
    return { ok: true, files, removed, changed, ejected, fidelity: this.#fidelity, warnings };
  }

  print({ compared, ejected, orphans, ...said }: Built, folder: string): void {
    const written = compared.filter(isPending).length;
    const { rows, isShort } = this.#isWhole ? { rows: allRows(compared), isShort: false } : shortRows(compared);
    const removed = describeRemoved(folder, orphans).lines;
    const sections = [
      columns(rows),
      [...removed, ...ejected.map((key) => `ejected: ${nameOfKey(key)}, left alone`)],
      // Only when something changed: otherwise you have read it before.
      written + removed.length > 0 || this.#isWhole ? this.#fidelityLines() : [],
    ];
    for (const lines of sections.filter(({ length }) => length > 0)) {
      for (const line of lines) writeLine(line);
      writeLine("");
    }
    for (const line of warningLines(said, { isWhole: this.#isWhole, command: "build" })) writeWarning(line, "stdout");
    writeLine(this.#conclusion(compared.length, written, isShort));
  }

  #fidelityLines(): string[] {
    if (this.#isWhole) return describeFidelity(this.#fidelity).map(({ place, outcome }) => `${place}: ${outcome}`);
    const losses = this.#losses.all();
    if (losses.length === 0) return [];
    const rows = losses.map(({ target, feature, reason, persona, personas }) => {
      const of = personas === 1 ? persona : personas === this.#personas ? "every persona" : `${personas} personas`;
      return [`  ${target}`, feature, of, reason];
    });
    return ["Lost, because the tool has no place for it:", ...columns(rows)];
  }

  #conclusion(files: number, written: number, isShort: boolean): string {
    const all = `${count(this.#personas, "persona")}, ${count(files, "file")}`;
    if (written === 0) return `${all}: nothing has changed.`;
    const unchanged = files - written;
    const parts = [`${written} written`, ...(unchanged > 0 ? [`${unchanged} unchanged`] : [])];
    return `${all}: ${parts.join(", ")}. Token counts are estimates.${isShort ? " --verbose lists every file." : ""}`;
  }
}

const STATES = { missing: "new", stale: "changed", edited: "overwritten", foreign: "overwritten" } as const;

function tokensOf(file: ComparedFile): number {
  return isChanged(file) ? countTokens(file.artifact.text) : (file.tokens ?? 0);
}

function placeOfFile({ file, artifact: { block } }: ComparedFile): string {
  return block === undefined ? shorten(file) : `${shorten(file)} (the block of ${block})`;
}

/** One row for each file, with the change in tokens. */
function rowOf(file: PendingFile): string[] {
  const now = tokensOf(file);
  const before = isChanged(file) && file.found !== undefined ? now - countTokens(file.found) : 0;
  const change = before === 0 ? "" : ` (${before > 0 ? "+" : ""}${before})`;
  return [`  ${STATES[file.state]}`, placeOfFile(file), `${now} tokens${change}`];
}

function allRows(compared: readonly ComparedFile[]): string[][] {
  return compared.map((file) => {
    const { persona, targets } = file.artifact;
    const [state = "", path = "", tokens = ""] = isPending(file)
      ? rowOf(file)
      : ["  unchanged", placeOfFile(file), `${tokensOf(file)} tokens`];
    return [state, persona, targets.join(","), tokens, path];
  });
}

/** At most a screen of rows: one for each file, or for each persona and target, or for each persona. */
function shortRows(compared: readonly ComparedFile[]): { readonly rows: string[][]; readonly isShort: boolean } {
  const files = compared.filter(isPending);
  if (files.length <= MOST_ROWS) return { rows: files.map(rowOf), isShort: false };
  const main = mainFiles(compared);
  const byTarget = grouped(files, ({ artifact: { persona, targets } }) => `${persona} ${targets[0]}`);
  const groups = byTarget.length <= MOST_ROWS ? byTarget : grouped(files, ({ artifact: { persona } }) => persona);
  const rows = groups.slice(0, MOST_ROWS).map((group) => rowOfGroup(group, main));
  const others = groups.length - rows.length;
  return { rows: others > 0 ? [...rows, [`  and ${count(others, "more persona")}`]] : rows, isShort: true };
}

function grouped(files: readonly PendingFile[], keyOf: (file: PendingFile) => string): PendingFile[][] {
  const groups = new Map<string, PendingFile[]>();
  for (const file of files) {
    const key = keyOf(file);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return [...groups.values()];
}

/** The first file of each persona for a target: what an agent always reads. */
function mainFiles(compared: readonly ComparedFile[]): ReadonlySet<ComparedFile> {
  const first = new Map<string, ComparedFile>();
  for (const file of compared) {
    const key = `${file.artifact.persona} ${file.artifact.targets[0]}`;
    if (!first.has(key)) first.set(key, file);
  }
  return new Set(first.values());
}

/** One row for a persona, in one target or several, with the tokens of the target that needs most. */
function rowOfGroup(files: readonly PendingFile[], main: ReadonlySet<ComparedFile>): string[] {
  const states = [...new Set(files.map(({ state }) => STATES[state]))];
  const targets = [...new Set(files.map(({ artifact }) => artifact.targets[0] ?? ""))];
  const { persona = "" } = files[0]?.artifact ?? {};
  const sums = (isCounted: (file: PendingFile) => boolean) =>
    targets.map((id) =>
      files
        .filter((file) => file.artifact.targets[0] === id && isCounted(file))
        .reduce((sum, file) => sum + tokensOf(file), 0),
    );
  const body = Math.max(...sums((file) => main.has(file)));
  const others = Math.max(...sums((file) => !main.has(file)));
  const [first] = files;
  const isOneTarget = targets.length === 1 && first !== undefined;
  return [
    `  ${states.join(", ")}`,
    isOneTarget ? placeOfFile(first) : persona,
    [...(isOneTarget ? [] : [count(targets.length, "target")]), count(files.length, "file")].join(", "),
    [
      ...(body > 0 ? [`${body} tokens`] : []),
      ...(others > 0 ? [`${others} ${body > 0 ? "more " : "tokens "}in other files`] : []),
    ].join(", "),
  ];
}
