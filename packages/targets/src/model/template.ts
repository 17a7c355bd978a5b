/** Puts values into a template: `<name>` is replaced by the value of that name. */
export function fill(template: string, values: { readonly [placeholder: string]: string }): string {
  return template.replace(/<(\w+)>/g, (whole, placeholder: string) => values[placeholder] ?? whole);
}
