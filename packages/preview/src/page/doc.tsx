import { useContext } from "preact/hooks";
import { StaticSite } from "./static-site.ts";

/** Where the HTML of a document is among what its page was rendered with. */
export function docKey(path: string): string {
  return `doc/${path}`;
}

/** A document, as it was rendered ahead. */
export function Doc({ path }: { readonly path: string }) {
  const html = useContext(StaticSite)?.known.get(docKey(path));
  // Rendered from Markdown, whose HTML is left out; in the browser, it stays as it stands.
  const given = { dangerouslySetInnerHTML: { __html: typeof html === "string" ? html : "" } };
  return <article class="doc" {...given} />;
}
