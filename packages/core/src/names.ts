/** Ids of fragments, personas and references: what every file system and every tool accepts. */
export const KEBAB_CASE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Ids of rules: camelCase, so that they are property names and get completion, hover and go to definition. */
export const RULE_ID = /^[a-z][A-Za-z0-9]*$/;
