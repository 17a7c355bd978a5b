import type { BuiltView, FileSummary, InstructionFileView, LoadView, RemarksView } from "@personakit/preview";
import { countTokens } from "@personakit/targets";
import { recognise } from "@personakit/targets/read";
import { CELLS } from "../context/cells.ts";
import { findBlock } from "../disk/block.ts";
import { normalise } from "../files/text.ts";
import { cellIn } from "./context-views.ts";
import { sharedIn } from "./copy-views.ts";
import { findingViews } from "./finding-views.ts";
import type { SeenProject } from "./seen-project.ts";
import type { SeenRepository } from "./seen-repository.ts";

/** What explains a folder to people lies among the files of a tool, and is none. */
const FOR_PEOPLE = /(?:^|\/)readme\.md$/i;

/** The instruction files of a repository: those that tools look for, and other Markdown that is written for agents. No check has to run for them. */
export function fileSummaries(repository: SeenRepository): readonly FileSummary[] {
  const isLoaded = (path: string) => recognise(path)?.isLoaded === true && !FOR_PEOPLE.test(path);
  const paths = new Set([...repository.paths.filter(isLoaded), ...repository.readable.map(({ path }) => path)]);
  return [...paths].sort().flatMap((path) => {
    const text = repository.textOf(path);
    return text === undefined ? [] : [summaryOf(path, text, repository)];
  });
}

function summaryOf(path: string, text: string, repository: SeenRepository): FileSummary {
  const [found, persona] = [recognise(path), repository.personaOf(path)];
  return {
    path,
    ...(found?.isLoaded === true ? { tool: found.readable.tool } : {}),
    tokens: countTokens(text),
    ...(persona === undefined ? {} : { persona }),
  };
}

/** An instruction file as it stands; undefined for no such file. */
export function fileView(
  project: SeenProject,
  repository: SeenRepository,
  path: string,
): InstructionFileView | undefined {
  const said = repository.textOf(path);
  if (said === undefined) return undefined;
  const text = normalise(said);
  return {
    ...summaryOf(path, text, repository),
    bytes: Buffer.byteLength(said),
    lines: text.replace(/\n$/, "").split("\n"),
    built: builtIn(path, text, project, repository),
  };
}

/** What the doctor, the tools and other files have to do with a file. */
export async function remarksView(repository: SeenRepository, path: string): Promise<RemarksView> {
  const { findings, checks } = await repository.examine();
  const own = findings.filter((each) => each.path === path);
  return {
    ...findingViews(own, checks),
    loads: await loadsOf(path, repository),
    shared: await sharedIn(path, repository),
  };
}

/** What each tool does with a file, started in the nearest folder above it that has instructions of its own. */
async function loadsOf(path: string, repository: SeenRepository): Promise<LoadView[]> {
  const { facts } = await repository.examine();
  const above = facts.folders.filter((each) => each === "" || path.startsWith(`${each}/`));
  const folder = above.reduce((a, b) => (b.length > a.length ? b : a), "");
  return (await repository.contextIn(folder)).flatMap((assembly) => {
    const cell = cellIn(assembly, `${repository.root}/${path}`, repository);
    const { name, version } = assembly.tool;
    return cell === undefined
      ? []
      : [{ tool: `${name} ${version}`, folder, cell, says: cell.reason ?? CELLS[cell.word] }];
  });
}

/** What of a file was built of personas: all of it, or blocks. */
function builtIn(path: string, text: string, project: SeenProject, repository: SeenRepository): BuiltView[] {
  const artifacts = project.personas.flatMap((each) => each.artifacts);
  const own = artifacts.filter((each) => repository.pathOf(each.path) === path);
  return own.flatMap(({ persona, path: file, block, text: wanted }) => {
    const found = block === undefined ? text : findBlock(text, block, file);
    if (found === undefined) return [];
    const before = text.slice(0, block === undefined ? 0 : text.indexOf(found));
    const count = found.replace(/\n$/, "").split("\n").length;
    return [{ persona, file, first: before.split("\n").length, count, isCurrent: found === wanted }];
  });
}
