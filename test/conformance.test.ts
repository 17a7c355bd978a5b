import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type AnyFragment, compile, type Document, definePersona, snapshot } from "@personakit/core";
import { entriesOf } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { formatLockfile, recordOf } from "../packages/cli/src/disk/lockfile.ts";
import { datedRules, outOfDateOn } from "../packages/cli/src/plan/dated-rules.ts";
import { measure } from "../packages/cli/src/plan/quality.ts";
import { camelCase } from "../packages/cli/src/scaffold/case.ts";
import { parse } from "../packages/core/src/markdown/parse.testing.ts";
import { roomsInPage } from "../scripts/derive/architecture.ts";
import { artifactsOf } from "../scripts/derive/compiled.ts";
import { packageName } from "../scripts/derive/manifest.ts";
import { circleIn, modulesOf, roomOf } from "../scripts/rooms.ts";
import { loadUnits } from "../scripts/units.ts";
import { dynamicImportsOf, importsOf, type Kind, packageOf, ROOT } from "../scripts/workspace.ts";

const units = await loadUnits();

/**
 * The day that dated rules are compared with: the last commit's, so that a commit passes or fails the same for ever.
 * Without a history, as in a copy of the sources, nothing is out of date.
 */
const DAY = spawnSync("git", ["log", "-1", "--format=%cs"], { cwd: ROOT, encoding: "utf8" }).stdout.trim();

/** A product with its version, as rules name them. */
const VERSIONED =
  /\b(?:Next\.js|Node\.js|Prisma|React|zod|Express|TypeScript|NextAuth\.js|Auth\.js|Better Auth|Cache Components) v?\d|\bnodejs\d\d\.x|\bpython3\.\d/i;

/** Which kinds a kind may import. Arrows point one way, and no fragment knows another. */
const ARROWS: { readonly [K in Kind]: readonly Kind[] } = {
  core: [],
  targets: ["core"],
  checks: ["core", "targets"],
  preview: ["core", "targets"],
  cli: ["core", "targets", "checks", "preview"],
  fragment: ["core"],
  persona: ["core", "fragment"],
};

/**
 * The rooms of a package: the folders of its `src`, and which of the others each may import. "" is `src` itself. A room
 * stands after those that it imports, so that no arrow can point back.
 */
const ROOMS: { readonly [folder: string]: { readonly [room: string]: readonly string[] } } = {
  "packages/core": {
    issues: [],
    read: ["issues"],
    markdown: ["issues", "read"],
    phrases: ["issues", "markdown"],
    entries: ["issues", "markdown", "read", "phrases"],
    model: ["issues", "markdown", "phrases", "entries"],
    define: ["issues", "markdown", "read", "phrases", "entries", "model"],
    compile: ["issues", "markdown", "phrases", "entries", "model"],
    render: ["markdown", "phrases", "entries", "model"],
    compare: ["issues", "phrases", "entries", "model"],
    convert: ["issues", "markdown", "read", "phrases", "entries", "define", "compile", "render"],
    copies: ["read"],
  },
  "packages/targets": {
    issues: [],
    model: [],
    guard: ["issues"],
    files: ["issues", "model"],
    features: ["issues", "model"],
    format: ["issues", "model", "guard", "features"],
    read: ["issues", "model", "guard", "features", "format"],
    define: ["issues", "model", "files", "features", "format", "read"],
    families: ["files", "features", "format", "define"],
    targets: ["issues", "model", "guard", "features", "format", "read", "define", "families"],
    readables: ["features", "read", "define", "families", "targets"],
    context: ["format", "read"],
    contexts: ["context"],
    "": ["issues", "model", "features", "format", "read", "define", "readables", "targets", "context", "contexts"],
  },
  "packages/checks": {
    issues: [],
    model: ["issues"],
    facts: ["model"],
    checks: ["model", "facts"],
    "": ["issues", "model", "facts", "checks"],
  },
  "packages/preview": {
    view: [],
    server: ["view"],
    site: ["view"],
    page: ["view"],
    render: ["view", "page"],
  },
  "packages/cli": {
    issues: [],
    files: ["issues"],
    output: ["issues", "files"],
    guard: ["issues", "output"],
    usage: ["issues"],
    catalogue: [],
    detect: ["issues", "files", "catalogue"],
    scaffold: [],
    hints: [],
    sources: ["issues", "output", "guard", "files", "catalogue", "detect"],
    plan: ["issues", "guard", "sources"],
    disk: ["issues", "output", "guard", "files", "plan"],
    versions: ["issues", "output", "files", "sources", "plan", "disk"],
    copies: ["issues", "output", "files", "disk"],
    project: ["issues", "output", "guard", "files", "catalogue", "detect", "sources", "plan", "disk"],
    import: ["issues", "output", "files", "catalogue", "hints", "sources", "plan", "disk", "project"],
    typed: ["issues", "files", "scaffold", "sources", "disk", "project", "import"],
    extract: ["issues", "files", "detect", "sources", "disk", "project", "import", "typed"],
    context: ["issues", "output", "files", "detect", "disk"],
    doctor: ["issues", "output", "files", "sources", "disk", "context"],
    preview: [
      ...["issues", "output", "guard", "files", "sources", "plan", "disk", "versions", "copies"],
      ...["project", "typed", "context", "doctor"],
    ],
    commands: [
      ...["issues", "output", "usage", "files", "catalogue", "detect", "scaffold", "sources"],
      ...[
        "plan",
        "disk",
        "versions",
        "copies",
        "project",
        "import",
        "typed",
        "extract",
        "context",
        "doctor",
        "preview",
      ],
    ],
    "": ["issues", "output", "guard", "usage", "commands"],
  },
};

