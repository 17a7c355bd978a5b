import type { Ask } from "@personakit/preview";
import { failure } from "../issues/command-error.ts";
import { writeLine } from "../output/terminal.ts";
import { folderFor } from "../project/each-project.ts";
import { defineCommand } from "../usage/define-command.ts";
import { project, sources, targets, text, timeout } from "../usage/options.ts";

/** Shows personas in the browser, and follows their sources. Writes nothing. */
export default defineCommand({
  name: "preview",
  group: "daily",
  summary: "Look at your personas in the browser",
  details:
    "Shows where each line comes from and what it costs. The page follows as you save, and is served on this machine only.",
  arguments: [sources],
  options: {
    ...targets,
    ...project,
    ...timeout,
    port: text("number", "serve on this port instead of a free one"),
  },
  async run(args, options) {
    const port = portOf(options.port);
    const out = folderFor(args, options, { orLockfile: false });
    // Loaded here: no other command needs a server.
    const [{ servePreview }, { follow }] = await Promise.all([
      import("@personakit/preview"),
      import("../project/watch.ts"),
    ]);
    let answer: Ask = async () => undefined;
    const ask: Ask = (kind, name, given) => answer(kind, name, given);
    const preview = await servePreview({ port, ask }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") throw error;
      throw failure("usage", "--port", `${port} is taken`, "Leave it out, and a free one is used.");
    });
    writeLine(`${preview.url} shows your personas. To stop, press Ctrl+C.`);
    const { target, timeout: limit } = options;
    const input = { out, timeout: limit, json: true, watch: false, ...(target === undefined ? {} : { target }) };
    const code = await follow({ job: "view", sources: args, options: input }, ({ errors }, asked) => {
      if (errors === undefined) answer = asked;
      preview.changed(errors);
    });
    await preview.close();
    return code;
  },
});

function portOf(given: string | undefined): number {
  const port = Number(given ?? 0);
  if (/^\d+$/.test(given ?? "0") && port <= 65_535) return port;
  throw failure("usage", "--port", `"${given}" is not a port`, "Expected a number from 1 to 65535.");
}
