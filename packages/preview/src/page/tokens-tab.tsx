import type { PersonaView } from "../view/view.ts";
import { FileChoice, fileAt } from "./file-tab.tsx";
import type { Place } from "./place.ts";
import { Tiles } from "./tiles.tsx";
import { withCommas } from "./words.ts";

interface TokensProps {
  readonly persona: PersonaView;
  readonly place: Place;
  go(place: Place): void;
}

/** What the file's tokens are spent on, and how large each file is. */
export function TokensTab({ persona, place, go }: TokensProps) {
  const file = fileAt(persona, place);
  if (file === undefined) return <p class="empty">Nothing is built of this persona.</p>;
  const largest = Math.max(...persona.files.map((each) => each.tokens));
  return (
    <>
      <FileChoice persona={persona} file={file} place={place} go={go} />
      <Tiles persona={persona} file={file} onChoose={(line) => go({ ...place, tab: "file", file: file.path, line })} />
      <h2 class="heading-2">Files</h2>
      <table class="bars">
        <thead>
          <tr>
            <th scope="col" class="heading">
              File
            </th>
            <th scope="col" class="heading">
              Tokens
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {persona.files.map((each) => (
            <tr key={each.path}>
              <th scope="row">
                <code>{each.path}</code>
              </th>
              <td class="figure">{withCommas(each.tokens)}</td>
              <td class="bar-cell">
                <span class="budget" style={{ width: `${(100 * each.tokens) / largest}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small">Token counts are estimates.</p>
    </>
  );
}
