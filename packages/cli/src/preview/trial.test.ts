import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compile, definePersona, drop, must, section, should } from "@personakit/core";
import { LANGUAGES } from "@personakit/core/internal";
import type { Edits, TrialView } from "@personakit/preview";
import { targets } from "@personakit/targets";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makePlan, type Request } from "../plan/make-plan.ts";
import { openView } from "./answers.ts";
import type { SeenProject } from "./seen-project.ts";
import { formOf, trialOf } from "./trial.ts";

const BASE = definePersona({
  ...{ id: "base", version: "1.0.0", title: "Base", role: "You build." },
  description: { does: "Builds.", when: "Use it to build.", notFor: "" },
  use: [section({ id: "safety", title: "Safety", rules: { csrf: must("Send a token."), log: should("Log calls.") } })],
});

const TWO = "---\nname: two\ndescription: Does it.\n---\n\n# Two\n\nSend a token.\n\nLog calls.\n";
const UNIT = "two-section";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "personakit-trial-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
}

/** A project of data alone, as it is now. */
async function opened() {
  const view = await openView([], { out: folder });
  if ("errors" in view) throw new Error(view.errors.join("\n"));
  return view;
}

/** Pastes the override of a trial into an entry of a configuration, and compares what is compiled with what was shown. */
async function expectPasted(entry: { readonly persona: string }, id: string, edits: Edits): Promise<object> {
  write("personakit.config.json", { personas: [entry] });
  const trial = await (await opened()).ask("trial", id, edits);
  expect(trial?.issues).toEqual([]);
  const { override, after } = trial?.outcome ?? ({} as never);
  const pasted = override.text.startsWith("{")
    ? JSON.parse(override.text)
    : { ...entry, ...JSON.parse(`{${override.text}}`) };
  write("personakit.config.json", { personas: [pasted] });
  const now = await (await opened()).ask("persona", id);
  expect(after.files.length).toBeGreaterThan(0);
  for (const { path, lines } of after.files) {
    expect(now?.files.find((each) => each.path === path)?.lines).toEqual(lines);
  }
  return pasted;
}

test("a file of your own is tried where a configuration can change it, and is said not to be where its tool reads it", async () => {
  write("personas/two.md", TWO);
  write(".claude/agents/three.md", TWO.replace("two", "three"));
  write("four.json", compile(BASE));
  const two = { persona: "./personas/two.md", format: "claude-agent", targets: ["claude-agent"] };
  write("personakit.config.json", { personas: [two, "./.claude/agents/three.md", "./four.json"] });
  const view = await opened();
  expect((await view.ask("form", "three"))?.cannot).toContain("reads .claude/agents/three.md where it lies");
  expect((await view.ask("form", "base"))?.cannot).toBe("a compiled document cannot be extended.");
  expect((await view.ask("form", "two"))?.rules.map(({ rule }) => rule)).toEqual(["heading", "sendToken", "logCalls"]);
  await expectPasted(two, "two", {
    rules: {
      [UNIT]: {
        sendToken: { kind: "drop", reason: "no cookies" },
        logCalls: { kind: "reword", text: "Log all calls." },
      },
    },
  });
});

test("a rule that the configuration has added is changed where it is added, and one that it has changed is restored by taking that out", async () => {
  write("two.md", TWO);
  const persona = { persona: "./two.md", format: "claude-agent", targets: ["claude-agent"] };
  const rule = (text: string) => ({ after: `${UNIT}/sendToken`, rule: { markdown: text } });
  const extend = {
    id: "two",
    rules: { [UNIT]: { sendToken: { markdown: "Send no token." }, logCalls: { drop: "too loud" } } },
    addRules: { one: rule("One."), other: rule("Other.") },
  };
  const pasted = await expectPasted({ ...persona, extend } as never, "two", {
    rules: {
      two: { one: { kind: "reword", text: "One more." }, other: { kind: "drop", reason: "done" } },
      [UNIT]: { sendToken: { kind: "restore" } },
    },
  });
  expect(pasted).toEqual({
    ...persona,
    extend: { id: "two", rules: { [UNIT]: { logCalls: { drop: "too loud" } } }, addRules: { one: rule("One more.") } },
  });
});

