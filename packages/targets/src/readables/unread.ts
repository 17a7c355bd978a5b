import { matchPath } from "../read/recognise.ts";

/** Files with instructions in a format that is not Markdown, nor an agent of ours in TOML. */
const UNREAD: readonly { readonly tool: string; readonly what: string; readonly paths: readonly string[] }[] = [
  { tool: "Kiro", what: "an agent in JSON", paths: [".kiro/agents/<name>.json"] },
  { tool: "Amazon Q Developer", what: "an agent in JSON", paths: [".amazonq/cli-agents/<name>.json"] },
  { tool: "Cline", what: "an agent in YAML", paths: [".cline/agents/<name>.yaml", ".cline/agents/<name>.yml"] },
  { tool: "Roo Code", what: "modes in YAML or JSON", paths: [".roomodes"] },
  { tool: "Gemini CLI", what: "a command in TOML", paths: [".gemini/commands/**/<name>.toml"] },
];

/**
 * Says of a path that a tool reads instructions from, and PersonaKit cannot, what it is: `an agent in JSON, of Kiro`. Undefined for any
 * other path. Paths have forward slashes.
 *
 * @example
 * ```ts
 * import { unreadFormat } from "@personakit/targets/read";
 *
 * console.log(unreadFormat(".kiro/agents/reviewer.json")); // an agent in JSON, of Kiro
 * ```
 */
export function unreadFormat(path: string): string | undefined {
  for (const { tool, what, paths } of UNREAD) {
    const places = { files: { main: paths[0] ?? "" }, reading: { paths: paths.slice(1) } };
    if (matchPath(places, path) !== undefined) return `${what}, of ${tool}`;
  }
  return undefined;
}
