import type { Assembly, Piece } from "./assembly.ts";
import type { AgentRules, Budget, SkillRules } from "./description.ts";
import { agentsIn, type Listed, skillsIn } from "./lists.ts";
import type { ListItem } from "./parts.ts";
import { parentOf } from "./paths.ts";
import { escapeAs, fill } from "./text.ts";

/** An entry of a list: its line, and what is left of it when there is no room. */
interface Line {
  readonly item: Listed;
  readonly description: string;
  toText(description: string): string;
}

/** The list of skills; none where there are none. */
export function skillList(assembly: Assembly): Piece[] {
  const { skills: rules } = assembly.tool;
  if (rules === undefined) return [];
  const { listed, roots } = skillsIn(assembly, rules);
  if (listed.length === 0) return [];
  const lines = listed.map((item) => lineOf(rules, item, cutOf(rules, item.description)));
  const { texts, items, end } = fit(assembly, rules, lines);
  if (rules.order.varies === true && listed.length > 1) {
    const text = `${assembly.tool.name} lists skills in an order that differs from run to run.`;
    assembly.notes.push({ code: "order", text });
  }
  const table = rules.table;
  const above =
    table === undefined
      ? ""
      : `${roots.map((path, index) => fill(table.line, { root: `r${index}`, path })).join("")}${table.between}`;
  return [
    {
      kind: "skills",
      topic: "skills",
      spot: rules.spot,
      sources: listed.map(({ path }) => path),
      text: above + texts.join(rules.join) + end,
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

/** Makes a list fit into its room, as the tool does it. */
function fit(assembly: Assembly, rules: SkillRules, lines: readonly Line[]): Fitted {
  const { budget, join } = rules;
  const whole = lines.map((line) => line.toText(line.description));
  const items = (shown: (line: Line, index: number) => ListItem["shown"], lengths?: readonly number[]) =>
    lines.map((line, index) => itemOf(line, shown(line, index), lengths?.[index] ?? line.description.length));
  const all: Fitted = { texts: whole, items: items(shownOf), end: "" };
  if (budget === undefined) return all;
  const used = whole.reduce((sum, text) => sum + text.length + join.length, 0);
  const { name } = assembly.tool;
  const say = (then: string) => {
    const text = `Your skills' list has ${used} characters, and ${name} has ${budget.characters} for all of it, its own skills included: ${then}.`;
    assembly.notes.push({ code: "budget", text });
  };
  if (budget.beyond === "shorter") {
    const lengths = shortened(rules, budget, lines);
    if (lengths === undefined) return all;
    const isCut = (line: Line, index: number) => (lengths[index] ?? 0) < line.description.length;
    say(`it cuts descriptions to about ${Math.max(...lengths)} characters`);
    const texts = lines.map((line, index) => line.toText(line.description.slice(0, lengths[index])));
    return {
      texts,
      items: items((line, index) => (isCut(line, index) ? "shortened" : shownOf(line)), lengths),
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

/** How long each description may be: all grow in turn, a token at a time. Undefined where all of them fit. */
function shortened(
  rules: SkillRules,
  { characters, step, own }: Extract<Budget, { readonly beyond: "shorter" }>,
  lines: readonly Line[],
): readonly number[] | undefined {
  const owned = Object.entries(own).map(([name, length]) => {
    const empty = fill(rules.line, { name, description: "", root: "r0", file: `${name}/SKILL.md` });
    return { around: empty.length + 1, length };
  });
  const all = [
    ...owned,
    ...lines.map((line) => ({ around: line.toText("").length + 1, length: line.description.length })),
  ];
  const tokens = (length: number) => Math.ceil(length / step);
  let left = Math.floor(characters / step);
  if (all.reduce((sum, each) => sum + tokens(each.around + each.length), 0) <= left) return undefined;
  left -= all.reduce((sum, each) => sum + tokens(each.around), 0);
  /** How many tokens a description takes beyond its line, and how long it is with so many. */
  const wants = all.map((each) => tokens(each.around + each.length) - tokens(each.around));
  let rounds = 0;
  const takes = (most: number) => wants.reduce((sum, want) => sum + Math.min(want, most), 0);
  const high = Math.max(...wants);
  while (rounds < high && takes(rounds + 1) <= left) rounds++;
  let over = Math.max(0, left - takes(rounds));
  const lengths = all.map(({ around, length }, index) => {
    const isLonger = over > 0 && (wants[index] ?? 0) > rounds;
    if (isLonger) over--;
    const given = Math.min(wants[index] ?? 0, rounds + (isLonger ? 1 : 0));
    return Math.min(length, (tokens(around) + given) * step - around);
  });
  return lengths.slice(owned.length);
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
  const text = called.text === "whole" ? found.text : found.head.body;
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
