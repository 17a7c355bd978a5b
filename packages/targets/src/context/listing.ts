import { type Assembly, leave, type Piece } from "./assembly.ts";
import type { AgentRules, SkillRules } from "./description.ts";
import { agentsIn, type Listed, skillsIn } from "./lists.ts";
import type { ListItem } from "./parts.ts";
import { parentOf } from "./paths.ts";
import { shortened } from "./shorter.ts";
import { escapeAs, fill } from "./text.ts";

/** An entry of a list: its line, and what is left of it when there is no room. */
interface Line {
  readonly item: Listed;
  readonly description: string;
  /** What stands in the places of the line, besides the description. */
  readonly values: { readonly [name: string]: string };
  toText(description: string): string;
}

/** The list of skills; none where there are none. */
export function skillList(assembly: Assembly): Piece[] {
  const { skills: rules } = assembly.tool;
  if (rules === undefined) return [];
  const { listed, roots } = skillsIn(assembly, rules);
  if (listed.length === 0) return [];
  const lines = listed.map((item) => lineOf(rules, item, cutOf(rules, item.description)));
  if (rules.order.varies === true && listed.length > 1) {
    const text = `${assembly.tool.name} lists skills in an order that differs from run to run.`;
    assembly.notes.push({ code: "order", text });
  }
  const table = rules.table;
  const above =
    table === undefined
      ? ""
      : `${table.before}${roots.map((path, index) => fill(table.line, { root: `r${index}`, path })).join("")}`;
  const { texts, items, end } = fit(assembly, rules, lines, above);
  return [
    {
      kind: "skills",
      topic: "skills",
      spot: rules.spot,
      sources: items.map(({ source }) => source),
      text: above + (table?.between ?? "") + texts.join(rules.join) + end,
      items,
      order: rules.order.varies === true && listed.length > 1 ? "undefined" : "defined",
    },
  ];
}

function cutOf({ longest }: SkillRules, description: string): string {
  if (longest?.mark === undefined || description.length <= longest.max) return description;
  return description.slice(0, longest.max - longest.mark.length) + longest.mark;
}

function lineOf(rules: SkillRules | AgentRules, item: Listed, description: string): Line {
  const { name, fileName, head } = item;
  const other = head.text("name");
  const renamed = "renamed" in rules && other !== undefined && other !== fileName ? rules.renamed : undefined;
  const escaped = (text: string) => escapeAs(rules.escape, text);
  const values = {
    name: escaped(renamed === undefined ? name : fill(renamed, { folder: fileName, name: other ?? name })),
    path: item.path,
    file: item.path.slice(item.rootPath.length + 1),
    label: item.label,
    root: `r${item.root}`,
    tools: "tools" in rules ? toolsOf(rules.tools, item) : "",
  };
  return {
    item,
    description,
    values,
    toText: (text) => fill(rules.line, { ...values, description: escaped(text) }),
  };
}

/** The tools of an agent in words. */
function toolsOf(words: AgentRules["tools"], { head }: Listed): string {
  if (words === undefined) return "";
  const list = (key: string) => {
    const value = head.value(key);
    const names = Array.isArray(value) ? value.map(String) : typeof value === "string" ? value.split(",") : [];
    return names.map((name) => name.trim()).filter((name) => name !== "");
  };
  const [some, less] = [list("tools"), list("disallowedTools")];
  if (some.length > 0) return some.filter((name) => !less.includes(name)).join(", ");
  return less.length > 0 ? `${words.except}${less.join(", ")}` : words.all;
}

interface Fitted {
  readonly texts: readonly string[];
  readonly items: readonly ListItem[];
  /** What follows the list. */
  readonly end: string;
}

