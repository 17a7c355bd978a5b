// Preact's own renderer to HTML: maintained, typed, no dependencies.
import { renderToString } from "preact-render-to-string";
import { App } from "../page/app.tsx";
import { docKey } from "../page/doc.tsx";
import { type Site, StaticSite } from "../page/static-site.ts";
import { withoutStyles } from "../page/without-styles.ts";
import { POLICY } from "../view/policy.ts";
import type { NewPage, Renderer } from "../view/renderer.ts";
import { renderDocument, titleOf } from "./markdown.ts";

const renderer: Renderer = { renderPage, renderDocument, titleOf, docKey };

export default renderer;

function renderPage({ title, description, ...site }: NewPage): string {
  const { root, page } = site;
  const html = withoutStyles(() =>
    renderToString(
      <html lang="en" data-root={root} data-page={page}>
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content={POLICY} />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="description" content={description} />
          <title>{title}</title>
          <link rel="icon" href={`${root}icon.svg`} />
          <link rel="stylesheet" href={`${root}page.css`} />
          {page.startsWith("doc/") && <link rel="stylesheet" href={`${root}doc.css`} />}
          <script src={`${root}theme.js`} />
          <script type="module" src={`${root}page.js`} />
        </head>
        <body>
          <div id="page">
            <Page site={site} />
          </div>
        </body>
      </html>,
    ),
  );
  return `<!doctype html>\n${html}\n`;
}

function Page({ site }: { readonly site: Site }) {
  return (
    <StaticSite.Provider value={site}>
      <App />
    </StaticSite.Provider>
  );
}
