import type { Ask } from "@personakit/preview";
import { failure } from "../issues/command-error.ts";
import { openInBrowser } from "../output/open-browser.ts";
import { count, shorten, writeJson, writeLine, writeWarning } from "../output/terminal.ts";
import { folderFor } from "../project/each-project.ts";
import type { ProjectOptions } from "../project/open-project.ts";
import { defineCommand } from "../usage/define-command.ts";
import { flag, list, sources, targets, text, timeout } from "../usage/options.ts";

/** Shows personas and instruction files in the browser, and follows them; or writes what it shows as a static site, and nothing else. */
export default defineCommand({
  name: "preview",
  group: "daily",
  summary: "Look at personas and instruction files in the browser",
  details:
    "Shows where each line comes from, what it costs and what tools make of it. Needs no configuration. The page follows as you save, and is served on this machine only. With --out, it becomes a static site.",
  arguments: [sources],
  options: {
    ...targets,
    ...timeout,
    port: text("number", "serve on this port instead of a free one"),
    open: flag("open the page in your browser"),
    out: text("folder", "write a static site into this folder, and end", "o"),
    docs: list("paths", "Markdown files, and folders of them, as pages of the site; use commas, or repeat the option"),
  },
  async run(args, options) {
    const { docs, out: site, target, json, timeout: limit } = options;
    const port = portOf(options.port);
    const out = folderFor(args, { out: undefined, json }, { orLockfile: false });
    const project = { out, ...(target === undefined ? {} : { target }) };
    if (site !== undefined) {
      const served = options.port === undefined ? options.open && "--open" : "--port";
      if (served) throw failure("conflicting-options", served, "a static site is not served");
      return writeStaticSite(args, project, { site, docs: docs ?? [], json });
    }
    if (docs !== undefined) throw failure("usage", "--docs", "only a static site has documents", "Add --out <folder>.");
    // Loaded here: no other command needs a server.
    const [{ servePreview }, { follow }, { instructionPlaces }] = await Promise.all([
      import("@personakit/preview"),
      import("../project/watch.ts"),
      import("../detect/instruction-places.ts"),
    ]);
    let answer: Ask = async () => undefined;
    const ask: Ask = async (kind, name, given) => {
      const asked = answer;
      try {
        return await asked(kind, name, given);
      } catch (error) {
        // A later build has taken the place of the one that was asked.
        if (asked !== answer) return ask(kind, name, given);
        throw error;
      }
    };
    const preview = await servePreview({ port, ask }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") throw error;
      throw failure("usage", "--port", `${port} is taken`, "Leave it out, and a free one is used.");
    });
    writeLine(`${preview.url} shows your personas and instruction files. To stop, press Ctrl+C.`);
    if (options.open && !(await openInBrowser(preview.url))) {
      writeWarning("no browser could be opened. Open the address yourself");
    }
    const input = { ...project, timeout: limit, json: true, watch: false };
    const places = instructionPlaces(out);
    const code = await follow({ job: "view", sources: args, options: input }, places, ({ errors }, asked) => {
      if (errors === undefined) answer = asked;
      preview.changed(errors);
    });
    await preview.close();
    return code;
  },
});

async function writeStaticSite(
  args: readonly string[],
  project: ProjectOptions,
  { site, docs, json }: { readonly site: string; readonly docs: readonly string[]; readonly json: boolean },
): Promise<0> {
  const { writeSite } = await import("../preview/write-site.ts");
  const files = await writeSite(args, project, { site, docs });
  if (json) writeJson({ ok: true, files });
  else
    writeLine(
      `${count(files.length, "file")} written into ${shorten(site)}. Serve the folder, or open index.html in it.`,
    );
  return 0;
}

function portOf(given: string | undefined): number {
  const port = Number(given ?? 0);
  if (/^\d+$/.test(given ?? "0") && port <= 65_535) return port;
  throw failure("usage", "--port", `"${given}" is not a port`, "Expected a number from 1 to 65535.");
}