/** Makes a list fit into its room, as the tool does it; `above` is what stands above it. */
function fit(assembly: Assembly, rules: SkillRules, lines: readonly Line[], above: string): Fitted {
  const { budget, join } = rules;
  const whole = lines.map((line) => line.toText(line.description));
  const items = (shown: (line: Line, index: number) => ListItem["shown"]) =>
    lines.map((line, index) => itemOf(line, shown(line, index), line.description.length));
  const all: Fitted = { texts: whole, items: items(shownOf), end: "" };
  if (budget === undefined) return all;
  const used = whole.reduce((sum, text) => sum + text.length + join.length, 0);
  const { name } = assembly.tool;
  const say = (then: string) => {
    const text = `Your skills' list has ${used} characters, and ${name} has ${budget.characters} for all of it, its own skills included: ${then}.`;
    assembly.notes.push({ code: "budget", text });
  };
  if (budget.beyond === "shorter") {
    const short = shortened(rules, budget, lines, above);
    if (short === undefined) return all;
    const kept = lines.flatMap((line, index) => {
      const left = short[index];
      return left === undefined ? [] : [{ line, ...left }];
    });
    const out = lines.filter((_, index) => short[index] === undefined);
    for (const { item } of out) {
      const reason = `There are more skills than ${name} has room for, even without descriptions.`;
      leave(assembly, item.path, "over-limit", reason);
    }
    say(
      out.length === 0
        ? `it cuts ${kept.filter(({ isCut }) => isCut).length} descriptions`
        : `it shows no description, and leaves out ${out.length} of them`,
    );
    return {
      texts: kept.map(({ text }) => text),
      items: kept.map(({ line, isCut, length }) => itemOf(line, isCut ? "shortened" : shownOf(line), length)),
      end: "",
    };
  }
  const room = budget.characters - (budget.beyond === "names" ? budget.own : 0);
  if (used <= room) return all;
  if (budget.beyond === "names") {
    const short = lines.map((line) => fill(budget.line, { name: line.item.name }));
    const texts = namedBeyond(whole, short, room, join);
    const isNamed = (index: number) => texts[index] !== whole[index];
    say(`of ${texts.filter((_, index) => isNamed(index)).length} it shows only the name`);
    return { texts, items: items((line, index) => (isNamed(index) ? "name" : shownOf(line))), end: "" };
  }
  let left = room;
  const kept = whole.findIndex((text) => {
    left -= text.length + join.length;
    return left < 0;
  });
  const rest = lines.slice(kept);
  say(`of ${rest.length} it shows only the name`);
  const end = fill(budget.line, { names: rest.map(({ item }) => item.name).join(", ") });
  return { texts: whole.slice(0, kept), items: items((line, index) => (index < kept ? shownOf(line) : "name")), end };
}

/** Lines of which only the name is left, from the first one on that does not fit beside all names. */
function namedBeyond(whole: readonly string[], short: readonly string[], room: number, join: string): string[] {
  let left = room - short.reduce((sum, text) => sum + text.length + join.length, 0);
  let isFull = false;
  return whole.map((text, index) => {
    const name = short[index] ?? "";
    isFull ||= text.length - name.length > left;
    if (isFull) return name;
    left -= text.length - name.length;
    return text;
  });
}

function itemOf({ item }: Line, shown: ListItem["shown"], length: number): ListItem {
  const of = item.description.length;
  const kept = shown === "name" ? 0 : Math.min(length, of);
  const cut = kept < of ? { cut: { kept, of, unit: "characters" as const } } : {};
  return { name: item.name, source: item.path, shown, ...cut };
}

function shownOf({ item, description }: Line): ListItem["shown"] {
  return description.length < item.description.length ? "shortened" : "whole";
}

/** The list of agents; none where there are none. */
export function agentList(assembly: Assembly): Piece[] {
  const { agents: rules } = assembly.tool;
  if (rules === undefined) return [];
  const { listed } = agentsIn(assembly, rules);
  if (listed.length === 0) return [];
  const lines = listed.map((item) => lineOf(rules, item, item.description));
  return [
    {
      kind: "agents",
      topic: "agents",
      spot: rules.spot,
      sources: listed.map(({ path }) => path),
      text: lines.map((line) => line.toText(line.description)).join(rules.join),
      items: lines.map(({ item }) => ({ name: item.name, source: item.path, shown: "whole" })),
      order: "defined",
    },
  ];
}

/** What is sent when a skill is called: its text. Undefined where there is none of that name. */
export function skillCalled(assembly: Assembly, name: string): Piece[] | undefined {
  const { skills: rules } = assembly.tool;
  const found = rules === undefined ? undefined : skillsIn(assembly, rules).listed.find((item) => item.name === name);
  if (rules === undefined || found === undefined) return undefined;
  const { called } = rules;
  const values = { path: found.path, folder: parentOf(found.path), name };
  const all = called.text === "whole" ? found.text : found.head.body;
  const text = called.words === undefined ? all : all.replace(new RegExp(called.words, "g"), "");
  return [
    {
      kind: "skill",
      topic: "skills",
      spot: called.spot,
      sources: [found.path],
      text: fill(called.before, values) + (called.trim === true ? text.trim() : text) + fill(called.after, values),
      order: "defined",
    },
  ];
}

/** An agent's own text, with which its request begins. Undefined where there is none of that name. */
export function agentCalled(assembly: Assembly, name: string): Piece[] | undefined {
  const { agents: rules } = assembly.tool;
  const found = rules === undefined ? undefined : agentsIn(assembly, rules).listed.find((item) => item.name === name);
  if (rules === undefined || found === undefined) return undefined;
  const text = rules.format === "toml" ? found.head.body : found.head.body.trim();
  const { spot } = rules.called;
  return [{ kind: "agent", topic: "agents", spot, sources: [found.path], text, order: "defined" }];
}
