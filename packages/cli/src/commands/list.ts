import type { Document, Section } from "@personakit/core";
import { countTokens } from "@personakit/targets";
import type { ExitCode } from "../../index.ts";
import type { Options } from "../options.ts";
import { makePlan, type PlannedArtifact } from "../plan.ts";
import { measure } from "../quality.ts";
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
    quality: measure(document, textsOf(artifacts)),
    files: artifacts.map(({ path, target, text }) => ({ path, target, tokens: countTokens(text) })),
    decisions: document.decisions,
  }));
  if (json) {
    writeJson({ ok: true, personas });
    return 0;
  }
  for (const { id, version, title, source, fragments, quality, files } of personas) {
    const { rules, tokens, actionability, findings } = quality;
    writeLine(`${id}${version === undefined ? "" : `@${version}`}: ${title} (${source})`);
    writeLine(`  rules     ${rules.must} must, ${rules.should} should, ${rules.may} may in the body`);
    writeLine(
      `  tokens    ${tokens.alwaysOn} always on, ${tokens.onUse} on use, ${tokens.onReference} on reading references`,
    );
    writeLine(`  acting    ${Math.round(actionability * 100)} % of the body says what to do`);
    for (const { rule, problem } of findings) writeLine(`  finding   ${rule}: ${problem}`);
    const rows = files.map((file) => [`  ${file.target}`, `${file.tokens} tokens`, file.path]);
    for (const line of columns(rows, [1])) writeLine(line);
    writeLine(
      `  made of   ${fragments.map((fragment) => `${fragment.id}@${fragment.version}`).join(", ") || "none"}\n`,
    );
  }
  return 0;
}

/** The Markdown of one target: the first file is the body, the others are references. */
function textsOf(artifacts: readonly PlannedArtifact[]): { body: string; references: string[] } {
  const [main, ...references] = artifacts.filter(({ target }) => target === artifacts[0]?.target);
  return { body: main?.text ?? "", references: references.map(({ text }) => text) };
}

/** The fragments that stand in a document, by id and version; sections of its own are not among them. */
function fragmentsIn({ sections, references }: Document): { id: string; version: string }[] {
  const all: readonly Section[] = [...sections, ...references.flatMap((reference) => reference.sections)];
  return all.flatMap(({ origin: { unit, version, persona } }) =>
    version === undefined || persona !== undefined ? [] : [{ id: unit, version }],
  );
}
