// GitHub's own ids of headings, by the authors of the parser: maintained, typed, one small file.
import GithubSlugger from "github-slugger";
import type { Element, ElementContent, RootContent } from "hast";
// unified's printer of HTML: it escapes whatever is text.
import { toHtml } from "hast-util-to-html";
import bash from "highlight.js/lib/languages/bash";
import json from "highlight.js/lib/languages/json";
import typescript from "highlight.js/lib/languages/typescript";
import yaml from "highlight.js/lib/languages/yaml";
// highlight.js, the most used highlighter, as a tree: maintained, typed, and only the languages that are imported.
import { createLowlight } from "lowlight";
import type { Nodes, Root } from "mdast";
// The parser that targets use, with GitHub's tables, task lists and links.
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
// unified's own way from Markdown to HTML: without being told, it leaves out HTML that stands in the text.
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import type { Resolve } from "../view/renderer.ts";

const highlighter = createLowlight({ bash, json, typescript, yaml });

const ALIASES: { readonly [name: string]: string } = { jsonc: "json" };

/** The HTML of a text of Markdown. HTML in it is left out. Its headings have the ids that GitHub gives them. */
export function renderDocument(text: string, resolve: Resolve): string {
  const root = parse(text);
  relink(root, resolve);
  const tree = toHast(root);
  const slugger = new GithubSlugger();
  if (tree.type === "root") for (const child of tree.children) finish(child, slugger);
  return toHtml(tree);
}

/** The first heading of a text of Markdown, without its marks. */
export function titleOf(text: string): string | undefined {
  const heading = parse(text).children.find(({ type }) => type === "heading");
  return heading === undefined ? undefined : textOf(heading);
}

function parse(text: string): Root {
  // Front matter is for other generators.
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, "");
  return fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** Sets every link and picture to where it leads in the site. Of one that leads nowhere, the text stays. */
function relink(node: Nodes, resolve: Resolve): void {
  if ("children" in node)
    node.children = (node.children as Nodes[]).flatMap((each) => relinked(each, resolve)) as never;
}

function relinked(node: Nodes, resolve: Resolve): readonly Nodes[] {
  relink(node, resolve);
  if (node.type !== "link" && node.type !== "image" && node.type !== "definition") return [node];
  const url = resolve(node.url);
  if (url !== undefined) return [{ ...node, url }];
  if (node.type === "link") return node.children;
  // Without its definition, a link is the text that its author wrote.
  return node.type === "image" ? [{ type: "text", value: node.alt ?? "" }] : [];
}

function finish(node: RootContent | ElementContent, slugger: GithubSlugger): void {
  if (node.type !== "element") return;
  if (/^h[1-6]$/.test(node.tagName)) node.properties.id = slugger.slug(textOf(node));
  if (node.tagName === "pre") highlight(node);
  // A wide table scrolls by itself.
  if (node.tagName === "table") Object.assign(node, wrapped(node));
  else for (const child of node.children) finish(child, slugger);
}

function wrapped(table: Element): Element {
  return {
    type: "element",
    tagName: "div",
    properties: { className: ["wide"], tabIndex: 0 },
    children: [{ ...table }],
  };
}

function highlight(block: Element): void {
  Object.assign(block.properties, { className: ["code-block"], tabIndex: 0 });
  const [code] = block.children;
  if (code?.type !== "element") return;
  const [name = ""] = [code.properties.className].flat();
  const language = String(name).replace(/^language-/, "");
  const known = ALIASES[language] ?? language;
  if (highlighter.registered(known))
    code.children = highlighter.highlight(known, textOf(code)).children as ElementContent[];
}

function textOf(node: Nodes | RootContent | ElementContent): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}
