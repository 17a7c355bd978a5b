import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AnyFragment, defineFragment, must, section } from "@personakit/core";
import { standingInWords, standingsOf } from "@personakit/core/internal";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { ROOT } from "../scripts/workspace.ts";
import { IMPORTS } from "./fixtures.ts";
import { type Project, packPackages } from "./installed.ts";

// A package gives a fragment and its rules other names, puts a rule under a condition and deprecates another. What a project
// has written before still works, and the command says what to write.

const newProject = packPackages("personakit", "@personakit/core");
const AGENT = ".claude/agents/mine.md";
let project: Project;

const FIRST = `id: "messaging",
  params: { queue: z.enum(["sqs", "kafka"]).default("sqs") },
  rules: {
    tries: must("Retry three times."),
    visibility: must("Set the visibility timeout."),
    cookie: must("Set a cookie."),
    token: must("Send a token."),
  },`;

const SECOND = `id: "queues", formerly: ["messaging"],
  params: { queue: z.enum(["sqs", "kafka"]).default("sqs") },
  rules: {
    retries: must("Retry with a growing delay."),
    visibility: ({ queue }) => (queue === "sqs" ? must("Set the visibility timeout.") : undefined),
    cookie: must("Set a cookie.", { deprecated: { reason: "Clients send a token.", successor: "token" } }),
    token: must("Send a token."),
  },
  renamed: { tries: "retries" },`;

/** The package as it is published in a version. */
function publish(version: string, fragment: string): void {
  project.write(
    "lib.mjs",
    `${IMPORTS}import { defineFragment } from "@personakit/core";
import { z } from "zod";
export const topic = defineFragment({ version: "${version}", title: "Queues", summary: "S.", ${fragment} });
`,
  );
  project.write(
    "base.mjs",
    `${IMPORTS}import { topic } from "./lib.mjs";
export const base = definePersona({
  id: "base", version: "${version}", title: "T", role: "You build.",
  description: { does: "Does.", when: "When.", notFor: "Not." },
  use: [topic, section({ id: "own", title: "Own", rules: { a: must("A.") } })],
});
`,
  );
}

interface Extension {
  readonly params?: object;
  readonly rules?: object;
  readonly addRules?: object;
  readonly use?: string;
}

