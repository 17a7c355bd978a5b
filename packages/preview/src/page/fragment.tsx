import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import type { FragmentParamView, FragmentRuleView, FragmentUserView, FragmentView } from "../view/view.ts";
import { Command } from "./command.tsx";
import { useAnswer } from "./data.ts";
import { NotesRows, Row } from "./note.tsx";
import { hrefOf } from "./place.ts";
import { StaticSite } from "./static-site.ts";
import { counted, SHAPES, tokens } from "./words.ts";

/** A fragment: its rules with what is said about them, its parameters, and who uses it. */
export function FragmentPage({ name, revision }: { readonly name: string; readonly revision: number | undefined }) {
  const { value: fragment, problem } = useAnswer("fragment", name, revision);
  if (fragment === undefined) return problem === undefined ? null : <p class="empty">{problem}</p>;
  const { params, rules, decisions, users } = fragment;
  return (
    <div class="fragment">
      <Title fragment={fragment} />
      {params.length > 0 && <Params params={params} />}
      {decisions.length > 0 && (
        <>
          <h2 class="heading-2">Decisions</h2>
          <dl class="facts">
            {decisions.map(([topic, value]) => (
              <Row key={topic} name={topic}>
                <code>{value}</code>
              </Row>
            ))}
          </dl>
        </>
      )}
      <h2 class="heading-2">Rules</h2>
      <ul class="rules">
        {rules.map((rule) => (
          <Rule key={rule.id} rule={rule} />
        ))}
      </ul>
      <h2 class="heading-2">Used by</h2>
      {users.length === 0 ? <p class="empty">No persona here uses it.</p> : <Users users={users} />}
    </div>
  );
}

function Title({ fragment }: { readonly fragment: FragmentView }) {
  const { id, version, package: from, title, summary, tokens: size, rules } = fragment;
  return (
    <div class="title">
      <h1>{title === "" ? id : title}</h1>
      <p>
        <code>{version === undefined ? id : `${id}@${version}`}</code>, {counted(rules.length, "rule")}, {tokens(size)}
      </p>
      {summary === "" ? (
        <p class="description">
          Only compiled personas have it here, so you see the rules that they have taken in, and no parameters.
        </p>
      ) : (
        <p class="description">{summary}</p>
      )}
      {from !== undefined && <Command text={`npm install ${from}`} />}
    </div>
  );
}

function Params({ params }: { readonly params: readonly FragmentParamView[] }) {
  return (
    <>
      <h2 class="heading-2">Parameters</h2>
      <div class="wide">
        <table>
          <thead>
            <tr>
              {["Name", "Default", "Takes", "What it is"].map((each) => (
                <th scope="col" class="heading" key={each}>
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {params.map(({ name, about, default: standard, takes }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>
                  <code>{standard}</code>
                </td>
                <td>{takes.join(", ")}</td>
                <td>{about}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Rule({ rule }: { readonly rule: FragmentRuleView }) {
  const { id, kind, strength, text, stands, evidence = [] } = rule;
  return (
    <li class="rule" id={id}>
      <p class="kind">
        {strength !== undefined && <span class="strength">{SHAPES[strength]} </span>}
        {kind} <code>{id}</code>
      </p>
      {strength === undefined ? <pre class="rule-text">{text}</pre> : <p class="rule-text">{inline(text)}</p>}
      <dl>
        {stands !== undefined && <Row name="stands">{stands}</Row>}
        <NotesRows notes={rule} />
        {evidence.map(({ source, url }) => (
          <Row key={url} name="evidence">
            {/^https?:/.test(url) ? <a href={url}>{source}</a> : `${source} ${url}`}
          </Row>
        ))}
      </dl>
    </li>
  );
}

/** A rule's text, with its code as such. */
function inline(text: string): ComponentChildren {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}

function Users({ users }: { readonly users: readonly FragmentUserView[] }) {
  const site = useContext(StaticSite);
  return (
    <dl class="facts">
      {users.map(({ id, values, changes }) => (
        <div class="row" key={id}>
          <dt>
            <a href={hrefOf({ view: "persona", name: id, tab: "file" }, site)}>{id}</a>
          </dt>
          {values.map(([name, value]) => (
            <dd key={name}>
              sets <code>{name}</code> to <code>{value}</code>
            </dd>
          ))}
          {changes.map(({ rule, by, text, isDropped }) => (
            <dd key={rule}>
              {by} {isDropped ? "drops" : "replaces"} <code>{rule}</code>: {text}
            </dd>
          ))}
          {values.length + changes.length === 0 && <dd>as it is</dd>}
        </div>
      ))}
    </dl>
  );
}
