import { type Form, IMPORTED, type Kind, moduleText } from "./templates.ts";

/** What is to be made, and for which repository. */
export interface Plan extends Form {
  readonly kind: Kind;
  /** The id. */
  readonly name: string;
  /** Where modules of single files are ES modules only by their ending. */
  readonly isCommonJs: boolean;
  /** The folder of the packages, with a slash at its end, or nothing. */
  readonly parent: string;
  /** The scope of the repository's own name: `@acme/`, or nothing. */
  readonly scope: string;
  /** The range of a package that the new one depends on. */
  readonly range: (name: string) => string;
}

/** A file to be written. */
export interface NewFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What is written, and what it is called. */
export interface Scaffold {
  /** The first is the one to edit. */
  readonly files: readonly NewFile[];
  /** The folder of the package. */
  readonly folder?: string;
  /** The name of the package. */
  readonly package?: string;
  /** Whether the package has to be built. */
  readonly hasBuild: boolean;
}

/** The files of a new persona, fragment or target: a package, or one module of a project. */
export function scaffold(plan: Plan): Scaffold {
  const { kind, name, language, isPackage, isCommonJs } = plan;
  const text = moduleText(kind, name, plan);
  const ending = language === "TypeScript" ? "ts" : "js";
  if (!isPackage)
    return { files: [{ path: `${kind}s/${name}.${isCommonJs ? "m" : ""}${ending}`, text }], hasBuild: false };
  const folder = `${plan.parent}${kind}-${name}`;
  const packageName = `${plan.scope}${kind}-${name}`;
  const files = [
    { path: `${folder}/index.${ending}`, text },
    { path: `${folder}/package.json`, text: json(manifestOf(packageName, plan)) },
    ...(language === "TypeScript" ? [{ path: `${folder}/tsconfig.json`, text: json(TSCONFIG) }] : []),
  ];
  return { files, folder, package: packageName, hasBuild: stepsOf(plan).length > 0 };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Its own, whatever the repository's is: what is compiled is what is published. */
const TSCONFIG = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    strict: true,
    declaration: true,
    outDir: "dist",
    rootDir: ".",
    resolveJsonModule: true,
    skipLibCheck: true,
    types: [],
  },
  include: ["index.ts"],
};

const DESCRIPTIONS: { readonly [Each in Kind]: string } = {
  persona: "Does one kind of work.",
  fragment: "What the fragment covers, and when to choose it.",
  target: "The files of a tool.",
};

/** What `pack` writes, and where it is published from. */
const PACKED: { readonly [Each in Kind]: { readonly file?: string; readonly folders: readonly string[] } } = {
  persona: { file: "document.json", folders: ["skills"] },
  fragment: { file: "api.json", folders: [] },
  target: { folders: [] },
};

/** What makes of the source what is published. */
function stepsOf({ kind, language }: Plan): string[] {
  const pack = PACKED[kind].file === undefined ? [] : ["personakit pack ."];
  return [...(language === "TypeScript" ? ["tsc"] : []), ...pack];
}

function manifestOf(name: string, plan: Plan): object {
  const { kind, language, range } = plan;
  const isTyped = language === "TypeScript";
  const { file, folders } = PACKED[kind];
  const entry = isTyped ? { types: "./dist/index.d.ts", default: "./dist/index.js" } : "./index.js";
  const packed = file === undefined ? {} : { [`./${file}`]: `./dist/${file}` };
  const steps = stepsOf(plan);
  const development = [...(file === undefined ? [] : ["personakit"]), ...(isTyped ? ["typescript"] : [])];
  return {
    name,
    version: "0.0.0",
    description: DESCRIPTIONS[kind],
    type: "module",
    exports: { ".": entry, ...packed, "./package.json": "./package.json" },
    files: [...(isTyped ? [] : ["index.js"]), ...(isTyped || file !== undefined ? ["dist"] : []), ...folders],
    ...(steps.length === 0 ? {} : { scripts: { build: steps.join(" && "), prepack: steps.join(" && ") } }),
    dependencies: rangesOf(IMPORTED[kind], range),
    ...(development.length === 0 ? {} : { devDependencies: rangesOf(development, range) }),
  };
}

function rangesOf(names: readonly string[], range: Plan["range"]): { readonly [name: string]: string } {
  return Object.fromEntries(names.map((name) => [name, range(name)]));
}
