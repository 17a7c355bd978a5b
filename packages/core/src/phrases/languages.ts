import type { Phrases } from "./phrases.ts";

/** A language whose phrases PersonaKit has. */
export type Language = "en" | "de" | "es" | "fr" | "ja" | "zh";

/** What the compiler says in English, where a persona names no language. */
export const ENGLISH: Phrases = {
  should: "Unless the project has decided otherwise:",
  may: "Where it helps:",
  references: "References",
  readWhen: "<link>: read it when <when>.",
  contents: "Contents: <titles>.",
  betweenTitles: "; ",
  triggers: "Triggers: <triggers>.",
  betweenTriggers: ", ",
  betweenSentences: " ",
  further: "Further guidance",
  furtherWhen: "the sections above do not settle a question",
};

/** The phrases of each language. */
export const LANGUAGES: { readonly [Name in Language]: Phrases } = {
  en: ENGLISH,
  // Infinitives address nobody, so that a text may say du or Sie.
  de: {
    should: "Sofern das Projekt nichts anderes festgelegt hat:",
    may: "Wo es sinnvoll ist:",
    references: "Weiterführende Dokumente",
    readWhen: "<link>: nachlesen, wenn <when>.",
    contents: "Inhalt: <titles>.",
    betweenTitles: "; ",
    triggers: "Stichwörter: <triggers>.",
    betweenTriggers: ", ",
    betweenSentences: " ",
    further: "Weitere Hinweise",
    furtherWhen: "die Abschnitte oben eine Frage offenlassen",
  },
  es: {
    should: "Salvo que el proyecto haya decidido otra cosa:",
    may: "Cuando resulte útil:",
    references: "Referencias",
    readWhen: "<link>: consúltalo cuando <when>.",
    contents: "Contenido: <titles>.",
    betweenTitles: "; ",
    triggers: "Palabras clave: <triggers>.",
    betweenTriggers: ", ",
    betweenSentences: " ",
    further: "Otras indicaciones",
    furtherWhen: "las secciones anteriores no resuelvan una duda",
  },
  // The space before a colon is a plain one: nobody sees a no-break space in Markdown, and editors warn of it.
  fr: {
    should: "Sauf décision contraire du projet :",
    may: "Lorsque c'est utile :",
    references: "Références",
    readWhen: "<link> : à consulter quand <when>.",
    contents: "Sommaire : <titles>.",
    betweenTitles: " ; ",
    triggers: "Mots-clés : <triggers>.",
    betweenTriggers: ", ",
    betweenSentences: " ",
    further: "Indications complémentaires",
    furtherWhen: "les sections ci-dessus ne répondent pas à une question",
  },
  ja: {
    should: "プロジェクトに別の取り決めがない限り、次に従う：",
    may: "役立つ場合は、次を取り入れてもよい：",
    references: "参考資料",
    readWhen: "<link>：<when>ときに読む。",
    contents: "目次：<titles>。",
    betweenTitles: "、",
    triggers: "キーワード：<triggers>。",
    betweenTriggers: "、",
    betweenSentences: "",
    further: "補足事項",
    furtherWhen: "上記のセクションでは判断できない",
  },
  zh: {
    should: "除非项目另有规定：",
    may: "如有帮助，可以：",
    references: "参考文档",
    readWhen: "<link>：<when>时阅读。",
    contents: "目录：<titles>。",
    betweenTitles: "、",
    triggers: "触发词：<triggers>。",
    betweenTriggers: "、",
    betweenSentences: "",
    further: "补充说明",
    furtherWhen: "上述各节未能解答问题",
  },
};
