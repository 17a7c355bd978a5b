import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { snapshot } from "../compare/snapshot.ts";
import { compile } from "../compile/compile.ts";
import { section } from "../define/define-fragment.ts";
import { definePersona } from "../define/define-persona.ts";
import { may, must, type Strength, should, strengthOfLead } from "../entries/rule.ts";
import { Issues } from "../issues/issue.ts";
import { md } from "../markdown/md.ts";
import { parse, textOf } from "../markdown/parse.testing.ts";
import { render } from "../render/render.ts";
import { checkPhrases } from "./check-wording.ts";
import { ENGLISH, LANGUAGES, type Language } from "./languages.ts";
import type { Phrases } from "./phrases.ts";
import type { Wording } from "./wording.ts";

const long = Object.fromEntries(Array.from({ length: 110 }, (_, index) => [`r${index}`, must("Do it.")]));
const spec = {
  id: "p",
  title: "P",
  description: { does: "Does.", when: "When.", triggers: ["api", "cron"], notFor: "Not." },
  role: "R.",
  use: [section({ id: "own", title: "Own", rules: { a: must("A."), b: should("B."), c: may("C.") } })],
  references: {
    guide: {
      title: "Guide",
      when: "MOMENT",
      use: [
        section({ id: "one", title: "One", rules: long }),
        section({ id: "two", title: "Two", rules: { a: must("A.") } }),
      ],
    },
  },
};
const pages = (wording: Wording) =>
  render(compile(definePersona({ ...spec, ...wording })), { referencePath: (id) => id });

/** What a persona says in a language, apart from its own texts. */
const SAID: { readonly [Name in Language]: readonly string[] } = {
  en: [
    "Unless the project has decided otherwise:",
    "Where it helps:",
    "## References",
    "- [Guide](guide): read it when MOMENT.",
    "Contents: One; Two.",
    "Does. When. Triggers: api, cron. Not.",
  ],
  de: [
    "Sofern das Projekt nichts anderes festgelegt hat:",
    "Wo es sinnvoll ist:",
    "## Weiterführende Dokumente",
    "- [Guide](guide): nachlesen, wenn MOMENT.",
    "Inhalt: One; Two.",
    "Does. When. Stichwörter: api, cron. Not.",
  ],
  es: [
    "Salvo que el proyecto haya decidido otra cosa:",
    "Cuando resulte útil:",
    "## Referencias",
    "- [Guide](guide): consúltalo cuando MOMENT.",
    "Contenido: One; Two.",
    "Does. When. Palabras clave: api, cron. Not.",
  ],
  fr: [
    "Sauf décision contraire du projet :",
    "Lorsque c'est utile :",
    "## Références",
    "- [Guide](guide) : à consulter quand MOMENT.",
    "Sommaire : One ; Two.",
    "Does. When. Mots-clés : api, cron. Not.",
  ],
  ja: [
    "プロジェクトに別の取り決めがない限り、次に従う：",
    "役立つ場合は、次を取り入れてもよい：",
    "## 参考資料",
    "- [Guide](guide)：MOMENTときに読む。",
    "目次：One、Two。",
    "Does.When.キーワード：api、cron。Not.",
  ],
  zh: [
    "除非项目另有规定：",
    "如有帮助，可以：",
    "## 参考文档",
    "- [Guide](guide)：MOMENT时阅读。",
    "目录：One、Two。",
    "Does.When.触发词：api、cron。Not.",
  ],
};

const NAMES = Object.keys(LANGUAGES) as Language[];

describe.each(NAMES)("%s", (language) => {
  const phrases = LANGUAGES[language];

  test("says everything that the compiler says", () => {
    const { body, references } = pages({ language });
    const { description } = compile(definePersona({ ...spec, language }));
    const said = [...body.text.split("\n"), ...(references.guide?.text.split("\n") ?? []), description];
    expect(said).toEqual(expect.arrayContaining([...SAID[language]]));
    const english = Object.values(ENGLISH).filter((phrase) => phrase.length > 3 && !phrase.includes("<"));
    if (language !== "en") for (const phrase of english) expect(body.text).not.toContain(phrase);
  });

  test("has phrases that a document may carry", () => {
    const issues = new Issues("phrases");
    checkPhrases(issues, phrases);
    expect(issues.found).toEqual([]);
    expect(Object.keys(phrases)).toEqual(Object.keys(ENGLISH));
  });

  test("reads back: the strength of each rule, and each reference with its moment", () => {
    const words = fc.string({ minLength: 1 }).filter((text) => /\S/.test(text) && !text.includes("\u0000"));
    const rules = fc.array(fc.tuple(fc.constantFrom<Strength>("must", "should", "may"), words), { minLength: 1 });
    const MAKERS = { must, should, may };
    fc.assert(
      fc.property(rules, words, words, (texts, title, when) => {
        const entries = texts.map(([strength, text], index) => [`r${index}`, MAKERS[strength](md`${text}`)]);
        const use = [section({ id: "own", title: "Own", rules: Object.fromEntries(entries) })];
        const guide = { title: md`${title}`, when: md`${when}`, use: spec.references.guide.use };
        const persona = definePersona({ ...spec, language, use, references: { guide } });
        const { text } = render(compile(persona), { referencePath: () => "guide.md" }).body;
        const [, , , ...blocks] = parse(text).children;
        const found: string[] = [];
        let strength: Strength = "must";
        for (const block of blocks) {
          if (block.type === "heading") break;
          if (block.type === "list") found.push(...block.children.map(() => strength));
          else strength = strengthOfLead(textOf(block), phrases) as Strength;
        }
        const sorted = (["must", "should", "may"] as const).flatMap((each) =>
          texts.flatMap(([given]) => (given === each ? [each] : [])),
        );
        expect(found).toEqual(sorted);
        const list = blocks.at(-1);
        expect(list).toMatchObject({ type: "list", children: [{ children: [{ type: "paragraph" }] }] });
        expect(JSON.stringify(list)).toContain('"url":"guide.md"');
        const plain = (markdown: string) => textOf(parse(`x ${markdown}`)).slice(2);
        const expected = phrases.readWhen
          .replace("<link>", () => plain(guide.title))
          .replace("<when>", () => plain(guide.when));
        expect(list && textOf(list).trimEnd()).toBe(expected.trim());
      }),
      { numRuns: 200 },
    );
  });
});

