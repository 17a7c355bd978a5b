import { type Document, fragmentsIn, render } from "@personakit/core";
import { countTokens } from "@personakit/targets";
import { requestsForAdded } from "../added.ts";
import type { ExitCode } from "../exit-code.ts";
import { readManifest } from "../manifest.ts";
import type { Options } from "../options.ts";
import { makePlan, type Request } from "../plan.ts";
import { noProject, openProject } from "../project.ts";
import { measure, type Quality } from "../quality.ts";
import { columns, writeJson, writeLine } from "../report.ts";

/** Shows what the personas are made of and how many tokens their files take. */
export async function list(sources: readonly string[], options: Options): Promise<ExitCode> {
  const project = await openProject(sources, options);
  const folder = options.out ?? ".";
  const added = sources.length > 0 ? [] : await requestsForAdded(folder, readManifest(folder));
  if (project === undefined && added.length === 0) throw noProject();
  const planned = [...(project?.plan.personas ?? []), ...makePlan(added, false).personas];
  const personas = planned.map(({ document, request, artifacts }) => ({
    id: document.id,
    ...(document.version === undefined ? {} : { version: document.version }),
    ...(document.extends === undefined ? {} : { extends: document.extends }),
    title: document.title,
    description: document.description,
    source: request.source,
    fragments: fragmentsIn(document),
    quality: qualityOf(document, request),
    files: artifacts.map(({ path, targets, text }) => ({ path, targets, tokens: countTokens(text) })),
    decisions: document.decisions,
    dropped: document.dropped,
  }));
  if (options.json) {
    writeJson({ ok: true, personas });
    return 0;
  }
  for (const { id, version, extends: base, title, source, fragments, quality, files } of personas) {
    const { rules, tokens, actionability, findings } = quality;
    writeLine(`${id}${version === undefined ? "" : `@${version}`}: ${title} (${source})`);
    if (base !== undefined) writeLine(`  extends   ${base.id}@${base.version}`);
    writeLine(`  rules     ${rules.must} must, ${rules.should} should, ${rules.may} may in the body`);
    const { alwaysOn, onUse, onReference } = tokens;
    writeLine(`  tokens    ${alwaysOn} always on, ${onUse} on use, ${onReference} on reading references`);
    writeLine(`  acting    ${Math.round(actionability * 100)} % of the body says what to do`);
    for (const { rule, problem } of findings) writeLine(`  finding   ${rule}: ${problem}`);
    const rows = files.map((file) => [`  ${file.targets.join(",")}`, `${file.tokens} tokens`, file.path]);
    for (const line of columns(rows, [1])) writeLine(line);
    writeLine(
      `  made of   ${fragments.map((fragment) => `${fragment.id}@${fragment.version}`).join(", ") || "itself"}\n`,
    );
  }
  return 0;
}

/** A compiled document comes without the notes that tell a checked number from a loose one. */
function qualityOf(document: Document, { unit }: Request): Quality {
  const quality = measure(document, textsOf(document));
  return unit.kind === "document" ? { ...quality, findings: [] } : quality;
}

/** The Markdown of a persona, as it is before a target puts anything around it. */
function textsOf(document: Document): { body: string; references: string[] } {
  const { body, references } = render(document, { referencePath: (id) => `references/${id}.md` });
  return { body: body.text, references: Object.values(references).map(({ text }) => text) };
}
