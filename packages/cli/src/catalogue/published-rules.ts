/** What the rules of published fragments say with their defaults: by fragment, and by rule, such as `must: Bind every value.` */
export interface PublishedRules {
  readonly [fragment: string]: { readonly [rule: string]: string };
}

/** Loads the texts of PersonaKit's own rules, as they were when this version of the command was made. One option needs them. */
export async function loadPublishedRules(): Promise<PublishedRules> {
  const { default: rules } = await import("../../published-rules.json", { with: { type: "json" } });
  return rules;
}
