import type { MentionRules } from "./mentions.ts";
import type { Role, When } from "./parts.ts";
import type { ContextTool } from "./tool.ts";

// What the engine has to know of a tool, as data. `{path}` and the like are places in a text that the engine fills in.

/** A place in a request. */
export interface Spot {
  readonly role: Role;
  /** In words: "first user message". */
  readonly place: string;
  /** Absent: at the start. */
  readonly when?: When;
  /** What the tool writes before, between and behind the files there. */
  readonly open?: string;
  readonly between?: string;
  readonly close?: string;
}

/** What a tool writes around a file. */
export interface Wrap {
  readonly before?: string;
  readonly after?: string;
  /** How `{path}` is written. Absent: absolute. */
  readonly path?: "from cwd" | "from git root";
  /** Absent: the text stands as it is. */
  readonly escape?: "xml" | "system-reminder";
}

/** What happens to the text of a file. */
export interface TextRules {
  readonly bom: "kept" | "dropped";
  /** "lf beside comments": where a text has an HTML comment, all its line ends become line feeds. */
  readonly lineEnds: "kept" | "lf beside comments";
  readonly frontMatter: "kept" | "cut";
  /** "block": HTML comments that begin a block at the top of a file are cut. */
  readonly comments: "kept" | "block";
  readonly trim: "none" | "start" | "both";
  /** A file without a byte, and one with only white space: whether they are sent. */
  readonly empty: "skipped" | "sent";
  readonly blank: "skipped" | "sent";
  /** Set where a byte order mark alone is a text. */
  readonly isMarkText?: boolean;
}

/** A file that a tool looks for in a folder. */
export interface FileEntry {
  readonly path: string;
  /** What the wrap's `{label}` says. */
  readonly label?: string;
  /** Set where the tool resolves imports in it. */
  readonly imports?: boolean;
  /** Set where imports may lead anywhere. */
  readonly isTrusted?: boolean;
  /** Set where the file's name may be written in any case. */
  readonly anyCase?: boolean;
  /** Set where it is looked for only in folders between the git root and `cwd`. */
  readonly between?: boolean;
}

/** A folder of rules that a tool looks for in a folder. */
export interface RulesEntry {
  readonly rules: string;
  /** Which of the tool's formats of rules. */
  readonly format: string;
  readonly label?: string;
}

export type Entry = FileEntry | RulesEntry;

/**
 * Where a tool looks: the user's home, or folders of the project. "ends": the git root, `cwd`, and then what lies between.
 * "git root or cwd": the latter only where there is no git root.
 */
export type Search =
  | "home"
  | "outer first"
  | "nearest first"
  | "ends"
  | "git root and cwd"
  | "git root or cwd"
  | "cwd"
  | "nearest, outermost, between";

/** One look for files, in the order in which the tool does it. */
export interface Step {
  readonly at: Search;
  readonly spot: string;
  /** Which wrap; absent: the tool's own. */
  readonly wrap?: string;
  /** Kinds of files. Of several, only the first that there is counts. */
  readonly sets: readonly (readonly Entry[])[];
  /** Whether the first kind is looked for in all folders together, or in each. */
  readonly choose?: "together" | "each folder";
  /** Whether a file with only white space counts. */
  readonly counts?: "blank files too" | "files with text";
  /** How many bytes all files of the step may have. */
  readonly limit?: number;
  /** What the tool writes between what came before and this step's first file. */
  readonly after?: string;
  /** How the text differs from that of other steps. */
  readonly text?: Partial<TextRules>;
}

/** What is sent when the tool reads a file. */
export interface ReadStep {
  readonly spot: string;
  readonly wrap: string;
  /** Folders below `cwd` down to the file, or the rules of the start that match it. */
  readonly at: "outer first" | "nearest first" | "matching rules";
  /** Absent: the files of the kind that counts at the start. */
  readonly entries?: readonly Entry[];
  /** Set where the step is done only if this kind counts at the start. */
  readonly ifKind?: number;
  /** Set where each file is a text of its own. */
  readonly isEach?: boolean;
  /** Set where links are followed by name: the path that is shown, and that imports start from, is the file's own. */
  readonly isRealPath?: boolean;
  readonly text?: Partial<TextRules>;
}

/** How a rule says when it applies. */
export type RuleMode = "always" | "matching" | "on demand" | "manual";

/** A kind of rules. */
export interface RuleFormat {
  /** What the names of its files end in. */
  readonly ending: string;
  /** Set where that may be written in any case. */
  readonly anyCase?: boolean;
  /** Whether folders within the folder are looked at, and links to folders. */
  readonly isDeep: boolean;
  readonly folderLinks?: "skipped";
  /** Whether the tool sorts them. If not, their order is that of the file system. */
  readonly isSorted: boolean;
  /** The key with globs. */
  readonly globs: string;
  /** A key that says when the rule applies, by its value. Absent: the globs say it. */
  readonly mode?: {
    readonly key: string;
    readonly values: { readonly [value: string]: RuleMode };
    readonly absent: RuleMode | "globs";
  };
  /** Globs that mean every file. */
  readonly every: readonly string[];
  /** What happens to a rule whose globs YAML refuses: "as text": the tool reads them as they stand. */
  readonly unreadable: "left out" | "always" | "matching" | "as text";
  /** How its text differs from that of other files. */
  readonly text?: Partial<TextRules>;
  readonly imports?: boolean;
  /** Which wrap, at the start. */
  readonly wrap: string;
  /** Set where a link is followed by name: the path that is shown is the file's own, and it has to lie in `cwd`. */
  readonly isRealPath?: boolean;
  /** Whether globs are relative to the git root or to the folder that the rules are in. */
  readonly relativeTo: "git root" | "folder";
  /** Set where a glob without a slash is for files of this name in every folder. */
  readonly isNameAnywhere?: boolean;
}

