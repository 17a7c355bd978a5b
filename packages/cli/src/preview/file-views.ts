import type { BuiltView, FileSummary, InstructionFileView, LoadView } from "@personakit/preview";
import { countTokens } from "@personakit/targets";
import { recognise } from "@personakit/targets/read";
import { findBlock } from "../disk/block.ts";
import { normalise } from "../files/text.ts";
import { cellIn } from "./context-views.ts";
import { sharedIn } from "./copy-views.ts";
import { findingViews } from "./finding-views.ts";
import type { SeenProject } from "./seen-project.ts";
import type { SeenRepository } from "./seen-repository.ts";

/** The instruction files of a repository: those that tools look for, and other Markdown that is written for agents. */
export async function fileSummaries(repository: SeenRepository): Promise<readonly FileSummary[]> {
  const { facts } = await repository.examine();
  const texts = new Map(repository.readable.map(({ path, text }) => [path, text]));
  for (const { path, text } of facts.files) texts.set(path, text);
  return [...texts].map(([path, text]) => summaryOf(path, text, repository)).sort((a, b) => (a.path < b.path ? -1 : 1));
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

/** An instruction file as it stands, with what the doctor, the tools and other files have to do with it; undefined for no such file. */
export async function fileView(
  project: SeenProject,
  repository: SeenRepository,
  path: string,
): Promise<InstructionFileView | undefined> {
  const bytes = repository.bytesOf(path);
  if (bytes === undefined) return undefined;
  const text = normalise(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  const { findings, checks } = await repository.examine();
  return {
    ...summaryOf(path, text, repository),
    bytes: bytes.length,
    lines: text.replace(/\n$/, "").split("\n"),
    ...findingViews(
      findings.filter((each) => each.path === path),
      checks,
    ),
    loads: await loadsOf(path, repository),
    shared: await sharedIn(path, repository),
    built: builtIn(path, text, project, repository),
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
    return cell === undefined ? [] : [{ tool: `${name} ${version}`, folder, cell }];
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
