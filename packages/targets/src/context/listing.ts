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
  const { texts, items, end } = fit(assembly, rules.budget, lines, rules.join);
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
      order: "defined",
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
function fit(assembly: Assembly, budget: Budget | undefined, lines: readonly Line[], join: string): Fitted {
  const whole = lines.map((line) => line.toText(line.description));
  const itemOf = (line: Line, shown: ListItem["shown"]): ListItem => ({
    name: line.item.name,
    source: line.item.path,
    shown,
  });
  const all: Fitted = { texts: whole, items: lines.map((line) => itemOf(line, shownOf(line))), end: "" };
  if (budget === undefined) return all;
  const room = budget.characters - budget.own;
  const used = whole.reduce((sum, text) => sum + text.length + join.length, 0);
  if (used <= room) return all;
  const say = (text: string) => assembly.notes.push({ code: "budget", text });
  const { name } = assembly.tool;
  if (budget.beyond === "shorter") {
    const { texts, most } = shortened(lines, room, join);
    say(
      `The list of skills has ${used} characters, and ${name} has room for ${room}: it cuts every description to about ${most}.`,
    );
    const isCut = (line: Line) => line.description.length > most;
    return { texts, items: lines.map((line) => itemOf(line, isCut(line) ? "shortened" : shownOf(line))), end: "" };
  }
  const short = lines.map((line) => fill(budget.line, { name: line.item.name }));
  if (budget.beyond === "names") {
    let left = room - short.reduce((sum, text) => sum + text.length + join.length, 0);
    let isFull = false;
    const texts = whole.map((text, index) => {
      const name = short[index] ?? "";
      isFull ||= text.length - name.length > left;
      if (isFull) return name;
      left -= text.length - name.length;
      return text;
    });
    const items = lines.map((line, index) => itemOf(line, texts[index] === whole[index] ? shownOf(line) : "name"));
    const names = items.filter(({ shown }) => shown === "name").length;
    say(
      `The list of skills has ${used} characters, and ${name} has room for ${room}: of ${names} it shows only the name.`,
    );
    return { texts, items, end: "" };
  }
  let left = room;
  const kept = whole.findIndex((text) => {
    left -= text.length + join.length;
    return left < 0;
  });
  const rest = lines.slice(kept);
  const end = fill(budget.line, { names: rest.map(({ item }) => item.name).join(", ") });
  say(
    `The list of skills has ${used} characters, and ${name} has room for ${room}: of ${rest.length} it shows only the name.`,
  );
  const items = lines.map((line, index) => itemOf(line, index < kept ? shownOf(line) : "name"));
  return { texts: whole.slice(0, kept), items, end };
}

function shownOf({ item, description }: Line): ListItem["shown"] {
  return description.length < item.description.length ? "shortened" : "whole";
}

/** Descriptions cut to an equal length, the longest with which all lines fit. */
function shortened(
  lines: readonly Line[],
  room: number,
  join: string,
): { readonly texts: string[]; readonly most: number } {
  const empty = lines.map((line) => line.toText("").length + join.length);
  const lengths = lines.map((line) => line.description.length);
  const left = room - empty.reduce((sum, length) => sum + length, 0);
  const takes = (most: number) => lengths.reduce((sum, length) => sum + Math.min(length, most), 0);
  let [low, high] = [0, Math.max(0, ...lengths)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (takes(middle) <= left) low = middle;
    else high = middle - 1;
  }
  // What is left over goes to the first ones, a character each.
  let over = Math.max(0, left - takes(low));
  const texts = lines.map((line) => {
    const isLonger = over > 0 && line.description.length > low;
    if (isLonger) over--;
    return line.toText(line.description.slice(0, isLonger ? low + 1 : low));
  });
  return { texts, most: low };
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
