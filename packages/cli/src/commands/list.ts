import type { Document, Section } from "@personakit/core";
import { countTokens } from "@personakit/targets";
import type { ExitCode } from "../../index.ts";
import type { Options } from "../options.ts";
import { makePlan } from "../plan.ts";
import { columns, writeJson, writeLine } from "../report.ts";

/** Shows what the personas are made of and how many tokens their files take. */
export async function list(sources: readonly string[], { target, json }: Options): Promise<ExitCode> {
  const plan = await makePlan(sources, target);
  const personas = plan.map(({ document, source, artifacts }) => ({
    id: document.id,
    ...(document.version === undefined ? {} : { version: document.version }),
    title: document.title,
    description: document.description,
    source,
    fragments: fragmentsIn(document),
    tokens: { description: countTokens(document.description) },
    files: artifacts.map(({ path, target, text }) => ({ path, target, tokens: countTokens(text) })),
    decisions: document.decisions,
  }));
  if (json) {
    writeJson({ ok: true, personas });
    return 0;
  }
  for (const { id, version, title, source, fragments, tokens, files } of personas) {
    writeLine(`${id}${version === undefined ? "" : `@${version}`}: ${title} (${source})`);
    writeLine(`  always on: ${tokens.description} tokens of description`);
    for (const line of columns(
      files.map((file) => [`  ${file.target}`, `${file.tokens} tokens`, file.path]),
      [1],
    ))
      writeLine(line);
    writeLine(
      `  fragments: ${fragments.map((fragment) => `${fragment.id}@${fragment.version}`).join(", ") || "none"}\n`,
    );
  }
  return 0;
}

/** The fragments that stand in a document, by id and version; sections of its own are not among them. */
function fragmentsIn({ sections, references }: Document): { id: string; version: string }[] {
  const all: readonly Section[] = [...sections, ...references.flatMap((reference) => reference.sections)];
  return all.flatMap(({ origin: { unit, version, persona } }) =>
    version === undefined || persona !== undefined ? [] : [{ id: unit, version }],
  );
}
