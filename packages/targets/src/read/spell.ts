import { yamlLibrary } from "../format/yaml.ts";

/**
 * A text as YAML takes it on one line, whatever is in it. Returns it in double quotes.
 *
 * @example
 * ```ts
 * import { quoted } from "@personakit/targets/read";
 *
 * console.log(quoted("Use it when: always")); // "Use it when: always", with its quotes
 * ```
 */
export function quoted(text: string): string {
  // What JSON writes as a text is one of YAML as well. Some readers split a file at any three dashes.
  return JSON.stringify(text).replace(/-(?=--)/g, "\\x2d");
}

/** A text without quotes, where YAML reads just that text from it. */
export function plain(text: string): string | undefined {
  if (!/^[\w/][^\r\n\t]*$/.test(text) || /---|: |:$| #|\s$/.test(text)) return undefined;
  try {
    return yamlLibrary().parse(text) === text ? text : undefined;
  } catch {
    return undefined;
  }
}
