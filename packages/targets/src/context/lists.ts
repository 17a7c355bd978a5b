import { readToml } from "../format/toml.ts";
import { type Assembly, leave } from "./assembly.ts";
import type { AgentRules, ListRules, Order, Root, SkillRules } from "./description.ts";
import type { ContextFile } from "./files.ts";
import { type Head, headOf } from "./head.ts";
import { below, foldersOf, parentOf } from "./paths.ts";
import { filesIn } from "./rules.ts";
import { decode } from "./text.ts";

/** A skill or an agent that a tool found. */
export interface Listed {
  readonly name: string;
  /** Its folder's name, or its file's without the ending. */
  readonly fileName: string;
  readonly path: string;
  /** Its path below the root. */
  readonly inRoot: string;
  /** Which of the folders that were searched, counted from 0. */
  readonly root: number;
  readonly rootPath: string;
  readonly label: string;
  readonly group: number;
  /** The folder of the project that it belongs to; for the user's, the root itself. */
  readonly scope: string;
  readonly head: Head;
  readonly text: string;
  readonly description: string;
}

/** A folder that was searched. */
interface Searched extends Omit<Root, "at"> {
  readonly folder: string;
  readonly scope: string;
}

const SKILL = "SKILL.md";

/** The folders with skills or agents that there are, in the order in which the tool searches them. */
function searchedBy(assembly: Assembly, roots: readonly Root[]): Searched[] {
  const { start } = assembly;
  const isTrusted = start.approvals?.includes("trust") ?? true;
  return roots.flatMap(({ at, ...root }) =>
    // Skills and agents are looked for in the repository, however far up instructions are.
    foldersOf(at, chainInRepository(assembly), start).flatMap((scope): Searched[] => {
      const folder = below(scope, root.path);
      if (root.isOwn === true) return [{ ...root, folder, scope: folder }];
      if (start.files.folder(folder) === undefined) return [];
      if (root.needsTrust === true && !isTrusted) {
        leave(assembly, folder, "untrusted", `${assembly.tool.name} reads it only in a folder that you trust.`);
        return [];
      }
      return [{ ...root, folder, scope: at === "home" ? folder : scope }];
    }),
  );
}

function chainInRepository({ chain, start }: Assembly): readonly string[] {
  const { gitRoot, cwd } = start;
  if (gitRoot === undefined) return [cwd];
  return chain.filter((folder) => folder === gitRoot || folder.startsWith(gitRoot === "/" ? "/" : `${gitRoot}/`));
}

/** What a list is made of, in its order, and the folders that have any of it, in the order of their search. */
export interface Found {
  readonly listed: readonly Listed[];
  readonly roots: readonly string[];
}

/** The skills that a tool lists. */
export function skillsIn(assembly: Assembly, rules: SkillRules): Found {
  return listOf(assembly, rules, (root) => {
    const wanted = { isWanted: (name: string) => name === SKILL, isLinkFollowed: true };
    const paths = filesIn(assembly, root.folder, rules.depth + 1, wanted);
    return paths.map((path) => [path, parentOf(path)] as const).filter(([, place]) => place !== root.folder);
  });
}

/** The agents that a tool lists. */
export function agentsIn(assembly: Assembly, rules: AgentRules): Found {
  return listOf(assembly, rules, (root) => {
    const wanted = { isWanted: (name: string) => name.endsWith(rules.ending), isLinkFollowed: true };
    const paths = filesIn(assembly, root.folder, rules.depth, wanted);
    return paths.map((path) => [path, withoutEnd(path.slice(0, -rules.ending.length), rules.mark)] as const);
  });
}

function withoutEnd(text: string, end = ""): string {
  return text.endsWith(end) ? text.slice(0, text.length - end.length) : text;
}

function listOf(
  assembly: Assembly,
  rules: SkillRules | AgentRules,
  filesOf: (root: Searched) => readonly (readonly [path: string, place: string])[],
): Found {
  const counted: string[] = [];
  const all = searchedBy(assembly, rules.roots).flatMap((root) => {
    if (root.isOwn === true) {
      counted.push(root.folder);
      return [];
    }
    const found = filesOf(root).flatMap(
      ([path, place]) => itemAt(assembly, rules, root, counted.length, path, place) ?? [],
    );
    if (found.length > 0) counted.push(root.folder);
    const sorted = found.sort((a, b) => compareWithin(rules.order, a, b));
    return root.unlisted === undefined ? sorted : [];
  });
  return { listed: sortList(rules.order, withoutSame(assembly, rules, all)), roots: counted };
}