/** A project with one persona, or with more of the same entry of its configuration. */
function projectOf(request: Partial<Request>, config: string | undefined, ...more: Request["unit"][]): SeenProject {
  const chosen = targets.filter(({ id }) => id === "claude-agent" || id === "agents-md");
  const first: Request = { unit: BASE, source: "./base.ts", targets: chosen, out: "", ...request };
  const plan = makePlan([first, ...more.map((unit) => ({ ...first, unit }))]);
  return { ...plan, config, name: "p", folder, sources: [], options: { out: folder } } as never;
}

const tryIn = (project: SeenProject, id: string, edits: unknown): TrialView => trialOf(project, id, edits) as TrialView;

const EDIT: Edits = { rules: { safety: { log: { kind: "reword", text: "Log all calls.", strength: "must" } } } };

test("where parts of an extend are code, what is tried alone is given, to be joined by hand", () => {
  const extend = { id: "ours", rules: { safety: { csrf: () => must("Send two."), log: () => should("Log some.") } } };
  const unit = BASE.extend(extend as never);
  const project = projectOf(
    { unit, base: BASE, entry: 0, item: { persona: BASE, extend } as never },
    "personakit.config.ts",
  );
  const { outcome } = tryIn(project, "ours", EDIT);
  expect(outcome?.override).toEqual({
    where: 'In personakit.config.ts, put this into the extend of "ours", which is code in part:',
    text: 'rules: {\n  safety: {\n    log: must("Log all calls."),\n  },\n},',
    also: ['Import must from "@personakit/core".'],
  });
  const restored = tryIn(project, "ours", { rules: { safety: { csrf: { kind: "restore" } } } });
  expect(restored.outcome?.override.also).toEqual(["Take rules.safety.csrf out of it."]);
  expect(restored.outcome?.changes).toMatchObject([{ path: "safety/csrf", after: "must: Send a token." }]);
});

test("what a module below has dropped is restored as its fragment says it, and a persona with rules of its own keeps them", () => {
  const unit = BASE.extend({
    id: "ours",
    rules: { safety: { csrf: drop("no cookies") } },
    addRules: { mine: { after: "safety/log", rule: should("Mine.") } },
  });
  const project = projectOf({ unit, entry: 0, item: "./ours.ts" }, "personakit.config.json");
  expect(formOf(project, "ours")?.rules).toContainEqual(
    expect.objectContaining({ rule: "csrf", text: "Send a token.", changed: "dropped" }),
  );
  const { outcome, issues } = tryIn(project, "ours", { rules: { safety: { csrf: { kind: "restore" } } } });
  expect(issues).toEqual([]);
  const text = outcome?.after.files[0]?.lines.join("\n");
  expect(text).toContain("- Send a token.");
  expect(text).toContain("- Mine.");
  expect(JSON.parse(outcome?.override.text ?? "").extend).toEqual({
    id: "ours",
    rules: { safety: { csrf: { must: "Send a token." } } },
  });
});

test("a persona of a module with several is tried in the words of its project, for the target that is asked for", () => {
  const unit = { ...BASE, language: "de" } as const;
  const project = projectOf(
    { unit, entry: 0, item: "./both.ts", source: "./both.ts" },
    "personakit.config.ts",
    BASE.extend({ id: "other" }),
  );
  const edits: Edits = { target: "agents-md", rules: { safety: { csrf: { kind: "drop", reason: "no cookies" } } } };
  const { outcome } = tryIn(project, "base", edits);
  expect(outcome?.after.files.map(({ path }) => path)).toEqual(["AGENTS.md"]);
  expect(outcome?.sizes.map(({ path }) => path)).toEqual(["AGENTS.md"]);
  expect(outcome?.after.files[0]?.lines).toContain(LANGUAGES.de.should);
  expect(outcome?.override.where).toBe('Call this on the persona "base" in ./both.ts:');
  expect(outcome?.override.text).toContain('csrf: drop("no cookies"),');
});

test("what is wrong is said at its field, and whatever else is sent is left out", () => {
  const project = projectOf({}, undefined);
  const { issues } = tryIn(project, "base", {
    rules: { safety: { log: { kind: "drop", reason: " " }, cs: { kind: "drop", reason: "no" } } },
  });
  expect(issues).toMatchObject([
    { code: "missing-reason", at: "safety/log" },
    { code: "unknown-rule", at: "safety/cs" },
  ]);
  for (const given of [
    null,
    3,
    [],
    { rules: 3, params: [] },
    JSON.parse('{ "rules": { "__proto__": { "x": null } } }'),
  ]) {
    expect(tryIn(project, "base", given).issues).toEqual([]);
  }
  expect(trialOf(project, "none", EDIT)).toBeUndefined();
});