/** A list of rules that do not stand there with their text. */
export interface RuleIndex {
  readonly spot: string;
  readonly modes: readonly RuleMode[];
  readonly before: string;
  /** A line, with `{globs}`, `{path}` and `{description}`. */
  readonly line: string;
  readonly after: string;
}

/** How a tool resolves imports. */
export type Imports = AppendedImports | ReplacedImports | InsertedImports;

/** Each imported file follows the one that imports it, as a file of its own. */
export interface AppendedImports {
  readonly kind: "appended";
  readonly depth: number;
  /** Endings of files that are no text. */
  readonly notText: readonly string[];
}

/** The mention gives way to the file's text. */
export interface ReplacedImports {
  readonly kind: "replaced";
  readonly depth: number;
  readonly mentions: MentionRules;
  readonly before: string;
  readonly after: string;
  readonly circular: string;
  readonly outside: string;
  readonly folder: string;
  /** Absent: a mention of a file that is missing stays as it is. */
  readonly missing?: string;
}

/** The file's text follows the mention. */
export interface InsertedImports {
  readonly kind: "inserted";
  readonly mentions: MentionRules;
  readonly before: string;
  readonly after: string;
  readonly again: string;
}

/** A folder with skills or agents. */
export interface Root {
  readonly at: Search;
  readonly path: string;
  /** What the tool calls it in its list. */
  readonly label?: string;
  /** Roots with a lower number are listed first. */
  readonly group?: number;
  /** Set where the tool keeps its own there: it counts, and nothing is read. */
  readonly isOwn?: boolean;
  /** Set where the tool reads it only in a folder that its user trusts. */
  readonly needsTrust?: boolean;
  /** Why the tool does not list what is there, if it does not. */
  readonly unlisted?: string;
}

/** How names are sorted: by their characters, or as people do. */
export type Letters = "characters" | "any case";

/** How a list of skills or agents is put in order. */
export interface Order {
  readonly letters: Letters;
  /** Within a root: by name, or by path. */
  readonly within: "name" | "path";
  readonly isReversed?: boolean;
  /** Set where the order differs from run to run: ours is then the most frequent one. */
  readonly varies?: boolean;
  /**
   * The whole list: by name, and what has one name by its description; by group of roots and name; by name only among those of one folder, as a sort that knows no order
   * between the others leaves it. Absent: root after root.
   */
  readonly list?: "name" | "group" | "name in one folder";
}

/** What a list of skills and one of agents have in common. */
export interface ListRules {
  readonly spot: string;
  readonly roots: readonly Root[];
  /** How many folders deep a file may lie below the root. */
  readonly depth: number;
  readonly order: Order;
  /** Which one counts of several with one name. "in place": the last one, where the first one stood. */
  readonly same: "first" | "last" | "in place" | "all";
  /** Set where those count as one that have one path below their roots, whatever their names are. */
  readonly sameBy?: "path";
  /** Set where that differs from run to run. */
  readonly sameVaries?: boolean;
  /** A line, with `{name}`, `{description}`, `{path}`, `{label}`, `{root}` and `{tools}`. */
  readonly line: string;
  readonly join: string;
  readonly escape?: "xml" | "angles";
  /** Whether a byte order mark hides the front matter. */
  readonly bomHides?: boolean;
  /** What becomes of front matter that YAML refuses: "colons read": it is left out, unless only a colon is to blame. */
  readonly badYaml: "read" | "left out" | "colons read" | "no fields";
  /** What becomes of front matter that a row of more than three dashes closes. Absent: it is read. */
  readonly longRow?: "left out";
  /** What becomes of a field that is there twice. Absent: the first one is read. */
  readonly repeated?: "last" | "refused" | "left out";
  /** What stands for a description that is missing. `{text}`: a sentence. */
  readonly noDescription: "left out" | "body" | "first line" | { readonly text: string };
  readonly noName: "file" | "left out";
  /** Which fields without a text are taken for one all the same: `""` in quotes, or any that is there. Absent: none. */
  readonly emptyFields?: "quoted" | "any";
  /** Set where a name or a description that is no text takes the whole file out. */
  readonly wantsText?: boolean;
  /** What a name has to look like, as the source of a regular expression. Absent: it may be any. */
  readonly nameForm?: string;
  /** What the tool calls it: as its file or folder, or as its field says. */
  readonly names: "file" | "field";
  /** What happens to white space in a description, and to `\\n` in it. */
  readonly space: "collapsed" | "trimmed" | "kept" | "first line";
  readonly newlines?: boolean;
}

