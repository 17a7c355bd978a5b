import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packages, ROOT } from "../scripts/workspace.ts";
import { personaModule } from "./fixtures.ts";
import { packPackages } from "./installed.ts";

// The static site that `preview --out` writes: ours, page by page and link by link, and that nothing of anybody's is overwritten.

describe("our site", () => {
  const folder = mkdtempSync(join(tmpdir(), "personakit-site-"));
  const out = join(folder, "site");
  let pages: readonly Page[] = [];

  beforeAll(() => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const [, args = ""] = /&& node (.*)$/.exec(scripts.site) ?? [];
    const { status, stderr } = spawnSync(process.execPath, args.replace("--out site ", `--out ${out} `).split(" "), {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect([stderr, status]).toEqual(["", 0]);
    pages = pagesIn(out);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test("has a page for each persona and fragment, which says how to get it, and for each document", () => {
    const paths = pages.map(({ path }) => path);
    for (const { kind, leaf, manifest } of packages()) {
      if (kind !== "persona" && kind !== "fragment") continue;
      const path = `${kind}/${leaf}.html`;
      expect(paths).toContain(path);
      const command = kind === "persona" ? "npx personakit add" : "npm install";
      for (const each of ["index.html", path])
        expect(pages.find((page) => page.path === each)?.html).toContain(`>${command} ${manifest.name}</code>`);
    }
    for (const path of ["README.html", "docs/using.html", "docs/checks/load-globs.html"]) expect(paths).toContain(path);
  });

  test("has no link that leads to nothing: each has its file, and the heading in it", () => {
    const missing = pages.flatMap(({ path, links }) =>
      links.flatMap((link) => {
        if (/^(?:https?|mailto):/.test(link)) return [];
        const [way = "", hash = ""] = link.split("#");
        const file = way === "" ? path : posix.join(posix.dirname(path), decodeURIComponent(way));
        const isThere = hash === "" || pages.find((page) => page.path === file)?.ids.includes(decodeURIComponent(hash));
        return existsSync(join(out, file)) && isThere ? [] : [`${path}: ${link}`];
      }),
    );
    expect(missing).toEqual([]);
    expect(pages.flatMap(({ links }) => links).length).toBeGreaterThan(1000);
  });

  test("runs nothing but its own scripts, and names each page", () => {
    for (const { path, html } of pages) {
      expect(html, path).toContain("default-src &#39;none&#39;; script-src &#39;self&#39;".replaceAll("&#39;", "'"));
      expect(html.match(/<script[^>]*>[^<]/g), path).toBeNull();
      expect(html.match(/ style=| on\w+=/g), path).toBeNull();
      expect(html, path).toMatch(/<title>[^<]+<\/title>/);
      expect(html.match(/<h1/g), path).toHaveLength(1);
    }
    expect(new Set(pages.map(({ html }) => /<title>(.*?)<\/title>/.exec(html)?.[1])).size).toBe(pages.length);
  });
});

/** A page, with where its links lead and what they can lead to. */
interface Page {
  readonly path: string;
  readonly html: string;
  readonly links: readonly string[];
  readonly ids: readonly string[];
}

function pagesIn(folder: string): Page[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  return paths
    .filter((path) => path.endsWith(".html"))
    .map((path) => {
      const html = readFileSync(join(folder, path), "utf8");
      return { path, html, links: valuesOf(html, "href|src"), ids: valuesOf(html, "id") };
    });
}

function valuesOf(html: string, names: string): string[] {
  return [...html.matchAll(new RegExp(` (?:${names})="([^"]*)"`, "g"))].map(([, value = ""]) =>
    value.replace(/&(?:amp|#x26);/g, "&"),
  );
}

describe("a project's site", () => {
  const newProject = packPackages("personakit", "@personakit/core");

  test("is written again byte for byte, without what is gone, and over nothing that it has not written", () => {
    const project = newProject();
    project.write("dev.mjs", personaModule("dev"));
    project.write("personakit.config.json", { personas: ["./dev.mjs"] });
    project.write(
      "guide/start.md",
      "# Start\n\n<script>alert(1)</script>\n\nSee [more](more.md#how) and [no](none.md).\n",
    );
    project.write("guide/more.md", "# More\n\n## How\n");
    const write = (...docs: readonly string[]) => project.run("preview", "--out", "site", ...docs);
    const texts = () => project.files().filter((path) => path.startsWith("site/"));
    const all = () => texts().map((path) => project.read(path));

    expect(write("--docs", "guide")).toMatchObject({ code: 0, err: "" });
    const first = all();
    expect(texts()).toEqual(
      expect.arrayContaining(["site/index.html", "site/persona/dev.html", "site/data/persona/dev.json"]),
    );
    const start = project.read("site/guide/start.html");
    expect(start).toContain('See <a href="more.html#how">more</a> and no.');
    expect(start).not.toContain("alert");
    expect(project.files().filter((path) => path.includes(".personakit"))).toEqual([]);

    expect(write("--docs", "guide").code).toBe(0);
    expect(all()).toEqual(first);
    expect(write().code).toBe(0);
    expect(texts().filter((path) => path.startsWith("site/guide"))).toEqual([]);

    project.write("site/mine.html", "Mine.");
    project.write("site/index.html", "Mine, too.");
    expect(write()).toMatchObject({ code: 2, err: expect.stringContaining("index.html and 1 other file") });
    expect(project.read("site/index.html")).toBe("Mine, too.");
  });

  test("is not written where a fragment that it shows stands beside a persona that is none", () => {
    const project = newProject();
    const rules = '{ a: must("Do it.") }';
    project.write(
      "both.mjs",
      `import { defineFragment, must } from "@personakit/core";
export const topic = defineFragment({ id: "topic", title: "Topic", summary: "S.", rules: ${rules} });
export const broken = { kind: "persona", id: "broken" };
`,
    );
    const { code, err } = project.run("preview", "./both.mjs", "--out", "site");
    expect([code, project.files()]).toEqual([2, ["both.mjs"]]);
    expect(err).toContain('both.mjs: persona "broken"');
  });
});
