import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { FormView, ParamView, RuleEdit, RuleView, TrialIssue } from "../view/trial.ts";
import {
  choicesOf,
  controlOf,
  countOf,
  firstEdit,
  meaningOf,
  pathOf,
  reword,
  ruleIn,
  type Typed,
  textOf,
} from "./edits.ts";

interface FormProps {
  readonly form: FormView;
  readonly typed: Typed;
  readonly issues: readonly TrialIssue[];
  change(typed?: Typed): void;
}

/** The parameters of a persona, and its rules to drop or to reword. */
export function TryForm({ form, typed, issues, change }: FormProps) {
  const { params, rules } = typed;
  const [chosen, setChosen] = useState<string>();
  const count = countOf(typed);
  const setRule = (path: string, edit: RuleEdit | undefined) => {
    const { [path]: _, ...others } = rules;
    change({ ...typed, rules: edit === undefined ? others : { ...others, [path]: edit } });
  };
  const setParam = (param: ParamView, text: string) => {
    const { [pathOf(param)]: _, ...others } = params;
    const isOther = text !== textOf(param.shape, param.value);
    change({ ...typed, params: isOther ? { ...others, [pathOf(param)]: text } : others });
  };
  const edited = form.rules.flatMap((rule) => {
    const edit = rules[ruleIn(rule)];
    return edit === undefined ? [] : [{ rule, edit }];
  });
  return (
    <form class="try-form" aria-label="What to try" onSubmit={(event) => event.preventDefault()}>
      <p class="try-head">
        <strong>{count === 0 ? "Nothing is changed" : `${count} changed`}</strong>
        <button type="button" disabled={count === 0} onClick={() => change()}>
          Reset
        </button>
      </p>
      <RuleChoice
        rules={form.rules.filter((rule) => rules[ruleIn(rule)] === undefined)}
        onChoose={(rule) => {
          setChosen(ruleIn(rule));
          setRule(ruleIn(rule), firstEdit(rule));
        }}
      />
      {edited.map(({ rule, edit }) => (
        <RuleField
          key={ruleIn(rule)}
          rule={rule}
          edit={edit}
          isChosen={ruleIn(rule) === chosen}
          issue={issues.find(({ at }) => at === ruleIn(rule))}
          change={(next) => setRule(ruleIn(rule), next)}
        />
      ))}
      {groups(form.params, ({ fragment }) => fragment).map(([fragment, all]) => (
        <fieldset key={fragment}>
          <legend>
            <code>{fragment}</code>
          </legend>
          {all.map((param) => (
            <ParamField
              key={param.name}
              param={param}
              text={params[pathOf(param)]}
              issue={issues.find(({ at }) => at === pathOf(param))}
              onInput={(text) => setParam(param, text)}
            />
          ))}
        </fieldset>
      ))}
    </form>
  );
}

/** In characters: a list of rules is for finding one. */
const LONGEST = 60;