function compareWithin({ letters, within, isReversed }: Order, a: Listed, b: Listed): number {
  const key = (each: Listed) => (within === "name" ? each.name : each.inRoot);
  return compare(letters, key(a), key(b)) * (isReversed === true ? -1 : 1);
}

function compare(letters: Order["letters"], a: string, b: string): number {
  const [first, second] = letters === "characters" ? [a, b] : [a.toLowerCase(), b.toLowerCase()];
  if (first === second) return a < b ? -1 : a > b ? 1 : 0;
  return first < second ? -1 : 1;
}

function sortList({ letters, list }: Order, items: Listed[]): readonly Listed[] {
  const byName = (a: Listed, b: Listed) => compare(letters, a.name, b.name);
  if (list === "name") return items.sort((a, b) => byName(a, b) || compare(letters, a.description, b.description));
  if (list === "group")
    return items.sort((a, b) => a.group - b.group || byName(a, b) || compare(letters, a.path, b.path));
  // The tool's own sort has no order between folders either: the same comparison gives the same list.
  return list === undefined ? items : items.sort((a, b) => (a.scope === b.scope ? byName(a, b) : 0));
}

function withoutSame(assembly: Assembly, { same, sameBy, sameVaries }: ListRules, items: readonly Listed[]): Listed[] {
  if (same === "all") return [...items];
  const byName = new Map<string, Listed>();
  const keyOf = ({ name, inRoot }: Listed) => (sameBy === "path" ? inRoot : name);
  for (const item of items) {
    const key = keyOf(item);
    const other = byName.get(key);
    const [kept, left] = other === undefined || same !== "first" ? [item, other] : [other, item];
    if (left !== undefined && sameVaries === true) {
      const text = `Which one ${assembly.tool.name} takes of those called ${item.name} differs from run to run.`;
      assembly.notes.push({ code: "order", text });
    }
    if (left !== undefined)
      leave(assembly, left.path, "same-name", `Another one is called ${left.name}, too.`, kept.path);
    if (same === "last") byName.delete(key);
    byName.set(key, kept);
  }
  return [...byName.values()];
}

function itemAt(
  assembly: Assembly,
  rules: SkillRules | AgentRules,
  root: Searched,
  index: number,
  path: string,
  place: string,
): Listed | undefined {
  const { tool, start } = assembly;
  const file = start.files.file(path);
  if (file === undefined) return undefined;
  const no = (code: Parameters<typeof leave>[2], reason: string) => {
    leave(assembly, path, code, reason);
    return undefined;
  };
  if ("fileLinks" in rules && isLink(assembly, file, path))
    return no("not-read", `${tool.name} follows no links here.`);
  const text = decode(file.bytes);
  const isToml = "format" in rules && rules.format === "toml";
  const said = isToml ? tomlHead(text) : asRefused(rules, headOf(text, rules.repeated === "last"));
  const head =
    said?.isBad === true && rules.badYaml === "no fields" ? { ...said, value: nothing, text: nothing } : said;
  if (head === undefined) return no("bad-front-matter", `${tool.name} cannot read it.`);
  const isHidden = rules.bomHides === true && text.startsWith("\uFEFF");
  if (isHidden) return no("bad-front-matter", `${tool.name} finds no front matter behind its byte order mark.`);
  if (head.hasLongRow && rules.longRow === "left out")
    return no("bad-front-matter", `${tool.name} does not take the row that closes its front matter for one.`);
  if (head.isRepeated && rules.repeated === "left out")
    return no("bad-front-matter", `${tool.name} leaves out what has a field twice.`);
  const isBad = head.isBad && (rules.badYaml === "left out" || (rules.badYaml === "colons read" && !head.isColon));
  if (isBad) return no("bad-front-matter", `${tool.name} leaves it out: YAML refuses its front matter.`);
  const hiding = "hiding" in rules ? rules.hiding.find((key) => isSet(head.value(key))) : undefined;
  if (hiding !== undefined) return no("manual", `Its front matter has ${hiding}, so it is not listed.`);
  const fileName = place.slice(place.lastIndexOf("/") + 1);
  if (isRefused(rules, head, "name")) {
    const code = head.value("name") === null ? "no-name" : "bad-name";
    return no(code, `${tool.name} leaves out what has a name that is no text.`);
  }
  const named = saidIn(rules, head, "name");
  if (named === undefined && rules.noName === "left out")
    return no("no-name", `${tool.name} leaves out what has no name.`);
  if (named !== undefined && rules.nameForm !== undefined && !new RegExp(rules.nameForm, "u").test(named))
    return no("bad-name", `${tool.name} leaves out what is called "${named}".`);
  if (isRefused(rules, head, "description"))
    return no("no-description", `${tool.name} leaves out what has a description that is no text.`);
  const description = describe(rules, head);
  if (description === undefined) return no("no-description", `${tool.name} leaves out what has no description.`);
  const { longest } = rules as SkillRules;
  if (longest !== undefined && longest.mark === undefined && description.length > longest.max) {
    return no("too-long", `${tool.name} leaves out what has a description of more than ${longest.max} characters.`);
  }
  // What is wrong with it by itself stays wrong once it is confirmed.
  if (root.unlisted !== undefined) return no("untrusted", root.unlisted);
  return {
    name: (rules.names === "file" || (named === "" && rules.noName === "file") ? undefined : named) ?? fileName,
    fileName,
    path,
    inRoot: place.slice(root.folder.length + 1),
    root: index,
    rootPath: root.folder,
    label: root.label ?? "",
    group: root.group ?? 0,
    scope: root.scope,
    head,
    text,
    description,
  };
}