describe("a document", () => {
  test("in plain English carries no phrases", () => {
    expect(compile(definePersona(spec))).toEqual(compile(definePersona({ ...spec, language: "en" })));
    expect(compile(definePersona(spec))).not.toHaveProperty("phrases");
  });

  test("in another language carries all of them, so that whoever renders it says the same", () => {
    const document = compile(definePersona({ ...spec, language: "de" }));
    expect(document).toMatchObject({ language: "de", phrases: LANGUAGES.de });
    const newer = { ...document, language: "nl", phrases: { ...LANGUAGES.de, may: "Waar het helpt:" } };
    expect(render(newer, { referencePath: (id) => id }).body.text).toContain("\nWaar het helpt:\n");
  });
});

describe("phrases of one's own", () => {
  test("take the place of a language's", () => {
    const { body } = pages({ language: "ja", phrases: { may: "任意：", readWhen: "<when>ときは<link>を読む。" } });
    expect(body.text).toContain("\n任意：\n");
    expect(body.text).toContain(`\n${LANGUAGES.ja.should}\n`);
    expect(body.text).toContain("- MOMENTときは[Guide](guide)を読む。\n");
  });

  test("open no block with what they are filled with", () => {
    const guide = { ...spec.references.guide, when: "# you need it" };
    const phrases = { readWhen: "<when>: <link>" };
    const { text } = render(compile(definePersona({ ...spec, phrases, references: { guide } })), {
      referencePath: (id) => id,
    }).body;
    expect(text).toContain("- \\# you need it: [Guide](guide)\n");
  });

  test("stay when a persona is extended, and go with their language", () => {
    const base = definePersona({ ...spec, language: "de", phrases: { may: "Bei Bedarf:", references: "Quellen" } });
    const mine = base.extend({ id: "mine", phrases: { references: "Mehr" } });
    expect(compile(mine).phrases).toEqual({ ...LANGUAGES.de, may: "Bei Bedarf:", references: "Mehr" });
    expect(compile(mine.extend({ id: "next" })).phrases).toEqual(compile(mine).phrases);
    expect(compile(mine.extend({ id: "next", language: "de" })).phrases).toEqual(compile(mine).phrases);
    expect(compile(mine.extend({ id: "next", language: "fr" })).phrases).toEqual(LANGUAGES.fr);
  });

  test("are said with what has changed; those of a language are its name", () => {
    const about = (wording: Wording) => snapshot(compile(definePersona({ ...spec, ...wording }))).about;
    expect(about({ language: "fr", phrases: { may: "Au besoin :" } })).toMatchObject({
      language: "fr",
      "phrase may": "Au besoin :",
    });
    expect(Object.keys(about({ language: "fr" })).filter((name) => name.startsWith("phrase"))).toEqual([]);
  });
});

describe("what is refused", () => {
  const phrases = (own: object) => ({ phrases: own });
  const cases: readonly [object, string][] = [
    [{ language: "dee" }, 'persona "p": there is no language "dee". Did you mean "de"?'],
    [{ language: "italiano" }, "Known: en, de, es, fr, ja, zh. For another one, write its phrases yourself"],
    [{ language: 3 }, 'there is no language "3"'],
    [{ language: "constructor" }, 'there is no language "constructor"'],
    [phrases({ shoud: "A:" }), 'phrases: there is no option "shoud". Did you mean "should"?'],
    [{ phrases: [] }, "phrases: these are no phrases"],
    [phrases({ may: " " }), "phrases: may is missing or empty"],
    [phrases({ may: "A:\nB" }), "phrases: may has line breaks"],
    [phrases({ may: "- A" }), "phrases: may would not read as it is written"],
    [phrases({ may: "a ` b" }), "phrases: may would not read as it is written"],
    [phrases({ betweenTitles: "`" }), "phrases: betweenTitles would not read as it is written"],
    [phrases({ may: "With <when>:" }), "phrases: may must have no places"],
    [phrases({ readWhen: "<link>." }), "phrases: readWhen must have <link> and <when>, each once"],
    [phrases({ readWhen: "<link> <when> <when>" }), 'In English: "<link>: read it when <when>.".'],
    [phrases({ contents: "x".repeat(10_001) }), "contents has 10001 characters"],
  ];
  test.each(cases)("%o", (wording, message) => {
    expect(() => definePersona({ ...spec, ...wording } as never)).toThrow(message);
    const base = definePersona(spec);
    if (!Array.isArray((wording as { phrases?: unknown }).phrases)) {
      expect(() => base.extend({ id: "p", ...wording } as never)).toThrow(message);
    }
  });

  test("a language that another copy of this package knows and this one does not", () => {
    const persona = { ...definePersona(spec), language: "nl" };
    expect(() => compile(persona as never)).toThrow('there is no language "nl"');
  });
});

test("the phrases of English, written out, change no text", () => {
  const wording: Wording = { phrases: ENGLISH satisfies Phrases };
  expect(pages(wording).body.text).toBe(pages({}).body.text);
});
