// Reading Markdown, for the packages of this repository. It is loaded when there is Markdown to read, and may change with any release.

export { type Converted, type ConvertedSection, convertMarkdown } from "./src/convert/convert.ts";
export { fragmentAt, fragmentOfText, type Part, type Piece, partsOf, personaOfFile } from "./src/define/from-file.ts";
export { type FileLink, fileLinksIn } from "./src/markdown/file-links.ts";
export { type Directive, type Directives, directivesIn, type Place, type Span } from "./src/read/directive.ts";
export { type DeclaredParameters, fillIn } from "./src/read/fill-in.ts";
export { leastDepth, shiftHeadings } from "./src/read/headings.ts";
export { matchPassages } from "./src/read/match.ts";
export { type OpenEnd, swallowsWhatFollows } from "./src/read/open-end.ts";
export { type Passage, passagesIn } from "./src/read/passages.ts";
export { type Point, pointsIn } from "./src/read/points.ts";
