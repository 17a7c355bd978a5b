import fc from "fast-check";
import type { Nodes } from "mdast";
import { parse } from "../markdown/parse.testing.ts";
import { type Block, type Item, split } from "./split.ts";

const KINDS: { readonly [type: string]: string } = {
  blockquote: "quote",
  thematicBreak: "break",
  listItem: "item",
  fence: "code",
  "indented code": "code",
};

const LINE_END = /\r\n|\r|\n/;

/** The blocks of a text, and the items of its lists, as we see them: `list 1-3 (item 1-1, item 2-3)`. */
export function ours(text: string): string[] {
  return split(text).blocks.map(sayBlock);
}

function sayBlock({ kind, first, last, items }: Block): string {
  return say(
    kind,
    first,
    last,
    items.map((item: Item) => say("item", item.first, item.last)),
  );
}

function say(kind: string, first: number, last: number, inside: readonly string[] = []): string {
  return `${KINDS[kind] ?? kind} ${first}-${last}${inside.length === 0 ? "" : ` (${inside.join(", ")})`}`;
}

/** Whether the other parser reads a text as CommonMark says: below a list or a quote, it ends indented code with its first line. */
export function isReadRight(text: string): boolean {
  const { blocks } = split(text);
  return blocks.every(({ kind }, index) => {
    const above = blocks[index - 1]?.kind;
    return kind !== "indented code" || (above !== "quote" && above !== "list");
  });
}

/**
 * The same as the parser that remark uses sees them. Three habits of it are evened out: it ends a block that nothing closes on the
 * line below, counts blank lines at the end of indented code, and takes a heading to begin with the definitions above it.
 */
export function theirs(text: string): string[] {
  const lines = text.split(LINE_END);
  const nodes = parse(text).children;
  return nodes.map((node, index) => {
    const above = nodes[index - 1];
    const isBelow = node.type === "heading" && above?.type === "definition";
    const first = isBelow ? Math.max(firstOf(node), lastOf(above, lines) + 1) : firstOf(node);
    const items = node.type === "list" ? node.children : [];
    return say(
      node.type,
      first,
      lastOf(node, lines),
      items.map((item, at) => {
        const next = items[at + 1];
        const most = next === undefined ? lines.length : Math.max(firstOf(item), firstOf(next) - 1);
        return say("item", firstOf(item), lastOf(item, lines, most));
      }),
    );
  });
}

function firstOf(node: Nodes): number {
  return node.position?.start.line ?? 0;
}

function lastOf(node: Nodes, lines: readonly string[], most = lines.length): number {
  const { line = 0, column = 0 } = node.position?.end ?? {};
  let last = Math.min(column === 1 ? line - 1 : line, most);
  while (last > firstOf(node) && /^[ \t]*$/.test(lines[last - 1] as string)) last--;
  return Math.max(last, firstOf(node));
}

const ATOMS = [
  ...["a", "a b", "\\", "a\\", "", "::use[x]{a='b'}", "<http://a>", "\u00a0", "é"],
  ...["# h", "#", "## h ##", "####### h", "---", "===", "***", "- - -", "_", "___", "-", "="],
  ...["b | c", "|a|b|", "a\\|b|", "|-|-|", ":-|-:", "-|-", "|-|", "|"],
  ...["- a", "* b", "+ c", "*", "1. a", "2. b", "1) c", "10. d", "1.", "- - a", "- 1. a", "2. - b", "- # h", "- ```"],
  ...["> a", ">", ">b", "> - a", "1. > a", "> # h", "> ```", "> > a"],
  ...["```", "````", "~~~", "``` ts", "```a`", "~~~ a`"],
  ...[
    "<div>",
    "</div>",
    "<div/>",
    "<div x",
    "<b> x",
    "<output_format>",
    "<!--",
    "-->",
    "<!-- a -->",
    "<?",
    "?>",
    "<!A",
  ],
  ...["<![CDATA[", "]]>", "<pre>", "</pre> x", "<script>", "a</script>"],
  ...[
    "[a]: b",
    "[a]: b 'c'",
    "[a]:",
    "/url",
    "'title",
    "title'",
    "[a]: <b c>",
    "[a] b",
    "[a]: b (",
    "[]: b",
    "[a]: (b",
  ],
];

const INDENTS = [
  "",
  "",
  "",
  "",
  "",
  "",
  " ",
  "  ",
  "   ",
  "    ",
  "      ",
  "\t",
  " \t",
  "  \t",
  "> ",
  ">",
  "- ",
  "-\t",
  ">\t",
];

/** Lines that open, close, continue and nearly open blocks, at all depths. */
export const nastyMarkdown = fc
  .array(
    fc.tuple(fc.constantFrom(...INDENTS), fc.constantFrom(...ATOMS), fc.constantFrom("\n", "\n", "\n\n", "\n \n")),
    {
      maxLength: 9,
    },
  )
  .map((lines) => lines.flat().join(""));

/** Characters that mean something, in any order. */
export const anyCharacters = fc
  .array(
    fc.constantFrom(
      ..." -*+>#`~<!ab|:[]().1_=/\\\"'?",
      "\n",
      "\n",
      "\n",
      "\r",
      "\r\n",
      "\t",
      "    ",
      "\f",
      "\0",
      "\ufeff",
      "\u2028",
    ),
  )
  .map((characters) => characters.join(""));
