import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compile } from "../compile/compile.ts";
import { drop } from "../entries/kinds.ts";
import { must, should } from "../entries/rule.ts";
import { md } from "../markdown/md.ts";
import { render } from "../render/render.ts";
import { defineFragment, section } from "./define-fragment.ts";
import { definePersona } from "./define-persona.ts";

const testing = defineFragment({
  id: "testing-standards",
  version: "1.2.0",
  title: "Testing",
  summary: "S.",
  params: { coverage: z.number().default(80) },
  rules: { floor: ({ coverage }) => must(md`Cover ${coverage} %.`), flaky: should("Quarantine flaky tests.") },
});
const security = defineFragment({
  id: "security",
  version: "2.0.0",
  title: "Security",
  summary: "S.",
  rules: { csrf: must("Send a CSRF token."), hash: must("Hash passwords.") },
});
const deep = section({ id: "deep", title: "Deep", rules: { dive: must("Dive.") } });
const backend = definePersona({
  id: "backend",
  version: "3.0.0",
  title: "Backend developer",
  description: { does: "Builds APIs.", when: "Use it for APIs.", notFor: "Not for CSS." },
  role: "You build APIs.",
  use: [security, testing],
  references: { deep: { title: "Deep", when: "you dive", use: [deep] } },
});
const text = (persona: Parameters<typeof compile>[0]) =>
  render(compile(persona), { referencePath: (id) => id }).body.text;

describe("definePersona", () => {
  const { title, description, role, use } = backend;
  const spec = { id: "backend", title, description, role, use };
  test.each([
    [{ id: "Backend" }, 'persona "Backend": the id is not kebab-case'],
    [{ id: "../evil" }, "the id is not kebab-case"],
    [{ id: "a".repeat(65) }, "at most 64 characters"],
    [{ title: "" }, "title is missing or empty"],
    [{ role: undefined }, "role is missing or empty"],
    [{ description: undefined }, "the description is missing"],
    [{ description: { when: "W.", notFor: "" } }, "description.does is missing or empty"],
    [{ description: { does: "D.", when: " ", notFor: "" } }, "description.when is missing or empty"],
    [{ title: "A\nB" }, "title has line breaks. Write it on one line."],
    [{ role: "You build.\nAPIs." }, "role has line breaks. Write it on one line. More than that belongs in a section"],
    [{ role: "You build:\n- APIs" }, "role has a list in it"],
    [{ role: "# You build" }, "role has a heading in it"],
    [{ references: { a: { title: "A\nB", when: "w", use } } }, 'reference "a": title has line breaks'],
    [{ references: { a: { title: "A", when: "w\n- x", use } } }, 'reference "a": when has line breaks'],
    [{ tools: [] }, "tools is empty"],
    [{ tools: ["reed"] }, 'there is no capability "reed". Did you mean "read"?'],
    [{ use: [security, security] }, 'fragment "security" is used twice'],
  ])("refuses %o", (change, message) => {
    expect(() => definePersona({ ...spec, ...change } as never)).toThrow(message);
  });
});

describe("definePersona from JavaScript", () => {
  const { title, description, role, use } = backend;
  const spec = { id: "backend", title, description, role, use };
  test.each([
    [undefined, "there is nothing to define"],
    [{ ...spec, tool: ["read"] }, 'there is no option "tool". Did you mean "tools"?'],
    [{ ...spec, use: undefined }, "use is not a list of fragments"],
    [{ ...spec, use: [undefined] }, "use[0]: this is not a fragment"],
    [{ ...spec, use: [{ ...backend, references: undefined }] }, "use[0]: this is not a whole persona"],
    [
      { ...spec, references: { a: { title: "A", when: "w", use: [backend] } } },
      'use[0]: this is the persona "backend", not a fragment. A persona can stand in the list `use` of a persona',
    ],
    [{ ...spec, references: { a: null } }, 'reference "a": this is not a reference'],
    [{ ...spec, references: { a: { title: "A", when: "", use } } }, 'reference "a": when is missing or empty'],
    [{ ...spec, references: { a: { title: "A", when: "w", use: [] } } }, 'reference "a": there is nothing in it'],
    [{ ...spec, description: { ...description, trigger: [] } }, 'Did you mean "triggers"?'],
    [{ ...spec, model: "sonnet" }, 'there is no tier "sonnet". Known: fast, balanced, deep.'],
    [{ ...spec, mcpServers: "context7" }, "mcpServers is not a list of names"],
    [{ ...spec, paths: ["src/**, test/**"] }, "paths is not a list of globs"],
    [{ ...spec, paths: null }, "paths is not a list of globs"],
    [{ ...spec, id: "con" }, "the id is the name of a device on Windows"],
    [
      { ...spec, references: { nul: { title: "A", when: "w", use } } },
      'reference "nul": the id is the name of a device on Windows',
    ],
  ])("refuses %o", (value, message) => {
    expect(() => definePersona(value as never)).toThrow(message);
    expect(() => definePersona(value as never)).toThrow(expect.objectContaining({ name: "PersonaKitError" }));
  });
});

