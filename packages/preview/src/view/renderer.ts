/** A page of a static site, to be rendered ahead. */
export interface NewPage {
  /** The way to the first page: "" or "../". */
  readonly root: string;
  /** What it shows, as a server's page has it in its address: `persona/dev`. */
  readonly page: string;
  readonly title: string;
  /** For those who find it with a search engine. */
  readonly description: string;
  /** What it is rendered with, by path. */
  readonly known: ReadonlyMap<string, unknown>;
}

/** Where a link of a document leads in the site; undefined where it leads nowhere, and only its text stays. */
export type Resolve = (url: string) => string | undefined;

/** What renders the pages of a static site. It is built with the page, whose parts it has, and loaded for a site alone. */
export interface Renderer {
  /** The whole HTML of a page. */
  renderPage(page: NewPage): string;
  /** The HTML of a text of Markdown, without any that stands in it. */
  renderDocument(text: string, resolve: Resolve): string;
  /** The first heading of a text of Markdown. */
  titleOf(text: string): string | undefined;
  /** Where a page is rendered with a document. */
  docKey(path: string): string;
}
