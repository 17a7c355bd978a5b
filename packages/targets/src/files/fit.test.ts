import { compile, definePersona, markdown, may, must, point, render, section, should } from "@personakit/core";
import { LANGUAGES } from "@personakit/core/internal";
import { expect, test } from "vitest";
import { fit } from "./fit.ts";

const filler = "word ".repeat(40).trim();
const document = compile(
  definePersona({
    id: "p",
    title: "P",
    role: "Role.",
    description: { does: "D.", when: "W.", notFor: "" },
    use: [
      section({
        id: "one",
        title: "One",
        rules: { a: must("Must one."), b: should(`Should one ${filler}.`), c: may(`May one ${filler}.`) },
      }),
      section({ id: "two", title: "Two", list: "steps", rules: { a: should(`Step ${filler}.`) } }),
      section({
        id: "three",
        title: "Three",
        rules: { a: should(`Should three ${filler}.`), b: may(`May three ${filler}.`) },
      }),
    ],
  }),
);
const options = { referencePath: (id: string) => `${id}.md` };
const text = (max: number) => {
  const fitted = fit(document, { max, beyond: "cuts" }, options, 'persona "p"');
  const { body, references } = render(fitted, options);
  return { body: body.text, spilled: references["further-guidance"]?.text ?? "" };
};
const whole = render(document, options).body.text.length;

test("a body that fits stays as it is", () => {
  expect(fit(document, { max: whole, beyond: "cuts" }, options, "p")).toBe(document);
});

test("may goes before should, the last section before the first, and the body fits", () => {
  const first = text(whole - 1);
  expect(first.body.length).toBeLessThan(whole);
  expect(first.spilled).toContain("May three");
  expect(first.spilled).not.toMatch(/May one|Should/);
  expect(first.body).toContain("[Further guidance](further-guidance.md)");
  const second = text(first.body.length - 1);
  expect(second.spilled).toMatch(/May one[\s\S]*May three/);
  expect(second.spilled).not.toContain("Should");
  const third = text(second.body.length - 1);
  expect(third.spilled).toContain("Should three");
  expect(third.body).not.toContain("## Three");
  expect(third.body).toContain("Should one");
});

test("a reference of the same name is kept", () => {
  const taken = {
    ...document,
    references: [{ id: "further-guidance", title: "Mine", when: "w", sections: document.sections.slice(1, 2) }],
  };
  const fitted = fit(taken, { max: render(taken, options).body.text.length - 1, beyond: "cuts" }, options, "p");
  expect(fitted.references.map(({ id }) => id)).toEqual(["further-guidance", "further-guidance-2"]);
});

test("must rules and steps never go: what does not fit without the others fails, with the numbers", () => {
  expect(() => text(150)).toThrow(
    new RegExp(
      `persona "p": the body has ${whole} characters, and the tool cuts above 150; .*Largest sections: .* \\(\\d+\\)`,
    ),
  );
});

test("the reference for what does not fit is called as the persona's language has it", () => {
  const japanese = { ...document, language: "ja", phrases: LANGUAGES.ja };
  const max = render(japanese, options).body.text.length - 1;
  const { references } = fit(japanese, { max, beyond: "cuts" }, options, 'persona "p"');
  const { further, furtherWhen } = LANGUAGES.ja;
  expect(references).toMatchObject([{ id: "further-guidance", title: further, when: furtherWhen }]);
});

test("points, steps and Markdown as it stands never leave, nor does a heading that is to stay", () => {
  const persona = definePersona({
    id: "p",
    title: false,
    role: false,
    description: { does: "D.", when: "W.", notFor: "" },
    use: [
      section({ id: "kept", title: "Kept", keep: true, rules: {} }),
      section({
        id: "written",
        title: "Written",
        list: "asWritten",
        rules: {
          a: point(`Point ${filler}`),
          b: may(`May ${filler}`),
          c: should(`Step ${filler}`, { style: "steps" }),
          d: markdown(`> Quote ${filler}`),
        },
      }),
    ],
  });
  const long = compile(persona);
  const fitted = fit(long, { max: render(long, options).body.text.length - 1, beyond: "cuts" }, options, "p");
  const { body, references } = render(fitted, options);
  expect(body.text).toBe(
    `## Kept\n\n## Written\n\n- Point ${filler}\n\n1. Step ${filler}\n\n> Quote ${filler}\n\n## References\n\n${body.text.split("## References\n\n")[1]}`,
  );
  expect(references["further-guidance"]?.text).toContain(`- May ${filler}`);
});