/** A configuration as data, and the same in code. */
function configure(kind: "json" | "mjs", extension: Extension): void {
  const { rules = {}, ...rest } = extension;
  if (kind === "json") {
    const personas = [{ persona: "./base.mjs", extend: { id: "mine", ...rest, rules } }];
    project.write("personakit.config.json", { personas, targets: ["claude-agent"] });
    return;
  }
  const code = JSON.stringify({ id: "mine", ...rest, rules }).replace(
    /\{"(drop|must)":("[^"]*")\}/g,
    (_, maker, text) => `${maker}(${text})`,
  );
  project.write(
    "personakit.config.mjs",
    `import { drop, must } from "@personakit/core";
import { base } from "./base.mjs";
void [drop, must];
export default { personas: [base.extend(${code})], targets: ["claude-agent"] };
`,
  );
}

/** What a project had written with the names of the first version. */
const OLD: Extension = {
  params: { messaging: { queue: "sqs" } },
  rules: { messaging: { tries: { must: "Retry as our wrapper does." } } },
  addRules: { ledger: { after: "messaging/visibility", rule: { must: "Write it into the ledger." } } },
};

const items = () => project.read(AGENT).match(/(?<=^- ).*$/gm);
const json = (...args: readonly string[]) => JSON.parse(project.run(...args, "--json").out);

beforeEach(() => {
  project = newProject();
  project.write("package.json", { type: "module" });
  publish("1.0.0", FIRST);
});

describe.each(["json", "mjs"] as const)("a configuration in %s with old names", (kind) => {
  beforeEach(() => {
    configure(kind, OLD);
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    publish("1.1.0", SECOND);
  });

  test("builds the same text, and build, check and JSON say what to write", () => {
    const built = project.run("build");
    expect(built).toMatchObject({ code: 0, err: "" });
    const place = kind === "json" ? "personakit.config.json, personas[0]" : "personakit.config.mjs";
    const warnings = [
      `warning: ${place}: persona "mine", params["messaging"]: fragment "messaging" is called "queues" now. Write "queues": { ... }.`,
      `warning: ${place}: persona "mine", rules["messaging"]: fragment "messaging" is called "queues" now. Write "queues": { ... }.`,
      `warning: ${place}: persona "mine", rules["queues"].tries: rule "queues/tries" is called "queues/retries" now. Write "queues": { "retries": ... }.`,
      `warning: ${place}: persona "mine", addRules.ledger: rule "messaging/visibility" is called "queues/visibility" now. Write after: "queues/visibility".`,
      `warning: ${place}: persona "mine": rule "queues/cookie" is deprecated: Clients send a token. Use queues/token instead.`,
    ];
    for (const warning of warnings) expect(built.out).toContain(`${warning}\n`);
    expect(built.out.match(/^warning: /gm)).toHaveLength(warnings.length);
    expect(items()).toEqual([
      "Retry as our wrapper does.",
      "Set the visibility timeout.",
      "Write it into the ledger.",
      "Set a cookie.",
      "Send a token.",
      "A.",
    ]);

    const checked = project.run("check");
    expect(checked).toMatchObject({ code: 0, err: "" });
    for (const warning of warnings) expect(checked.out).toContain(`${warning}\n`);
    const codes = ["renamed-fragment", "renamed-fragment", "renamed-rule", "renamed-rule", "deprecated-rule"];
    for (const command of ["build", "check"]) {
      const found = json(command).warnings as { code: string; place: string; hint: string }[];
      expect(found.map(({ code }) => code)).toEqual(codes);
      expect(found[2]).toMatchObject({
        place: expect.stringContaining(".tries"),
        hint: expect.stringContaining("retries"),
      });
    }
    expect(project.run("check", "--format", "github").out).toContain("::warning title=personakit%3A renamed-rule::");
  });

  test("is updated with one rename of the fragment and one of its rule, and the override stands", () => {
    const { code, out, err } = project.run("update");
    // The first version is nowhere any more.
    const unknown = "warning: mine: the earlier texts of queues/retries cannot be shown. ";
    expect({ code, err: err.slice(0, unknown.length) }).toEqual({ code: 0, err: unknown });
    expect(out).toContain("messaging, now queues, 1.0.0 -> 1.1.0");
    expect(out).toContain("  > renamed      messaging -> queues  the old name still works\n");
    expect(out).toContain("  > renamed      messaging/tries -> queues/retries  the old name still works\n");
    expect(out).toContain("after  must: Retry with a growing delay.");
    expect(out).toContain("yours  must: Retry as our wrapper does. (by mine)");
    expect(out).not.toMatch(/added|removed|deprecation/);
  });
});

test("names of now take no warning, nor does a deprecated rule that is dropped", () => {
  publish("1.1.0", SECOND);
  configure("json", { rules: { queues: { retries: { must: "Ours." }, cookie: { drop: "no cookies" } } } });
  const { code, out, err } = project.run("build");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).not.toContain("warning");
});

test("a misspelt old name is an error with the nearest", () => {
  publish("1.1.0", SECOND);
  configure("json", { rules: { messaging: { retires: { drop: "x" } } } });
  expect(project.run("build").err).toContain('there is no rule "retires". Did you mean "retries"?');
});

test("a diff of two versions of a persona says one rename", () => {
  project.write("old/base.mjs", "");
  publish("1.0.0", FIRST);
  for (const name of ["lib.mjs", "base.mjs"]) project.write(`old/${name}`, project.read(name));
  publish("1.1.0", SECOND);
  const { code, out } = project.run("diff", "./old/base.mjs", "./base.mjs");
  expect(code).toBe(1);
  expect(out.split("\n").filter((line) => /^ {2}\S/.test(line))).toEqual([
    "  > renamed      messaging -> queues  the old name still works",
    "  > renamed      messaging/tries -> queues/retries  the old name still works",
    "  + added        deprecation queues/cookie",
  ]);
});