describe.each(Object.entries(ROOMS))("the rooms of %s", (folder, rooms) => {
  const modules = modulesOf(folder);
  const names = Object.keys(rooms);

  test("are the folders that there are", () => {
    expect([...new Set(modules.map(({ path }) => roomOf(path)))].sort()).toEqual([...names].sort());
  });

  test("import only what stands below them", () => {
    for (const [room, below] of Object.entries(rooms)) {
      for (const other of below) expect(names.indexOf(other), `${room} -> ${other}`).toBeLessThan(names.indexOf(room));
    }
    for (const { path, imports } of modules) {
      const room = roomOf(path);
      const others = imports.map(roomOf).filter((other) => other !== room);
      for (const other of others) expect(rooms[room], `${path} imports ${other}`).toContain(other);
    }
  });

  test("use every arrow that they are allowed", () => {
    for (const [room, below] of Object.entries(rooms)) {
      const used = modules.filter(({ path }) => roomOf(path) === room).flatMap(({ imports }) => imports.map(roomOf));
      for (const other of below) expect(used, `${room} -> ${other}`).toContain(other);
    }
  });

  test("hold no circle of modules", () => {
    expect(circleIn(modules)).toBeUndefined();
  });
});

test("only one place of the command writes to the process's streams", () => {
  const sources = readdirSync(join(ROOT, "packages/cli"), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /^(?:src\/.*|worker)\.ts$/.test(path) && !path.includes(".test"));
  const writing = sources.filter((path) => {
    const text = readFileSync(join(ROOT, "packages/cli", path), "utf8").replace(/^ *(?:\*|\/\/).*$/gm, "");
    return /\bconsole\b|\.write\(|\bprocess\s*\[|\bprocess\.std(?:out|err)\b(?!\.isTTY)|writeSync\(1|writeSync\(2/.test(
      text,
    );
  });
  expect(writing).toEqual(["src/output/terminal.ts"]);
});

test("docs/architecture.md has a row for every room", () => {
  const rooms = Object.entries(ROOMS).flatMap(([folder, inside]) =>
    Object.keys(inside).map((room) => `${folder.replace("packages/", "")}/src${room === "" ? "" : `/${room}`}`),
  );
  expect(roomsInPage().sort()).toEqual(rooms.sort());
});

describe.each(units.packages.map((each) => [each.folder, each] as const))("%s", (folder, each) => {
  const content = each.kind === "fragment" || each.kind === "persona";
  const sources = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.tsx?$/.test(path) && !/^(dist|node_modules)\//.test(path));
  const modules = sources
    .filter((path) => !path.includes(".test") && !path.includes(".testing.") && !path.startsWith("fixtures/"))
    .map((path) => {
      const text = readFileSync(join(ROOT, folder, path), "utf8");
      return {
        path,
        specifiers: [...importsOf(text), ...(path === "index.ts" && content ? [] : dynamicImportsOf(text))],
      };
    });
  const imports = modules.flatMap(({ specifiers }) => specifiers);

  test("is named after its folder", () => {
    expect(each.manifest.name).toBe(packageName(each));
  });

  test("imports only what its layer may", () => {
    const kinds = new Map(units.packages.map(({ manifest, kind }) => [manifest.name, kind]));
    const internal = imports.flatMap((specifier) => kinds.get(packageOf(specifier) ?? "") ?? []);
    for (const kind of internal) expect(ARROWS[each.kind]).toContain(kind);
    for (const { path, specifiers } of modules) {
      for (const specifier of specifiers.filter((name) => name.startsWith("."))) {
        expect(relative(".", join(path, "..", specifier)), `${path} imports ${specifier}`).not.toMatch(/^\.\./);
      }
    }
  });

  test("declares what it imports, and no more", () => {
    const names = imports.flatMap((specifier) => packageOf(specifier) ?? []);
    const { dependencies = {}, devDependencies = {} } = each.manifest as { [key: string]: object };
    const declared = names.flatMap((name) =>
      ["hast", "mdast"].includes(name) ? [`@types/${name}`] : [name, ...typesOf(name)],
    );
    expect([...new Set(declared)].sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).sort());
  });

  test("runs no script when it is installed", () => {
    expect(each.manifest).not.toHaveProperty("scripts");
  });

  if (content) {
    test("holds one hand-written file", () => {
      const derived = [
        "README.md",
        "agents",
        "dist",
        "node_modules",
        "package.json",
        "skills",
        "CHANGELOG.md",
        "api.md",
      ];
      expect(readdirSync(join(ROOT, folder)).filter((name) => !derived.includes(name))).toEqual(["index.ts"]);
    });
  }
});

describe.each(units.fragments.map((unit) => [unit.fragment.id, unit] as const))("fragment %s", (id, unit) => {
  test("has the names that its folder gives it", () => {
    expect(id).toBe(unit.package.leaf);
    expect(unit.exportName).toBe(camelCase(id));
    expect(unit.fragment.version).toBe(unit.package.manifest.version);
  });

  test("says in its summary what it covers", () => {
    expect(unit.fragment.summary).toMatch(/^[A-Z].*\.$/);
  });

  test("explains each parameter", () => {
    for (const schema of Object.values(unit.fragment.params)) {
      expect((schema as { description?: string }).description).toMatch(/^[A-Z].*\.$/);
    }
  });

  prose(unit.document, [unit.text]);

  test.each(variantsOf(unit.fragment))("holds its rules to the same for %s", (_, document) => {
    expect(measure(document, { body: "", references: [] }).findings).toEqual([]);
    expect(outOfDateOn(DAY, datedRules(document))).toEqual([]);
    expect(undatedIn(document)).toEqual([]);
  });
});

/** A fragment compiled alone with each value of each parameter that has a list of them. */
function variantsOf(fragment: AnyFragment): [name: string, document: Document][] {
  const description = { does: fragment.summary, when: "Always.", notFor: "" };
  return Object.entries(fragment.params).flatMap(([name, schema]) => {
    const { enum: values = [] } = z.toJSONSchema(schema as z.ZodType, { io: "input" });
    return values.map((value): [string, Document] => {
      const use = [fragment.with({ [name]: value })];
      const persona = definePersona({ id: "reader", title: "Reader", description, role: fragment.summary, use });
      return [`${name}: ${value}`, compile(persona)];
    });
  });
}

/** The rules that name a version, and not when they were reviewed. */
function undatedIn(document: Document): string[] {
  return entriesOf(document).flatMap((entry) =>
    entry.kind === "rule" && entry.reviewed === undefined && VERSIONED.test(entry.text) ? [entry.origin.rule] : [],
  );
}

describe.each(units.personas.map((unit) => [unit.persona.id, unit] as const))("persona %s", (id, unit) => {
  const compiled = artifactsOf(unit);
  const texts = compiled.flatMap(({ artifacts }) => artifacts.map(({ text }) => text));

  test("has the names that its folder gives it", () => {
    expect(id).toBe(unit.package.leaf);
    expect(unit.exportName).toBe(camelCase(id));
    expect(unit.persona.version).toBe(unit.package.manifest.version);
  });

  // A model follows fewer rules the more there are: 50 keep their effect (arXiv 2604.11088), 150 do not (arXiv 2507.11538).
  test("keeps at most 50 rules in its body", () => {
    const { rules } = measure(unit.document, { body: "", references: [] });
    expect(rules.must + rules.should + rules.may).toBeLessThanOrEqual(50);
  });

  // Over 60 % of the body of public skills does not say what to do (arXiv 2603.29919).
  test("says what to do in at least three quarters of its body", () => {
    expect(measure(unit.document, { body: "", references: [] }).actionability).toBeGreaterThanOrEqual(0.75);
  });

  // The limits that the Agent Skills specification advises for SKILL.md.
  test("fits a skill's body: under 500 lines and 5,000 tokens", () => {
    const skill = compiled.find(({ target }) => target === "agent-skill")?.artifacts[0]?.text ?? "";
    expect(skill.split("\n").length).toBeLessThan(500);
    expect(countTokens(skill)).toBeLessThan(5000);
  });

  // Half of it are the names of its rules, and a third its files for the two default targets.
  test("takes at most 18 KB of a lockfile", () => {
    const added = { package: unit.package.manifest.name, version: "1.0.0", document: "0".repeat(64) };
    const record = { sha256: "0".repeat(64), targets: ["agent-skill", "claude-agent"], persona: id };
    const artifacts = Object.fromEntries(compiled.flatMap((each) => each.artifacts).map(({ path }) => [path, record]));
    const personas = { [id]: recordOf(unit.document, snapshot(unit.document), added) };
    const text = formatLockfile({
      schemaVersion: 1,
      personas,
      artifacts,
      ejected: [],
      folders: [".claude", ".agents"],
    });
    expect(text.length).toBeLessThan(18 * 1024);
  });

  prose(unit.document, texts);
});

function prose(document: Document, texts: readonly string[]): void {
  const all = entriesOf(document);

  test("has only rules that a reader can check", () => {
    expect(measure(document, { body: "", references: [] }).findings).toEqual([]);
  });

  test("is Markdown without HTML and without markup that tools execute", () => {
    for (const text of texts) {
      const body = text.replace(/^---\n[\s\S]*?\n---\n/, "");
      expect(parse(body).children.filter((node) => JSON.stringify(node).includes('"type":"html"'))).toEqual([]);
      expect(body).not.toMatch(/\$\{\w+\}|\$ARGUMENTS|!`|'''/);
      expect(withoutCode(body)).not.toMatch(/(^|[\s(])@[a-z]/m);
    }
  });

  test("has no rule that is out of date", () => {
    expect(outOfDateOn(DAY, datedRules(document))).toEqual([]);
  });

  test("says of each rule that names a version when it was reviewed", () => {
    expect(undatedIn(document)).toEqual([]);
  });

  test("cites its evidence by address", () => {
    const evidence = all.flatMap((entry) => (entry.kind === "rule" ? (entry.evidence ?? []) : []));
    for (const { source, url } of evidence) {
      expect(source.length).toBeGreaterThan(5);
      expect(url).toMatch(/^https:\/\//);
    }
  });
}

/** The packages that hold the types of one that has none. */
function typesOf(name: string): string[] {
  return ["semver", "d3-hierarchy"].includes(name) ? [`@types/${name}`] : [];
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?\n```/g, "").replace(/`[^`]*`/g, "");
}
