import type { FragmentForm } from "./draft.ts";

/** A fragment as a file of Markdown. */
export const MARKDOWN: FragmentForm = {
  ending: "md",
  text({ text, parameters }) {
    if (parameters.length === 0) return `${text}\n`;
    const params = parameters.map(({ name }) => `${name}:`).join(", ");
    return `---\nparams: { ${params} }\n---\n\n${text}\n`;
  },
};
