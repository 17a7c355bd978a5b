import { hydrate, render } from "preact";
import { dataPath } from "../view/view.ts";
import { App } from "./app.tsx";
import { chosenTheme } from "./chosen-theme.ts";
import { ask } from "./data.ts";
import { docKey } from "./doc.tsx";
import { placeOf } from "./place.ts";
import { type Site, StaticSite } from "./static-site.ts";
import { withoutStyles } from "./without-styles.ts";

const page = document.getElementById("page");
const root = document.documentElement;
root.dataset.theme = chosenTheme();
if (page !== null && root.dataset.root === undefined) render(<App />, page);
else if (page !== null) {
  // What the browser may not read from the disk stays as it was rendered ahead.
  const site = await siteOf(root.dataset.root ?? "", root.dataset.page ?? "").catch(() => undefined);
  if (site !== undefined) {
    const tree = () => (
      <StaticSite.Provider value={site}>
        <App />
      </StaticSite.Provider>
    );
    withoutStyles(() => hydrate(tree(), page));
    render(tree(), page);
    root.dataset.live = "";
  }
}

/** A page of a static site with what it was rendered with, so that it comes to life as it is. */
async function siteOf(way: string, shown: string): Promise<Site> {
  const { view, name = "" } = placeOf("", { root: way, page: shown, known: new Map() });
  const paths = [
    dataPath("project", ""),
    ...(view === "catalogue" ? [dataPath("fragments", "")] : []),
    ...(view === "persona" || view === "fragment" ? [dataPath(view, name)] : []),
  ];
  const answers = await Promise.all(paths.map((path) => ask(way + path)));
  const known = new Map<string, unknown>(paths.map((path, index) => [path, answers[index]?.value]));
  known.set(docKey(name), document.querySelector(".doc")?.innerHTML);
  return { root: way, page: shown, known };
}
