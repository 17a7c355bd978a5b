import { type Document, fragmentsIn, render } from "@personakit/core";
import { countTokens } from "@personakit/targets";
import type { ExitCode } from "../../index.ts";
import type { Options } from "../options.ts";
import { makePlan } from "../plan.ts";
import { measure } from "../quality.ts";
import { columns, writeJson, writeLine } from "../report.ts";

/** Shows what the personas are made of and how many tokens their files take. */
export async function list(sources: readonly string[], options: Options): Promise<ExitCode> {
  const plan = await makePlan(sources, options);
  const personas = plan.personas.map(({ document, source, artifacts }) => ({
    id: document.id,
    ...(document.version === undefined ? {} : { version: document.version }),
    title: document.title,
    description: document.description,
    source,
    fragments: fragmentsIn(document),
    quality: measure(document, textsOf(document)),
    files: artifacts.map(({ path, targets, text }) => ({ path, targets, tokens: countTokens(text) })),
    decisions: document.decisions,
    dropped: document.dropped,
  }));
  if (options.json) {
    writeJson({ ok: true, personas });
    return 0;
  }
  for (const { id, version, title, source, fragments, quality, files } of personas) {
    const { rules, tokens, actionability, findings } = quality;
    writeLine(`${id}${version === undefined ? "" : `@${version}`}: ${title} (${source})`);
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

/** The Markdown of a persona, as it is before a target puts anything around it. */
function textsOf(document: Document): { body: string; references: string[] } {
  const { body, references } = render(document, { referencePath: (id) => `references/${id}.md` });
  return { body: body.text, references: Object.values(references).map(({ text }) => text) };
}