/** A head in which YAML refuses a field that is there twice, where the tool's YAML does. */
function asRefused({ repeated }: ListRules, head: Head): Head {
  return head.isRepeated && repeated === "refused" ? { ...head, isBad: true } : head;
}

const nothing = () => undefined;

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

function isLink({ start }: Assembly, file: ContextFile, path: string): boolean {
  const folder = start.files.folder(parentOf(path))?.realPath ?? "";
  return file.realPath !== below(folder, path.slice(path.lastIndexOf("/") + 1));
}

/** Whether a field is there, and is not what the tool wants it to be. */
function isRefused({ wantsText }: ListRules, head: Head, key: string): boolean {
  const value = head.value(key);
  return wantsText === true && value !== undefined && typeof value !== "string";
}

/** A field as a text, where the tool takes it for one. */
function saidIn({ emptyFields }: ListRules, head: Head, key: string): string | undefined {
  const value = head.value(key);
  const isTaken = value === null ? emptyFields === "any" : emptyFields !== undefined && typeof value === "string";
  return head.text(key) ?? (isTaken ? "" : undefined);
}

/** A description as the tool lists it, before it is cut; undefined where there is none, and nothing in its place. */
function describe(rules: SkillRules | AgentRules, head: Head): string | undefined {
  const { noDescription: otherwise } = rules;
  const said = saidIn(rules, head, "description");
  if (said === undefined) {
    if (typeof otherwise === "object") return otherwise.text;
    const body = head.body.trim();
    // Without any front matter, only the first line of a body can stand for it.
    if (otherwise === "left out" || body === "" || (otherwise === "body" && !head.isThere)) return undefined;
    return otherwise === "body" ? body.replace(/\s+/g, " ") : (body.split("\n", 1)[0] ?? "").trim();
  }
  const more = "more" in rules && rules.more !== undefined ? rules.more : undefined;
  const added = more === undefined ? undefined : head.text(more.key);
  const whole = added === undefined ? said : `${said}${more?.between}${added}`;
  const text = rules.newlines === true ? whole.replaceAll("\\n", "\n") : whole;
  if (rules.space === "collapsed") return text.replace(/\s+/g, " ").trim();
  if (rules.space === "first line") return text.split("\n", 1)[0];
  return rules.space === "trimmed" ? text.trim() : text;
}

/** What stands in a TOML file, as a head with a body. */
function tomlHead(text: string): Head | undefined {
  let data: { readonly [key: string]: unknown };
  try {
    data = readToml(text) as typeof data;
  } catch {
    return undefined;
  }
  const textOf = (key: string) => {
    const value = Object.hasOwn(data, key) ? data[key] : undefined;
    return typeof value === "string" && value.trim() !== "" ? value : undefined;
  };
  return {
    isThere: true,
    isBad: false,
    isColon: false,
    hasLongRow: false,
    isRepeated: false,
    body: textOf("developer_instructions") ?? "",
    value: (key) => (Object.hasOwn(data, key) ? data[key] : undefined),
    isRefused: () => false,
    text: textOf,
  };
}
