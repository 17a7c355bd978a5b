import { expect, test } from "vitest";
import { fileLinksIn } from "./file-links.ts";

const TEXT = `# T

See [a](a.md), [b](./x/b.md#part "title") and [c](<my file.md>).
- ![d](img/d.png) [e](#here) [f](https://example.com/f.md) [g](mailto:g) [h](word) [i](/root.md) [j]({{path}}/j.md)
  > [k](k.md)

| [l](l.md) |
| --- |

[m]: m.md

\`[n](n.md)\` \`\`[o](o.md) \` \`\` [p](p.md)

\`\`\`md
[q](q.md)
\`\`\`

<div>[r](r.md)</div>
`;

test("links to files are found by line, outside of code and HTML", () => {
  const found = fileLinksIn(TEXT, () => true).map(({ path, line }) => `${line} ${path}`);
  expect(found).toEqual([
    ...["3 a.md", "3 ./x/b.md", "3 my file.md", "4 img/d.png", "5 k.md", "7 l.md", "10 m.md", "12 p.md"],
  ]);
  expect(fileLinksIn(TEXT, (path) => path === "q.md")).toEqual([]);
});