/** How a tool lists skills. */
export interface SkillRules extends ListRules {
  /** How a folder is called whose skill has another name: with `{folder}` and `{name}`. */
  readonly renamed?: string;
  /** The longest description, and what happens beyond: so many characters and a mark, or nothing of it. */
  readonly longest?: { readonly max: number; readonly mark?: string };
  /** Keys that take a skill out of the list where they are set. */
  readonly hiding: readonly string[];
  /** A key whose text follows the description, and what stands between. */
  readonly more?: { readonly key: string; readonly between: string };
  readonly budget?: Budget;
  /** A table of the roots, with `{root}` and `{path}` in a line, above the list. */
  readonly table?: { readonly before: string; readonly line: string; readonly between: string };
  /** What is sent when a skill is called, with `{path}`, `{folder}` and `{name}`. */
  readonly called: {
    readonly spot: string;
    readonly before: string;
    readonly after: string;
    readonly text: "whole" | "body";
    readonly trim?: boolean;
    /** What stands in the text for the words behind the call, as the source of a regular expression: here, there are none. */
    readonly words?: string;
  };
}

/** How much room a list has, and what happens beyond it. */
export type Budget =
  | {
      /** Only names are left, from the first skill on that does not fit. */
      readonly beyond: "names";
      readonly characters: number;
      /** What the tool's own skills take. */
      readonly own: number;
      /** A skill of which only the name is left, with `{name}`. */
      readonly line: string;
    }
  | {
      /** The rest is named in one line, with `{names}`. */
      readonly beyond: "names at the end";
      readonly characters: number;
      readonly line: string;
    }
  | {
      /** All descriptions are cut to about the same length. Where even their lines do not fit, the last skills are left out. */
      readonly beyond: "shorter";
      readonly characters: number;
      /** So many bytes are counted as one token, a line at a time. */
      readonly step: number;
      /** So many bytes of the table of roots take no room. */
      readonly free: number;
      /** A line without a description. */
      readonly emptyLine: string;
      /** The tool's own skills, which are cut as well: their names, and how long their descriptions are. */
      readonly own: { readonly [name: string]: number };
    };

/** How a tool lists agents. */
export interface AgentRules extends ListRules {
  readonly ending: string;
  /** What may stand before the ending, and is no part of the name. */
  readonly mark?: string;
  readonly format: "markdown" | "toml";
  /** Whether a link to a file is one. */
  readonly fileLinks?: "skipped";
  /** How `{tools}` is written: where an agent has all, and before a list of some. */
  readonly tools?: { readonly all: string; readonly except: string };
  /** What an agent's own request has: its text, and the sections of the start. */
  readonly called: {
    readonly spot: string;
    readonly keeps: readonly ("memory" | "skills" | "agents")[];
  };
}

/** Where a tool finds the style of its answers. */
export interface StyleRules {
  readonly spot: string;
  /** Files of settings in `cwd` and in the home folder, and the key with the style's name. */
  readonly settings: readonly string[];
  readonly key: string;
  readonly folder: string;
  /** What stands above the style's text, with `{name}`. */
  readonly before: string;
}

/** A folder of the user's home, and the environment variable that says where it is instead. */
export interface Moved {
  readonly folder: string;
  readonly variable: string;
}

/**
 * A JSON file in the user's home, and the keys under which it says that imports from outside are allowed. Where the variable of `moved`
 * is set, the file is in the folder that it names.
 */
export interface Agreed {
  readonly file: string;
  /** `{root}` is the git root; without one, `cwd`. */
  readonly externalImports: readonly string[];
}

/** A tool, as data. */
export interface ToolDescription extends ContextTool {
  /** How far up a tool looks for instructions, with a git root and without one. */
  readonly chain: { readonly up: "git root" | "top"; readonly withoutGit: "cwd" | "top" };
  readonly spots: { readonly [name: string]: Spot };
  readonly wraps: { readonly [name: string]: Wrap };
  readonly text: TextRules;
  readonly memory: readonly Step[];
  readonly imports?: Imports;
  readonly rules?: { readonly [name: string]: RuleFormat };
  readonly index?: RuleIndex;
  /** Files that are sent once: the same file by any path, or the same text. */
  readonly once?: "file" | "text";
  readonly onRead?: readonly ReadStep[];
  readonly skills?: SkillRules;
  readonly agents?: AgentRules;
  /** A style that settings name. */
  readonly style?: StyleRules;
  /** In which order a request has them. */
  readonly order: readonly ("memory" | "style" | "skills" | "agents")[];
  /** A folder of the user's home that an environment variable moves. */
  readonly moved?: Moved;
  /** Where the tool keeps what its user has agreed to. */
  readonly agreed?: Agreed;
  /** What the tool does in a folder that its user does not trust; absent: it sends all that it sends elsewhere. */
  readonly untrusted?: "sends nothing";
  /** Names of files that people expect the tool to read, and that it does not. */
  readonly notRead: readonly string[];
  readonly notes?: readonly string[];
}