function RuleChoice({ rules, onChoose }: { readonly rules: readonly RuleView[]; onChoose(rule: RuleView): void }) {
  return (
    <select
      class="rule-choice"
      aria-label="Drop or reword a rule"
      value=""
      onChange={({ currentTarget }) => {
        const rule = rules.find((each) => ruleIn(each) === currentTarget.value);
        if (rule !== undefined) onChoose(rule);
      }}
    >
      <option value="">Drop or reword a rule …</option>
      {groups(rules, ({ fragment }) => fragment).map(([fragment, all]) => (
        <optgroup key={fragment} label={fragment}>
          {all.map((each) => (
            <option key={each.rule} value={ruleIn(each)}>
              {each.rule}
              {each.changed === undefined ? "" : ` (${each.changed})`}: {shortened(each.text)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}

interface RuleFieldProps {
  readonly rule: RuleView;
  readonly edit: RuleEdit;
  /** Whether it was chosen just now: then the reader goes on typing here. */
  readonly isChosen: boolean;
  readonly issue: TrialIssue | undefined;
  /** Undefined: the rule stays as it is. */
  change(edit: RuleEdit | undefined): void;
}

function RuleField({ rule, edit, isChosen, issue, change }: RuleFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const path = ruleIn(rule);
  useLayoutEffect(() => {
    if (isChosen) field.current?.focus();
  }, [isChosen]);
  const choose = (action: string) => {
    if (action === "drop") change({ kind: "drop", reason: "" });
    else if (action === "restore") change({ kind: "restore" });
    else change(reword(edit.kind === "reword" ? edit.text : rule.text, action === "reword" ? undefined : action));
  };
  return (
    <section class="rule-edit" aria-label={path}>
      <p>
        <code>{path}</code>
        <button type="button" aria-label={`Leave ${path} as it is`} onClick={() => change(undefined)}>
          ✕
        </button>
      </p>
      <select
        aria-label={`What to do with ${path}`}
        value={edit.kind === "reword" ? (edit.strength ?? "reword") : edit.kind}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {actionsFor(rule).map((action) => (
          <option key={action} value={action}>
            {action}
          </option>
        ))}
      </select>
      {edit.kind !== "restore" && (
        <textarea
          ref={field}
          rows={3}
          aria-label={edit.kind === "drop" ? `Why ${path} is dropped` : `What ${path} says`}
          placeholder={edit.kind === "drop" ? "Why you drop it" : ""}
          value={edit.kind === "drop" ? edit.reason : edit.text}
          {...described(path, issue)}
          onInput={({ currentTarget: { value } }) =>
            change(edit.kind === "drop" ? { ...edit, reason: value } : { ...edit, text: value })
          }
        />
      )}
      <Refused name={path} issue={issue} />
    </section>
  );
}

const STRENGTHS = ["must", "should", "may"];

function actionsFor({ isText, strength, changed }: RuleView): string[] {
  const texts =
    strength === undefined ? ["reword"] : [...STRENGTHS, ...(STRENGTHS.includes(strength) ? [] : [strength])];
  return [
    ...(changed === undefined ? [] : ["restore"]),
    ...(changed === "dropped" ? [] : ["drop"]),
    ...(isText ? texts : []),
  ];
}

interface ParamFieldProps {
  readonly param: ParamView;
  /** Undefined while it is as it was. */
  readonly text: string | undefined;
  readonly issue: TrialIssue | undefined;
  onInput(text: string): void;
}

function ParamField({ param, text, issue, onInput }: ParamFieldProps) {
  const { name, shape, value } = param;
  const was = textOf(shape, value);
  const id = pathOf(param);
  return (
    <div class={text === undefined ? "param" : "param is-changed"}>
      {controlOf(shape) === "choices" ? (
        <span class="param-name">{breakable(name)}</span>
      ) : (
        <label class="param-name" for={id}>
          {breakable(name)}
        </label>
      )}
      <Control id={id} shape={shape} text={text ?? was} issue={issue} onInput={onInput} />
      {text !== undefined && (
        <p class="was">
          was {inWords(was)} · default {inWords(textOf(shape, shape.default))}
        </p>
      )}
      <Refused name={id} issue={issue} />
      <p class="about">{[shape.description, rangeOf(param)].filter(Boolean).join(" ")}</p>
    </div>
  );
}

/** A name that may go on in the next line where one of its words ends. */
function breakable(name: string): ComponentChildren {
  return name.split(/(?=[A-Z])/).flatMap((word) => [<wbr key={word} />, word]);
}

function inWords(text: string): string {
  return text === "" ? "nothing" : shortened(text.replaceAll("\n", ", "));
}

function rangeOf({ shape: { minimum, maximum } }: ParamView): string {
  const [least, most] = [minimum, maximum].map((each) => (isBound(each) ? `${each}` : undefined));
  if (least !== undefined && most !== undefined) return `From ${least} to ${most}.`;
  return least !== undefined ? `At least ${least}.` : most === undefined ? "" : `At most ${most}.`;
}

/** zod says the limits of whole numbers as those of JavaScript. */
function isBound(bound: unknown): boolean {
  return typeof bound === "number" && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}

interface ControlProps extends Pick<ParamFieldProps, "issue" | "onInput"> {
  readonly id: string;
  readonly shape: ParamView["shape"];
  readonly text: string;
}

function Control({ id, shape, text, issue, onInput }: ControlProps) {
  const control = controlOf(shape);
  const input = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
    onInput(currentTarget.value);
  if (control === "choice") {
    return (
      <select id={id} value={text} {...described(id, issue)} onChange={input}>
        {choicesOf(shape).map((choice) => (
          <option key={textOf(shape, choice)}>{textOf(shape, choice)}</option>
        ))}
      </select>
    );
  }
  if (control === "choices") return <Choices id={id} shape={shape} text={text} onInput={onInput} />;
  if (control === "lines") return <textarea id={id} rows={3} value={text} {...described(id, issue)} onInput={input} />;
  const isNumber = shape.type === "number" || shape.type === "integer";
  return (
    <input
      id={id}
      value={text}
      inputMode={isNumber ? "decimal" : "text"}
      autocomplete="off"
      spellcheck={false}
      {...described(id, issue)}
      onInput={input}
    />
  );
}

/** A list of choices: what is chosen last stands last. */
function Choices({ id, shape, text, onInput }: Omit<ControlProps, "issue">) {
  const chosen = meaningOf(shape, text) as readonly unknown[];
  const all = choicesOf(shape);
  const toggle = (choice: unknown, isChosen: boolean) =>
    onInput(JSON.stringify(isChosen ? [...chosen, choice] : chosen.filter((each) => each !== choice)));
  return (
    <details class="choices">
      <summary aria-label={`${id}: ${chosen.length} of ${all.length}`}>
        {chosen.length} of {all.length}
      </summary>
      {all.map((choice) => (
        <label key={String(choice)}>
          <input
            type="checkbox"
            checked={chosen.includes(choice)}
            onChange={({ currentTarget }) => toggle(choice, currentTarget.checked)}
          />{" "}
          {String(choice)}
        </label>
      ))}
    </details>
  );
}

/** What a field says of itself when something is wrong with it. */
function described(name: string, issue: TrialIssue | undefined) {
  return issue === undefined ? {} : { "aria-invalid": true, "aria-describedby": `${name}-refused` };
}

function Refused({ name, issue }: { readonly name: string; readonly issue: TrialIssue | undefined }) {
  if (issue === undefined) return null;
  return (
    <p class="refused" id={`${name}-refused`}>
      {issue.text}
    </p>
  );
}

function groups<Item>(items: readonly Item[], nameOf: (item: Item) => string): [name: string, items: Item[]][] {
  const found = new Map<string, Item[]>();
  for (const item of items) found.set(nameOf(item), [...(found.get(nameOf(item)) ?? []), item]);
  return [...found];
}
