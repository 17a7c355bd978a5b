import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/workspace.ts";
import type { Block } from "./blocks.ts";
import { PREAMBLES } from "./preambles.ts";

/** What the personas demand of a project; the rest is what Node needs to run the files as they are. */
const COMPILER_OPTIONS = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noFallthroughCasesInSwitch: true,
  target: "es2024",
  lib: ["es2024"],
  module: "nodenext",
  // Next.js has no exports; its own bundler finds these.
  paths: { "next/*": ["../node_modules/next/*.d.ts"] },
  types: ["node"],
  jsx: "preserve",
  allowJs: true,
  checkJs: true,
  allowImportingTsExtensions: true,
  erasableSyntaxOnly: true,
  moduleDetection: "force",
  skipLibCheck: true,
  noEmit: true,
};

/** A sample with all that it builds on, as a module. */
export interface SampleModule {
  readonly block: Block;
  /** Its file's name: that of the first block of an id is the id's alone, so that preambles can import it. */
  readonly name: string;
  readonly text: string;
  /** How many lines stand before the block's own. */
  readonly offset: number;
}

/** A module for each TypeScript or JavaScript block. */
export function modulesOf(blocks: readonly Block[]): SampleModule[] {
  const numbers = new Map<string, number>();
  return blocks.map((block) => {
    const number = (numbers.get(block.id) ?? 0) + 1;
    numbers.set(block.id, number);
    const name = `${block.id.replaceAll("/", ".")}${number === 1 ? "" : `-${number}`}.${block.language}`;
    const before = (PREAMBLES[block.id]?.after ?? []).map((id) => {
      const found = blocks.find((each) => each.id === id);
      if (found === undefined) throw new Error(`preambles.ts puts ${block.id} after ${id}, which no persona has`);
      return `${found.code}\n${preambleOf(id)}`;
    });
    const head = before.join("");
    const text = `${head}${block.code}\n${preambleOf(block.id)}`;
    return { block, name, text, offset: head.split("\n").length - 1 };
  });
}

function preambleOf(id: string): string {
  return `${PREAMBLES[id]?.code ?? ""}\n`;
}

/** Writes modules where they find the installed packages. Returns their folder, and a function that removes it. */
export function writeModules(modules: readonly SampleModule[], packages: string): [folder: string, remove: () => void] {
  const folder = mkdtempSync(join(packages, "modules-"));
  for (const { name, text } of modules) writeFileSync(join(folder, name), text);
  return [folder, () => rmSync(folder, { recursive: true, force: true })];
}

/** What the compiler says of modules, with the id of the block and the line in it. */
export function typeErrors(modules: readonly SampleModule[], folder: string): string[] {
  const config = { compilerOptions: COMPILER_OPTIONS, files: modules.map(({ name }) => name) };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", ".", "--pretty", "false"], {
    cwd: folder,
    encoding: "utf8",
  });
  const lines = `${stdout}${stderr}`.split(/\r?\n(?! )/).filter((line) => line !== "");
  return lines.map((line) => {
    const [, name, row, problem] = /^([^(]+)\((\d+),\d+\): (.*)$/s.exec(line) ?? [];
    const found = modules.find((each) => each.name === name);
    if (found === undefined) return line;
    const { block, offset } = found;
    return `${block.id}, line ${Number(row) - offset} (${block.place}): ${problem}`;
  });
}