describe("a rule that stands for some values only", () => {
  beforeEach(() => publish("1.1.0", SECOND));

  test("is in the files with one value and not with another; what is added next to it stays", () => {
    const addRules = { more: { after: "queues/visibility", rule: { must: "More." } } };
    configure("json", { params: { queues: { queue: "kafka" } }, addRules });
    expect(project.run("build")).toMatchObject({ code: 0, err: "" });
    expect(items()).toEqual(["Retry with a growing delay.", "More.", "Set a cookie.", "Send a token.", "A."]);
  });

  test("is explained and listed with its condition", () => {
    configure("json", {});
    expect(project.run("build")).toMatchObject({ code: 0 });
    const line = project.read(AGENT).split("\n").indexOf("- Set the visibility timeout.") + 1;
    expect(project.run("explain", `${AGENT}:${line}`).out).toMatch(/^stands +when queue is sqs$/m);
    expect(json("explain", `${AGENT}:${line}`).stands).toBe("when queue is sqs");
    expect(project.run("explain", `${AGENT}:${line - 1}`).out).toMatch(/^formerly +queues\/tries$/m);
    expect(project.run("explain", `${AGENT}:${line + 1}`).out).toMatch(
      /^deprecated +Clients send a token\. Use queues\/token instead\.$/m,
    );
    expect(project.run("list").out).toContain("  stands    queues/visibility stands when queue is sqs\n");
    configure("json", { params: { queues: { queue: "kafka" } } });
    expect(project.run("list").out).toContain("  absent    queues/visibility stands when queue is sqs\n");
    expect(json("list").personas[0].conditional).toEqual([
      { rule: "queues/visibility", stands: false, when: "when queue is sqs" },
    ]);
  });

  test("cannot be replaced where it does not stand, and a drop of it is a warning", () => {
    const params = { queues: { queue: "kafka" } };
    configure("json", { params, rules: { queues: { visibility: { must: "Ours." } } } });
    const { code, err } = project.run("build");
    expect(code).toBe(2);
    expect(err).toMatch(
      /personakit\.config\.json, personas\[0\]: persona ".*rule "queues\/visibility" does not stand here: it stands when queue is sqs\./,
    );
    configure("json", { params, rules: { queues: { visibility: { drop: "none here" } } } });
    expect(json("build").warnings.map((each: { code: string }) => each.code)).toEqual(["idle-drop", "deprecated-rule"]);
  });
});

test("a rule that many personas use is one warning", () => {
  publish("1.1.0", SECOND);
  const personas = ["one", "two", "three"].map((id) => ({ persona: "./base.mjs", extend: { id } }));
  project.write("personakit.config.json", { personas, targets: ["claude-agent"] });
  const { out } = project.run("build");
  expect(out.match(/^warning: .*$/gm)).toEqual([
    'warning: personakit.config.json, personas[0]: persona "one" and 2 more: rule "queues/cookie" is deprecated: Clients send a token. Use queues/token instead.',
  ]);
});

test("the examples of docs/versions.md are definitions, and do what the page says", () => {
  const page = readFileSync(join(ROOT, "docs/versions.md"), "utf8");
  const [conditional = "", renamed = "", note = ""] = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
    ([, code]) => code,
  );
  const evaluate = (code: string): unknown =>
    new Function("defineFragment", "must", "z", `return (${code})`)(defineFragment, must, z);
  const define = (code: string) =>
    evaluate(code.replace("export const queues = ", "").replace(/;\n$/, "")) as AnyFragment;
  const { visibility = [] } = standingsOf(define(conditional));
  expect(page).toContain(`(\`stands ${standingInWords(visibility)}\`)`);
  expect(define(renamed)).toMatchObject({ formerly: ["messaging"], renamed: { tries: "retries" } });
  const rules = { ...(evaluate(`{ ${note} }`) as { cookie: ReturnType<typeof must> }), token: must("Send a token.") };
  expect(section({ id: "tokens", title: "Tokens", rules }).rules.cookie).toHaveProperty(
    "deprecated.successor",
    "token",
  );
});