describe("extend", () => {
  test("sets parameters, replaces rules and drops rules, and leaves the base as it was", () => {
    const before = text(backend);
    const mine = backend.extend({
      id: "mine",
      params: { "testing-standards": { coverage: 95 } },
      rules: { security: { csrf: drop("token auth only"), hash: must("Hash with argon2id.") } },
    });
    expect(text(mine)).toContain("Cover 95 %.");
    expect(text(mine)).toContain("Hash with argon2id.");
    expect(text(mine)).not.toContain("CSRF");
    expect(text(backend)).toBe(before);
  });

  test("gives a replaced rule the parameters of its fragment", () => {
    const mine = backend.extend({
      id: "mine",
      rules: { "testing-standards": { floor: ({ coverage }) => must(md`At least ${coverage}.`) } },
    });
    expect(text(mine)).toContain("At least 80.");
  });

  test("keeps the reason of a drop", () => {
    const mine = backend.extend({ id: "mine", rules: { security: { csrf: drop("token auth only") } } });
    const base = { strength: "must", text: "Send a CSRF token." };
    expect(compile(mine).dropped).toMatchObject([
      { path: "security/csrf", reason: "token auth only", by: "mine", base },
    ]);
  });

  test("drops a whole fragment", () => {
    const mine = backend.extend({ id: "mine", rules: { security: drop("another team's") } });
    expect(text(mine)).not.toContain("## Security");
  });

  test("adds a rule next to another, and lets the next persona edit it", () => {
    const mine = backend.extend({
      id: "mine",
      addRules: { ledger: { before: "security/hash", rule: must("Write to the ledger.") } },
    });
    expect(text(mine)).toContain("- Send a CSRF token.\n- Write to the ledger.\n- Hash passwords.");
    const next = mine.extend({ id: "next", rules: { mine: { ledger: must("Write to the new ledger.") } } });
    expect(text(next)).toContain("- Write to the new ledger.");
    const last = next.extend({ id: "last", rules: { mine: { ledger: drop("no money here") } } });
    expect(text(last)).not.toContain("ledger");
  });

  test("places a fragment after another, or at the end", () => {
    const extra = section({ id: "extra", title: "Extra", rules: { x: must("X.") } });
    const after = backend.extend({ id: "mine", use: [{ after: "security", fragment: extra }] });
    expect(text(after)).toMatch(/## Security[\s\S]*## Extra[\s\S]*## Testing/);
    expect(text(backend.extend({ id: "mine", use: [extra] }))).toMatch(/## Testing[\s\S]*## Extra/);
  });

  test("adds and drops references", () => {
    const more = section({ id: "more", title: "More", rules: { x: must("X.") } });
    const mine = backend.extend({
      id: "mine",
      references: { add: { more: { title: "More", when: "you want more", use: [more] } }, drop: { deep: "too deep" } },
    });
    expect(compile(mine).references.map(({ id }) => id)).toEqual(["more"]);
  });

  test("narrows tools from all of them when there was no restriction", () => {
    expect(backend.extend({ id: "mine", tools: { remove: ["shell", "spawn"] } }).tools).toEqual([
      "read",
      "search",
      "edit",
      "web",
    ]);
  });

  test.each([
    [{ rules: { secrity: {} } }, 'persona "mine", rules: there is no fragment "secrity". Did you mean "security"?'],
    [{ rules: { security: { crsf: drop("x") } } }, 'rules["security"]: there is no rule "crsf". Did you mean "csrf"?'],
    [{ rules: { security: { csrf: drop(" ") } } }, 'rules["security"].csrf: the drop has no reason'],
    [{ rules: { security: { csrf: "Send it." } } }, "this is not a rule. Expected must"],
    [{ params: { testing: {} } }, 'params: there is no fragment "testing"'],
    [{ params: { "testing-standards": { coverag: 1 } } }, 'Did you mean "coverage"?'],
    [{ params: { "testing-standards": { coverage: "1" } } }, "params.coverage: Invalid input"],
    [{ addRules: { a: { rule: must("A.") } } }, "addRules.a: there is no anchor"],
    [
      { addRules: { a: { after: "security/csrf", before: "security/hash", rule: must("A.") } } },
      "addRules.a: there are two anchors",
    ],
    [
      { addRules: { a: { after: "security/crsf", rule: must("A.") } } },
      'there is no rule "security/crsf". Did you mean "security/csrf"?',
    ],
    [{ use: [{ after: "securty", fragment: deep }] }, 'Did you mean "security"?'],
    [{ references: { drop: { deeep: "x" } } }, 'there is no reference "deeep". Did you mean "deep"?'],
    [{ references: { add: { deep: { title: "", when: "", use: [] } } } }, "there is already a reference of this name"],
  ])("refuses %o", (change, message) => {
    expect(() => backend.extend({ id: "mine", ...change } as never)).toThrow(message);
  });

  test("refuses to lose a rule that someone anchored in a dropped fragment", () => {
    const mine = backend.extend({ id: "mine", addRules: { a: { after: "security/csrf", rule: must("A.") } } });
    expect(() => mine.extend({ id: "next", rules: { security: drop("gone") } })).toThrow(
      'rule "a" is anchored in "security/csrf", which is dropped',
    );
  });

  test("lets the next personas add next to added rules, edit them and drop them all", () => {
    const one = backend.extend({
      id: "one",
      addRules: {
        first: { after: "security/csrf", rule: must("First.") },
        second: { before: "security/csrf", rule: must("Second.") },
      },
    });
    const two = one.extend({ id: "two", addRules: { third: { after: "one/first", rule: must("Third.") } } });
    expect(text(two)).toContain("- Second.\n- Send a CSRF token.\n- First.\n- Third.\n- Hash passwords.");
    const three = two.extend({ id: "three", rules: { one: { first: drop("no") } } });
    expect(text(three)).toContain("- Send a CSRF token.\n- Third.");
    expect(() => two.extend({ id: "three", rules: { one: drop("no") } })).toThrow(
      'rule "third" is anchored in "one/first"',
    );
    const gone = one.extend({ id: "gone", rules: { one: drop("not ours") } });
    expect(text(gone)).toBe(text(backend));
    expect(compile(gone).dropped).toEqual([{ path: "one", reason: "not ours", by: "gone" }]);
  });

  test("replaces a whole fragment by another of its id", () => {
    const ours = section({ id: "security", title: "Our security", rules: { scan: must("Scan.") } });
    const mine = backend.extend({ id: "mine", rules: { security: drop("ours is stricter") }, use: [ours] });
    expect(text(mine)).toContain("## Our security");
    expect(text(mine)).not.toContain("CSRF");
  });

  test("keeps the reason of a dropped reference", () => {
    const mine = backend.extend({ id: "mine", references: { drop: { deep: "too deep" } } });
    expect(compile(mine).dropped).toEqual([{ path: "ref:deep", reason: "too deep", by: "mine" }]);
  });

  test("leaves an unrestricted persona unrestricted when nothing is taken away", () => {
    expect(backend.extend({ id: "mine", tools: { add: ["web"] } }).tools).toBeUndefined();
  });

  test.each([
    [{ rule: {} }, 'there is no option "rule". Did you mean "rules"?'],
    [{ rules: null }, "rules: this is not an object"],
    [{ rules: { security: "no" } }, "these are no changes"],
    [{ rules: { security: null } }, "these are no changes"],
    [{ tools: ["read"] }, "tools: this is not an object"],
    [{ tools: { remove: ["bash"] } }, 'there is no capability "bash"'],
    [{ tools: { removed: ["web"] } }, 'there is no option "removed". Did you mean "remove"?'],
    [{ addRules: { a: null } }, "this is not an addition"],
    [{ addRules: { a: { after: 3, rule: must("A.") } } }, "there is no anchor"],
    [{ addRules: { a: { after: "security/csrf/x", rule: must("A.") } } }, 'there is no rule "security/csrf/x"'],
    [
      { addRules: { a: { after: "security/csrf", rule: must("A.") } }, rules: { security: drop("x") } },
      "would be lost",
    ],
    [{ rules: { deep: drop("x") } }, 'reference "deep": nothing is left in it'],
    [{ references: { add: { a: null } } }, "this is not a reference"],
    [{ references: { deep: {} } }, 'there is no option "deep"'],
    [{ use: [undefined] }, "use[0]: this is not a fragment. Is it imported"],
    [{ use: ["./sections.ts"] }, "use[0]: this is not a fragment. A name is not enough: import it in a module"],
    [{ use: [{ after: "security", fragment: backend }] }, 'use[0]: this is the persona "backend", not a fragment'],
    [{ rules: { security: { csrf: must("Do:\n- a") } } }, 'rules["security"].csrf: the text has a list in it'],
    [
      { addRules: { own: { after: "security/csrf", rule: must("Do:\n```\na\n```") } } },
      'addRules.own: the text has a code fence in it. Put the code into an entry of its own: example("ts", "...")',
    ],
    [{ use: "security" }, "use: this is not a list"],
    [{ color: "mauve" }, 'there is no colour "mauve"'],
    [{ mcpServers: ["x, Bash"] }, "mcpServers is not a list of names"],
    [undefined, "there is no patch"],
  ])("refuses from JavaScript %o", (change, message) => {
    expect(() => backend.extend((change && { id: "mine", ...change }) as never)).toThrow(message);
    expect(() => backend.extend((change && { id: "mine", ...change }) as never)).toThrow(
      expect.objectContaining({ name: "PersonaKitError" }),
    );
  });

  test("names every mistake at once", () => {
    expect(() => backend.extend({ id: "Mine", rules: { nope: {} }, params: { nope: {} } } as never)).toThrow(
      /params: there is no fragment[\s\S]*rules: there is no fragment/,
    );
  });
});
