import { type Document, formatIssue, render } from "@personakit/core";
import { fragmentsIn, nameWithVersion, ownPhrases } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import { keyOf } from "../disk/artifact-key.ts";
import { settle } from "../disk/lock.ts";
import { readLockfile } from "../disk/read-lockfile.ts";
import { failure } from "../issues/command-error.ts";
import { columns, writeLine } from "../output/terminal.ts";
import { conditionalRules } from "../plan/conditions.ts";
import { datedRules, outOfDateOn } from "../plan/dated-rules.ts";
import { makePlan, type PlannedPersona, type Request } from "../plan/make-plan.ts";
import { measure, type Quality } from "../plan/quality.ts";
import { requestsForAdded } from "../project/added-personas.ts";
import { eachProject, type Outcome } from "../project/each-project.ts";
import { noProject, openProject, type ProjectOptions, planOf } from "../project/open-project.ts";
import { defineCommand } from "../usage/define-command.ts";
import { project, sources, strict, targets, text, timeout, workspace } from "../usage/options.ts";

/** Shows what the personas are made of and how many tokens their files take. */
export default defineCommand({
  name: "list",
  group: "daily",
  summary: "Show personas, what they are made of, and their tokens",
  arguments: [sources],
  options: {
    on: text("day", "also name the rules that are out of date on this day, such as 2027-06-30"),
    ...targets,
    ...strict,
    ...project,
    ...workspace,
    ...timeout,
  },
  run: (args, options) => eachProject(args, options, (out) => list(args, { ...options, out })),
});

interface ListOptions extends ProjectOptions {
  readonly json: boolean;
  /** The day that dated rules are compared with. */
  readonly on: string | undefined;
}

async function list(sources: readonly string[], options: ListOptions): Promise<Outcome> {
  const { out, json, on } = options;
  if (on !== undefined && !/^\d{4}-\d\d-\d\d$/.test(on)) {
    throw failure("usage", "--on", `"${on}" is not a day`, "Expected a form such as 2027-06-30.");
  }
  await settle(out, "list");
  const project = openProject(sources, options);
  const lockfile = project?.lockfile ?? readLockfile(out);
  const { requests, unread } =
    sources.length > 0 ? { requests: [], unread: [] } : await requestsForAdded(out, lockfile);
  if (project === undefined && requests.length + unread.length === 0) throw await noProject("list");
  const built = project === undefined ? [] : (await planOf(project)).personas;
  const planned = [...built, ...makePlan(requests).personas];
  const ejected = new Set(lockfile.ejected);
  const personas = planned.map((persona) => listed(persona, ejected, on));
  if (!json) {
    for (const persona of personas) print(persona);
    for (const each of unread) writeLine(`warning: ${formatIssue(each)}`);
  }
  return { exitCode: 0, document: () => ({ ok: true, personas, unread }) };
}

function listed(
  { document, request, artifacts }: PlannedPersona,
  ejected: ReadonlySet<string>,
  on: string | undefined,
) {
  const dated = datedRules(document);
  return {
    id: document.id,
    ...(document.version === undefined ? {} : { version: document.version }),
    ...(document.extends === undefined ? {} : { extends: document.extends }),
    includes: document.includes ?? [],
    title: document.title,
    description: document.description,
    ...(document.language === undefined ? {} : { language: document.language }),
    phrases: ownPhrases(document),
    source: request.source,
    fragments: fragmentsIn(document),
    quality: qualityOf(document, request),
    dated,
    conditional: conditionalRules(request.unit, document),
    outOfDate: on === undefined ? [] : outOfDateOn(on, dated),
    files: artifacts.map((artifact) => ({
      path: artifact.path,
      targets: artifact.targets,
      tokens: countTokens(artifact.text),
      ejected: ejected.has(keyOf(artifact)),
    })),
    decisions: document.decisions,
    dropped: document.dropped,
    ...(document.exactTools === undefined ? {} : { exactTools: document.exactTools }),
    ...(document.uncheckedTools === undefined ? {} : { uncheckedTools: document.uncheckedTools }),
    ...(document.substitutions === undefined ? {} : { substitutions: document.substitutions }),
    ...(document.fields === undefined ? {} : { fields: document.fields }),
    ...(document.uncheckedFields === undefined ? {} : { uncheckedFields: document.uncheckedFields }),
  };
}

function print(persona: ReturnType<typeof listed>): void {
  const { extends: base, includes, language, phrases, title, source, fragments } = persona;
  const { quality, outOfDate, conditional, files } = persona;
  const { rules, tokens, actionability, findings } = quality;
  writeLine(`${nameWithVersion(persona)}${title === "" ? "" : `: ${title}`} (${source})`);
  if (base !== undefined) writeLine(`  extends   ${nameWithVersion(base)}`);
  if (includes.length > 0) writeLine(`  includes  ${includes.map(nameWithVersion).join(", ")}`);
  if (language !== undefined) writeLine(`  language  ${language}`);
  const own = Object.keys(phrases);
  if (own.length > 0) writeLine(`  phrases   its own for ${own.join(", ")}`);
  const points = rules.points === 0 ? "" : `, ${rules.points} points`;
  writeLine(`  rules     ${rules.must} must, ${rules.should} should, ${rules.may} may${points} in the body`);
  const { alwaysOn, onUse, onReference } = tokens;
  writeLine(`  tokens    ${alwaysOn} always on, ${onUse} on use, ${onReference} on reading references`);
  writeLine(`  acting    ${Math.round(actionability * 100)} % of the body tells the agent what to do`);
  for (const [target, names] of Object.entries(persona.exactTools ?? {})) {
    writeLine(`  tools     ${target}: ${names.join(", ")}`);
  }
  for (const [target, words] of Object.entries(persona.substitutions ?? {})) {
    writeLine(`  fills in  ${target}: ${words.join(", ")}`);
  }
  for (const [word, fields] of Object.entries({ fields: persona.fields, unchecked: persona.uncheckedFields })) {
    for (const [target, values] of Object.entries(fields ?? {})) {
      writeLine(`  ${word.padEnd(9)} ${target}: ${Object.keys(values).join(", ")}`);
    }
  }
  for (const { rule, problem } of findings) writeLine(`  finding   ${rule}: ${problem}`);
  for (const { rule, stands, when } of conditional) {
    writeLine(`  ${stands ? "stands  " : "absent  "}  ${rule} stands ${when}`);
  }
  for (const { rule, problem } of outOfDate) writeLine(`  outdated  ${rule}: ${problem}`);
  const rows = files.map((file) => [
    `  ${file.targets.join(",")}`,
    `${file.tokens} tokens`,
    file.path,
    file.ejected ? "ejected: your own" : "",
  ]);
  for (const line of columns(rows, [1])) writeLine(line);
  writeLine(`  made of   ${fragments.map(nameWithVersion).join(", ") || "itself"}`);
  writeLine("");
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
