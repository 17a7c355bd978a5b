import {
  CAPABILITIES,
  type Capability,
  type Color,
  type Document,
  describeWithExamples,
  type ModelTier,
  PersonaKitError,
} from "@personakit/core";
import type { Feature, Fidelity } from "./target.ts";

/** Capabilities in a tool's words. An empty list: the tool has no name for it. */
export type Vocabulary = { readonly [Name in Capability]: readonly string[] };

/**
 * Says a persona's features in a tool's words, and keeps account of what became of each.
 * A target calls one method for each feature; `fidelity` throws when it forgot one.
 */
export class Report {
  readonly #target: string;
  readonly #document: Document;
  readonly #entries: Fidelity[] = [];

  constructor(target: string, document: Document) {
    this.#target = target;
    this.#document = document;
  }

  /** What became of each feature that the persona has. */
  get fidelity(): readonly Fidelity[] {
    const { examples, model, tools, mcpServers, color, paths, references } = this.#document;
    const present: { readonly [F in Feature]: boolean } = {
      description: true,
      examples: examples.length > 0,
      model: model !== undefined,
      tools: tools !== undefined,
      mcpServers: mcpServers.length > 0,
      color: color !== undefined,
      paths: paths !== undefined,
      references: references.length > 0,
      body: true,
    };
    for (const [feature, has] of Object.entries(present)) {
      if (has && !this.#entries.some((entry) => entry.feature === feature)) {
        throw new Error(`target ${this.#target} says nothing about ${feature}`);
      }
    }
    return this.#entries;
  }

  /** Files an entry of the report. */
  note(feature: Feature, status: Fidelity["status"], reason?: string): void {
    if (feature === "tools" && status === "dropped") this.#fail("the restriction would be lost");
    this.#entries.push({ feature, status, ...(reason === undefined ? {} : { reason }) });
  }

  /** The description with its examples. */
  descriptionWithExamples(): string {
    this.note("description", "kept");
    if (this.#document.examples.length > 0) this.note("examples", "kept");
    return describeWithExamples(this.#document);
  }

  /** The description alone. `why` says what keeps the examples out. */
  description(why: string): string {
    this.note("description", "kept");
    if (this.#document.examples.length > 0) this.note("examples", "dropped", why);
    return this.#document.description;
  }

  /** The model: an exact id for this target, else the tier in the tool's words, else nothing. */
  model(tiers: { readonly [Tier in ModelTier]: string } | { readonly why: string }): string | undefined {
    const { model } = this.#document;
    if (model === undefined) return undefined;
    const { exact = {}, tier } = typeof model === "string" ? { tier: model } : model;
    const id = Object.hasOwn(exact, this.#target) ? exact[this.#target] : undefined;
    if (id !== undefined) {
      this.note("model", "kept");
      return id;
    }
    if ("why" in tiers || tier === undefined) {
      this.note("model", "dropped", "why" in tiers ? tiers.why : "there is no exact id for this target, and no tier");
      return undefined;
    }
    this.note("model", "mapped", `${tier} is ${tiers[tier]}`);
    return tiers[tier];
  }

  /** The tools that a restricted persona keeps, MCP servers among them; nothing for one that is not restricted. */
  allowed(vocabulary: Vocabulary, server?: (name: string) => string): string[] | undefined {
    const { tools, mcpServers } = this.#document;
    this.#servers(tools === undefined || server !== undefined, "the tool's list cannot name MCP servers");
    if (tools === undefined) return undefined;
    const names = tools.flatMap((capability) => vocabulary[capability]);
    const missing = tools.filter((capability) => vocabulary[capability].length === 0);
    if (names.length === 0) {
      this.#fail(`the tools ${tools.join(", ")} resolve to nothing, which the tool reads as all`);
    }
    if (missing.length > 0) this.note("tools", "degraded", `the tool cannot name ${missing.join(", ")}`);
    else this.note("tools", "mapped", names.join(", "));
    return [...names, ...(server === undefined ? [] : mcpServers.map(server))];
  }

  /** The tools that a restricted persona loses; nothing for one that is not restricted. */
  denied(vocabulary: Vocabulary): string[] | undefined {
    const { tools } = this.#document;
    this.#servers(true, "");
    if (tools === undefined) return undefined;
    const lost = CAPABILITIES.filter((capability) => !tools.includes(capability));
    const missing = lost.filter((capability) => vocabulary[capability].length === 0);
    if (missing.length > 0)
      this.#fail(`the tool cannot take ${missing.join(", ")} away, so the restriction would be lost`);
    const names = lost.flatMap((capability) => vocabulary[capability]);
    this.note("tools", "mapped", names.length === 0 ? "all of them" : `without ${names.join(", ")}`);
    return names;
  }

  /**
   * For a tool with one switch, which takes away editing and the shell; `also` is what else the target takes away. Says
   * whether to set it. Throws when the persona is restricted otherwise: something that it denies would be granted.
   */
  readOnly(how: string, also: readonly Capability[]): boolean {
    const { tools } = this.#document;
    this.#servers(true, "");
    if (tools === undefined) return false;
    if (tools.includes("edit") || tools.includes("shell")) {
      this.#fail(`the tool restricts agents only to reading, and these may ${tools.join(", ")}`);
    }
    const left = CAPABILITIES.filter((name) => !["read", "search", "edit", "shell", ...also, ...tools].includes(name));
    if (left.length > 0) this.#fail(`the tool cannot take ${left.join(", ")} away, so the restriction would be lost`);
    this.note("tools", "mapped", how);
    return true;
  }

  /** For a format that cannot restrict at all. Throws for a restricted persona. */
  unrestricted(): void {
    this.#servers(true, "");
    if (this.#document.tools !== undefined)
      this.#fail("the format cannot restrict tools, so the restriction would be lost");
  }

  /** The colour, in the tool's words. */
  color(colors: { readonly [Name in Color]: string } | { readonly why: string }): string | undefined {
    const { color } = this.#document;
    if (color === undefined) return undefined;
    if ("why" in colors) this.note("color", "dropped", colors.why as string);
    else if (colors[color] === color) this.note("color", "kept");
    else this.note("color", "mapped", colors[color]);
    return "why" in colors ? undefined : colors[color];
  }

  /** Globs, where the tool loads by file. `why` says why it does not. */
  paths(why?: string): readonly string[] | undefined {
    const { paths } = this.#document;
    if (paths === undefined) return undefined;
    if (why === undefined) this.note("paths", "kept");
    else this.note("paths", "dropped", why);
    return why === undefined ? paths : undefined;
  }

  #servers(kept: boolean, why: string): void {
    if (this.#document.mcpServers.length === 0) return;
    if (kept) this.note("mcpServers", "kept");
    else this.note("mcpServers", "dropped", why);
  }

  #fail(problem: string): never {
    const place = `persona "${this.#document.id}", target ${this.#target}, tools`;
    throw new PersonaKitError([{ place, problem, hint: "Build it for another target, or leave out `tools`." }]);
  }
}
