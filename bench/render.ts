// Composes and renders one persona of 10 fragments (8 KB of Markdown) in four ways, in one process.
// Each way sets one parameter, replaces one rule and drops one; all outputs must be equal.

import { compile, defineFragment, definePersona, drop, md, must, render } from "@personakit/core";
import { AssistantMessage, PromptElement, PromptRenderer, TextChunk } from "@vscode/prompt-tsx";
import type { Root, RootContent } from "mdast";
import { toMarkdown } from "mdast-util-to-markdown";
import { Bench } from "tinybench";
import { z } from "zod";

const TOPICS = 10;
const RULES = 10;
const sentence = (topic: number, rule: number) =>
  `Check point ${topic}.${rule} of the change before you call it done, and say in the note what you found.`;
const ids = { topic: (index: number) => `topic-${index}`, rule: (index: number) => `rule${index}` };
const topics = Array.from({ length: TOPICS }, (_, topic) =>
  Array.from({ length: RULES }, (_, rule) => sentence(topic, rule)),
);
const role = "You review changes.";

// Fragments are defined once, as packages are, and compiled once where nothing edits them: composing and rendering is measured.
const fragments = topics.map((rules, topic) =>
  defineFragment({
    id: ids.topic(topic),
    version: "1.0.0",
    title: `Topic ${topic}`,
    summary: "A topic.",
    params: { coverage: z.number().int().min(0).max(100).default(80) },
    rules: {
      floor: ({ coverage }) => must(md`Cover business logic with unit tests, ${coverage} % or more.`),
      ...Object.fromEntries(rules.map((text, rule) => [ids.rule(rule), must(text)])),
    },
  }),
);

function core(): string {
  const base = definePersona({
    id: "reviewer",
    version: "1.0.0",
    title: "Reviewer",
    description: { does: "Reviews.", when: "Always.", notFor: "" },
    role,
    use: fragments,
  });
  const mine = base.extend({
    id: "mine",
    params: { "topic-3": { coverage: 90 } },
    rules: { "topic-4": { rule0: must("Use our own list.") }, "topic-5": { rule1: drop("not here") } } as never,
  });
  return render(compile(mine), { referencePath: (id) => id }).body.text;
}

const texts = topics.map(
  (rules, topic) => (coverage: number, replaced: Readonly<Record<string, string | null>>) =>
    `## Topic ${topic}\n\n- Cover business logic with unit tests, ${coverage} % or more.\n${rules
      .map((text, rule) => [replaced[`${topic}.${rule}`], text] as const)
      .filter(([change]) => change !== null)
      .map(([change, text]) => `- ${change ?? text}\n`)
      .join("")}`,
);

function templateLiterals(): string {
  const replaced = { "4.0": "Use our own list.", "5.1": null };
  return `# Reviewer\n\n${role}\n\n${texts.map((text, topic) => text(topic === 3 ? 90 : 80, replaced)).join("\n")}`;
}

/** The rules of each topic after the edits. */
function edited(): { title: string; rules: string[] }[] {
  return topics.map((rules, topic) => {
    const own = rules.map((text, rule) => (topic === 4 && rule === 0 ? "Use our own list." : text));
    if (topic === 5) own.splice(1, 1);
    const floor = `Cover business logic with unit tests, ${topic === 3 ? 90 : 80} % or more.`;
    return { title: `Topic ${topic}`, rules: [floor, ...own] };
  });
}

function mdast(): string {
  const text = (value: string) => ({ type: "paragraph" as const, children: [{ type: "text" as const, value }] });
  const root: Root = {
    type: "root",
    children: [
      { type: "heading", depth: 1, children: [{ type: "text", value: "Reviewer" }] },
      text(role),
      ...edited().flatMap(({ title, rules }): RootContent[] => [
        { type: "heading", depth: 2, children: [{ type: "text", value: title }] },
        {
          type: "list",
          ordered: false,
          spread: false,
          children: rules.map((rule) => ({ type: "listItem", spread: false, children: [text(rule)] })),
        },
      ]),
    ],
  };
  return toMarkdown(root, { bullet: "-" });
}

class Page extends PromptElement {
  // biome-ignore lint/suspicious/noExplicitAny: the library's JSX factory is a global without types for plain calls
  render(): any {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const h = (globalThis as any).vscpp;
    const chunk = (text: string) => h(TextChunk, null, text);
    const sections = edited().flatMap(({ title, rules }) => [
      chunk(`\n## ${title}\n\n`),
      ...rules.map((rule) => chunk(`- ${rule}\n`)),
    ]);
    return h(AssistantMessage, null, chunk(`# Reviewer\n\n${role}\n`), ...sections);
  }
}

const tokenizer = {
  mode: 1,
  tokenLength: (part: { text: string }) => part.text.length / 4,
  countMessageTokens: (message: { content: { text: string }[] }) =>
    message.content.reduce((sum, { text }) => sum + text.length / 4, 0),
};

async function promptTsx(): Promise<string> {
  const endpoint = { modelMaxPromptTokens: 1_000_000 };
  const renderer = new PromptRenderer(endpoint, Page as never, {}, tokenizer as never);
  const { messages } = await renderer.render();
  const content = messages[0]?.content as unknown as string | { text: string }[];
  return typeof content === "string" ? content : content.map(({ text }) => text).join("");
}

const squeeze = (text: string) => text.replace(/\n+/g, "\n").trim();
const expected = templateLiterals();
const outputs = { core: core(), mdast: mdast(), promptTsx: await promptTsx() };
for (const [name, output] of Object.entries(outputs)) {
  if (squeeze(output) !== squeeze(expected))
    throw new Error(`${name} renders something else:\n${output.slice(0, 500)}`);
}
if (outputs.core !== expected) throw new Error("core renders something else");

const bench = new Bench({ time: 2000, warmupTime: 500 });
bench
  .add("template literals", () => void templateLiterals())
  .add("@personakit/core", () => void core())
  .add("mdast-util-to-markdown", () => void mdast())
  .add("@vscode/prompt-tsx", async () => void (await promptTsx()));
await bench.run();

const median = (name: string) => {
  const { result } = bench.getTask(name) ?? {};
  if (result === undefined || !("latency" in result)) throw new Error(`${name} was not measured`);
  return result.latency.p50 * 1000;
};
const floor = median("template literals");
console.log(`Compose and render ${expected.length} characters, median of one run:\n`);
for (const { name } of bench.tasks) {
  const time = median(name);
  console.log(`${name.padEnd(24)} ${time.toFixed(1).padStart(8)} us  ${(time / floor).toFixed(1).padStart(6)} x`);
}
const own = median("@personakit/core");
console.log(`\nTarget: at most 2.2 x template literals: ${(own / floor).toFixed(2)} x.`);
console.log(`Target: at least 15 x faster than prompt-tsx: ${(median("@vscode/prompt-tsx") / own).toFixed(1)} x.`);
