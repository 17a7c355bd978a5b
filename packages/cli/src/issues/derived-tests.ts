// Written by `pnpm sync` from the schemas of zod: it says yes to a value in their place.
import { isInOrder, isPlainObject, isShallow, type TestMaker } from "@personakit/core/internal";

export const tests: { readonly [schema: string]: TestMaker } = {
  "configuration": ({ checks, inOrder }) => {
    const isObject3 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 1;
      const member0 = value["id"];
      if (!(typeof member0 === "string")) return false;
      for (const key in value) {
        if (key === "id") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["id"]));
    };
    const isList4 = (list: unknown) => {
      if (!Array.isArray(list)) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(((typeof item === "string" && item.length >= 1) || checks.isTarget?.(item) === true))) return false;
      }
      return true;
    };
    const isList5 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 1) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(typeof item === "string" && item.length >= 1)) return false;
      }
      return true;
    };
    const isObject2 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 1;
      const member0 = value["persona"];
      if (member0 === undefined || !(((typeof member0 === "string" && member0.length >= 1) || checks.isPersona?.(member0) === true))) return false;
      const member1 = value["extend"];
      if (member1 !== undefined) {
        if (!isObject3(member1)) return false;
        keys++;
      }
      const member2 = value["targets"];
      if (member2 !== undefined) {
        if (!isList4(member2)) return false;
        keys++;
      }
      const member3 = value["out"];
      if (member3 !== undefined) {
        if (!(typeof member3 === "string" && member3.length >= 1)) return false;
        keys++;
      }
      const member4 = value["format"];
      if (member4 !== undefined) {
        if (!(typeof member4 === "string" && member4.length >= 1)) return false;
        keys++;
      }
      const member5 = value["copies"];
      if (member5 !== undefined) {
        if (!isList5(member5)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["persona","extend","targets","out","format","copies"]));
    };
    const isList1 = (list: unknown) => {
      if (!Array.isArray(list)) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!((((typeof item === "string" && item.length >= 1) || checks.isPersona?.(item) === true) || isObject2(item)))) return false;
      }
      return true;
    };
    const isList6 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 1) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(((typeof item === "string" && item.length >= 1) || checks.isTarget?.(item) === true))) return false;
      }
      return true;
    };
    const isObject7 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 0;
      const member0 = value["should"];
      if (member0 !== undefined) {
        if (!(typeof member0 === "string")) return false;
        keys++;
      }
      const member1 = value["may"];
      if (member1 !== undefined) {
        if (!(typeof member1 === "string")) return false;
        keys++;
      }
      const member2 = value["references"];
      if (member2 !== undefined) {
        if (!(typeof member2 === "string")) return false;
        keys++;
      }
      const member3 = value["readWhen"];
      if (member3 !== undefined) {
        if (!(typeof member3 === "string")) return false;
        keys++;
      }
      const member4 = value["contents"];
      if (member4 !== undefined) {
        if (!(typeof member4 === "string")) return false;
        keys++;
      }
      const member5 = value["betweenTitles"];
      if (member5 !== undefined) {
        if (!(typeof member5 === "string")) return false;
        keys++;
      }
      const member6 = value["triggers"];
      if (member6 !== undefined) {
        if (!(typeof member6 === "string")) return false;
        keys++;
      }
      const member7 = value["betweenTriggers"];
      if (member7 !== undefined) {
        if (!(typeof member7 === "string")) return false;
        keys++;
      }
      const member8 = value["betweenSentences"];
      if (member8 !== undefined) {
        if (!(typeof member8 === "string")) return false;
        keys++;
      }
      const member9 = value["further"];
      if (member9 !== undefined) {
        if (!(typeof member9 === "string")) return false;
        keys++;
      }
      const member10 = value["furtherWhen"];
      if (member10 !== undefined) {
        if (!(typeof member10 === "string")) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["should","may","references","readWhen","contents","betweenTitles","triggers","betweenTriggers","betweenSentences","further","furtherWhen"]));
    };
    const isObject9 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !(typeof key === "string")) return false;
        const other = value[key];
        if (!(typeof other === "string" && other.length >= 1)) return false;
      }
      return true;
    };
    const isList10 = (list: unknown) => {
      if (!Array.isArray(list)) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(((typeof item === "string" && item.length >= 1) || checks.isCheck?.(item) === true))) return false;
      }
      return true;
    };
    const isObject8 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 0;
      const member0 = value["off"];
      if (member0 !== undefined) {
        if (!isObject9(member0)) return false;
        keys++;
      }
      const member1 = value["use"];
      if (member1 !== undefined) {
        if (!isList10(member1)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["off","use"]));
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 0;
      const member0 = value["$schema"];
      if (member0 !== undefined) {
        if (!(typeof member0 === "string")) return false;
        keys++;
      }
      const member1 = value["personas"];
      if (member1 !== undefined) {
        if (!isList1(member1)) return false;
        keys++;
      }
      const member2 = value["targets"];
      if (member2 !== undefined) {
        if (!isList6(member2)) return false;
        keys++;
      }
      const member3 = value["out"];
      if (member3 !== undefined) {
        if (!(typeof member3 === "string" && member3.length >= 1)) return false;
        keys++;
      }
      const member4 = value["language"];
      if (member4 !== undefined) {
        if (!(member4 === "en" || member4 === "de" || member4 === "es" || member4 === "fr" || member4 === "ja" || member4 === "zh")) return false;
        keys++;
      }
      const member5 = value["phrases"];
      if (member5 !== undefined) {
        if (!isObject7(member5)) return false;
        keys++;
      }
      const member6 = value["checks"];
      if (member6 !== undefined) {
        if (!isObject8(member6)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["$schema","personas","targets","out","language","phrases","checks"]));
    };
    return (value) => isObject0(value);
  },
  "document": ({ checks, inOrder }) => {
    let last1: string | undefined;
    const matches1 = (text: string) => {
      if (text === last1) return true;
      if (!/^[\w.+-]{1,128}$/u.test(text)) return false;
      last1 = text;
      return true;
    };
    const isList2 = (list: unknown) => {
      if (!Array.isArray(list) || list.length > 1000) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(typeof item === "string")) return false;
      }
      return true;
    };
    const isObject4 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 4;
      const member0 = value["context"];
      if (!(typeof member0 === "string")) return false;
      const member1 = value["user"];
      if (!(typeof member1 === "string")) return false;
      const member2 = value["assistant"];
      if (!(typeof member2 === "string")) return false;
      const member3 = value["commentary"];
      if (!(typeof member3 === "string")) return false;
      for (const key in value) {
        if (key === "context" || key === "user" || key === "assistant" || key === "commentary") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["context","user","assistant","commentary"]));
    };
    const isList3 = (list: unknown) => {
      if (!Array.isArray(list) || list.length > 1000) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!isObject4(item)) return false;
      }
      return true;
    };
    let last5: string | undefined;
    const matches5 = (text: string) => {
      if (text === last5) return true;
      if (!/^[^\n\r]*$/u.test(text)) return false;
      last5 = text;
      return true;
    };
    const isList6 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 1 || list.length > 1000) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(item === "read" || item === "search" || item === "edit" || item === "shell" || item === "web" || item === "spawn")) return false;
      }
      return true;
    };
    let last8: string | undefined;
    const matches8 = (text: string) => {
      if (text === last8) return true;
      if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u.test(text)) return false;
      last8 = text;
      return true;
    };
    let last10: string | undefined;
    const matches10 = (text: string) => {
      if (text === last10) return true;
      if (!/^[\w*@/:.-]{1,200}(?:\([^()\p{C}\p{Zl}\p{Zp}]{1,200}\))?$/u.test(text)) return false;
      last10 = text;
      return true;
    };
    const isList9 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 1 || list.length > 1000) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!((typeof item === "string" && matches10(item)))) return false;
      }
      return true;
    };
    const isObject7 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !((typeof key === "string" && matches8(key)))) return false;
        const other = value[key];
        if (!isList9(other)) return false;
      }
      return true;
    };
    const isList12 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 1 || list.length > 1000) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(typeof item === "string")) return false;
      }
      return true;
    };
    const isObject11 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !((typeof key === "string" && matches8(key)))) return false;
        const other = value[key];
        if (!isList12(other)) return false;
      }
      return true;
    };
    let last15: string | undefined;
    const matches15 = (text: string) => {
      if (text === last15) return true;
      if (!/^[A-Za-z][\w-]{0,99}$/u.test(text)) return false;
      last15 = text;
      return true;
    };
    const isObject14 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !((typeof key === "string" && matches15(key)))) return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return true;
    };
    const isObject13 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !((typeof key === "string" && matches8(key)))) return false;
        const other = value[key];
        if (!isObject14(other)) return false;
      }
      return true;
    };
    let last17: string | undefined;
    const matches17 = (text: string) => {
      if (text === last17) return true;
      if (!/^[\w-]+$/u.test(text)) return false;
      last17 = text;
      return true;
    };
    const isList16 = (list: unknown) => {
      if (!Array.isArray(list) || list.length > 1000) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!((typeof item === "string" && matches17(item)))) return false;
      }
      return true;
    };
    let last20: string | undefined;
    const matches20 = (text: string) => {
      if (text === last20) return true;
      if (!/^[\w.:/@-]+$/u.test(text)) return false;
      last20 = text;
      return true;
    };
    const isObject19 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !(typeof key === "string")) return false;
        const other = value[key];
        if (!((typeof other === "string" && matches20(other)))) return false;
      }
      return true;
    };
    const isObject18 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 1;
      const member0 = value["tier"];
      if (member0 !== undefined) {
        if (!(member0 === "fast" || member0 === "balanced" || member0 === "deep")) return false;
        keys++;
      }
      const member1 = value["exact"];
      if (!isObject19(member1)) return false;
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["tier","exact"]));
    };
    let last22: string | undefined;
    const matches22 = (text: string) => {
      if (text === last22) return true;
      if (!/^[^\s,'"]+$/u.test(text)) return false;
      last22 = text;
      return true;
    };
    const isList21 = (list: unknown) => {
      if (!Array.isArray(list) || list.length > 1000) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!((typeof item === "string" && matches22(item)))) return false;
      }
      return true;
    };
    const isObject25 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 1;
      const member0 = value["unit"];
      if (!((typeof member0 === "string" && matches8(member0)))) return false;
      const member1 = value["version"];
      if (member1 !== undefined) {
        if (!((typeof member1 === "string" && matches1(member1)))) return false;
        keys++;
      }
      const member2 = value["persona"];
      if (member2 !== undefined) {
        if (!((typeof member2 === "string" && matches5(member2)))) return false;
        keys++;
      }
      const member3 = value["editedBy"];
      if (member3 !== undefined) {
        if (!((typeof member3 === "string" && matches5(member3)))) return false;
        keys++;
      }
      const member4 = value["verbatim"];
      if (member4 !== undefined) {
        if (!(false)) return false;
        keys++;
      }
      for (const key in value) {
        if (key === "unit" || key === "version" || key === "persona" || key === "editedBy" || key === "verbatim") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["unit","version","persona","editedBy","verbatim"]));
    };
    const isObject28 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["unit"];
      if (!((typeof member0 === "string" && matches8(member0)))) return false;
      const member1 = value["version"];
      if (member1 !== undefined) {
        if (!((typeof member1 === "string" && matches1(member1)))) return false;
        keys++;
      }
      const member2 = value["persona"];
      if (member2 !== undefined) {
        if (!((typeof member2 === "string" && matches5(member2)))) return false;
        keys++;
      }
      const member3 = value["editedBy"];
      if (member3 !== undefined) {
        if (!((typeof member3 === "string" && matches5(member3)))) return false;
        keys++;
      }
      const member4 = value["verbatim"];
      if (member4 !== undefined) {
        if (!(false)) return false;
        keys++;
      }
      const member5 = value["rule"];
      if (!(typeof member5 === "string")) return false;
      for (const key in value) {
        if (key === "unit" || key === "version" || key === "persona" || key === "editedBy" || key === "verbatim" || key === "rule") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["unit","version","persona","editedBy","verbatim","rule"]));
    };
    const isObject29 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return true;
    };
    const isObject27 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 1;
      const member0 = value["origin"];
      if (!isObject28(member0)) return false;
      const member1 = value["base"];
      if (member1 !== undefined) {
        if (!((isObject29(member1) && checks.isEntry?.(member1) === true))) return false;
        keys++;
      }
      for (const key in value) {
        if (key === "origin" || key === "base") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["origin","base"]));
    };
    const isList26 = (list: unknown) => {
      if (!Array.isArray(list) || list.length > 5000) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!((isObject27(item) && checks.isEntry?.(item) === true))) return false;
      }
      return true;
    };
    const isObject24 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 4;
      const member0 = value["title"];
      if (!(typeof member0 === "string")) return false;
      const member1 = value["depth"];
      if (member1 !== undefined) {
        if (!((typeof member1 === "number" && Number.isSafeInteger(member1) && member1 >= 1 && member1 <= 6))) return false;
        keys++;
      }
      const member2 = value["blank"];
      if (member2 !== undefined) {
        if (!((typeof member2 === "number" && Number.isSafeInteger(member2) && member2 >= 0 && member2 <= 20))) return false;
        keys++;
      }
      const member3 = value["blankWithin"];
      if (member3 !== undefined) {
        if (!((typeof member3 === "number" && Number.isSafeInteger(member3) && member3 >= 0 && member3 <= 20))) return false;
        keys++;
      }
      const member4 = value["list"];
      if (!(member4 === "bullets" || member4 === "checklist" || member4 === "steps" || member4 === "asWritten")) return false;
      const member5 = value["origin"];
      if (!isObject25(member5)) return false;
      const member6 = value["entries"];
      if (!isList26(member6)) return false;
      for (const key in value) {
        if (key === "title" || key === "depth" || key === "blank" || key === "blankWithin" || key === "list" || key === "origin" || key === "entries") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["title","depth","blank","blankWithin","list","origin","entries"]));
    };
    const isList23 = (list: unknown) => {
      if (!Array.isArray(list) || list.length > 1000) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!((isObject24(item) && checks.listsItsEntries?.(item) === true))) return false;
      }
      return true;
    };
    const isList33 = (list: unknown) => {
      if (!Array.isArray(list)) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(item === "\n" || item === "\r\n" || item === "\r")) return false;
      }
      return true;
    };
    const isObject32 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 3;
      const member0 = value["head"];
      if (!(typeof member0 === "string")) return false;
      const member1 = value["eol"];
      if (member1 === undefined || !(((member1 === "\n" || member1 === "\r\n" || member1 === "\r") || isList33(member1)))) return false;
      const member2 = value["tail"];
      if (!(typeof member2 === "string")) return false;
      const member3 = value["raw"];
      if (member3 !== undefined) {
        if (!(typeof member3 === "string")) return false;
        keys++;
      }
      for (const key in value) {
        if (key === "head" || key === "eol" || key === "tail" || key === "raw") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["head","eol","tail","raw"]));
    };
    const isObject31 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 4;
      const member0 = value["id"];
      if (!((typeof member0 === "string" && checks.isFileId?.(member0) === true))) return false;
      const member1 = value["title"];
      if (!((typeof member1 === "string" && matches5(member1)))) return false;
      const member2 = value["when"];
      if (!((typeof member2 === "string" && matches5(member2)))) return false;
      const member3 = value["sections"];
      if (!isList23(member3)) return false;
      const member4 = value["source"];
      if (member4 !== undefined) {
        if (!isObject32(member4)) return false;
        keys++;
      }
      for (const key in value) {
        if (key === "id" || key === "title" || key === "when" || key === "sections" || key === "source") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["id","title","when","sections","source"]));
    };
    const isList30 = (list: unknown) => {
      if (!Array.isArray(list) || list.length > 200) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!isObject31(item)) return false;
      }
      return true;
    };
    const isObject34 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !(typeof key === "string")) return false;
        const other = value[key];
        if (!((typeof other === "string" || (typeof other === "number" && Number.isFinite(other)) || typeof other === "boolean"))) return false;
      }
      return true;
    };
    const isObject37 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 1;
      const member0 = value["origin"];
      if (!isObject28(member0)) return false;
      for (const key in value) {
        if (key === "origin") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["origin"]));
    };
    const isObject36 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 3;
      const member0 = value["path"];
      if (!(typeof member0 === "string")) return false;
      const member1 = value["reason"];
      if (!(typeof member1 === "string")) return false;
      const member2 = value["by"];
      if (!(typeof member2 === "string")) return false;
      const member3 = value["base"];
      if (member3 !== undefined) {
        if (!((isObject37(member3) && checks.isEntry?.(member3) === true))) return false;
        keys++;
      }
      for (const key in value) {
        if (key === "path" || key === "reason" || key === "by" || key === "base") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["path","reason","by","base"]));
    };
    const isList35 = (list: unknown) => {
      if (!Array.isArray(list)) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!isObject36(item)) return false;
      }
      return true;
    };
    const isList39 = (list: unknown) => {
      if (!Array.isArray(list)) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(typeof item === "string")) return false;
      }
      return true;
    };
    const isObject38 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 0;
      const member0 = value["dependencies"];
      if (member0 !== undefined) {
        if (!isList39(member0)) return false;
        keys++;
      }
      const member1 = value["files"];
      if (member1 !== undefined) {
        if (!isList39(member1)) return false;
        keys++;
      }
      for (const key in value) {
        if (key === "dependencies" || key === "files") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["dependencies","files"]));
    };
    const isObject40 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["id"];
      if (!((typeof member0 === "string" && matches8(member0)))) return false;
      const member1 = value["version"];
      if (!((typeof member1 === "string" && matches1(member1)))) return false;
      for (const key in value) {
        if (key === "id" || key === "version") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["id","version"]));
    };
    const isList41 = (list: unknown) => {
      if (!Array.isArray(list) || list.length > 1000) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!isObject40(item)) return false;
      }
      return true;
    };
    const isObject42 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !(typeof key === "string")) return false;
        const other = value[key];
        if (!(typeof other === "string")) return false;
      }
      return true;
    };
    const isObject45 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["field"];
      if (!(typeof member0 === "string")) return false;
      const member1 = value["text"];
      if (!(typeof member1 === "string")) return false;
      const member2 = value["restricts"];
      if (member2 !== undefined) {
        if (!(member2 === true)) return false;
        keys++;
      }
      for (const key in value) {
        if (key === "field" || key === "text" || key === "restricts") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["field","text","restricts"]));
    };
    const isList44 = (list: unknown) => {
      if (!Array.isArray(list) || list.length > 1000) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!isObject45(item)) return false;
      }
      return true;
    };
    const isObject43 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 5;
      const member0 = value["target"];
      if (!((typeof member0 === "string" && matches8(member0)))) return false;
      const member1 = value["head"];
      if (!(typeof member1 === "string")) return false;
      const member2 = value["eol"];
      if (member2 === undefined || !(((member2 === "\n" || member2 === "\r\n" || member2 === "\r") || isList33(member2)))) return false;
      const member3 = value["tail"];
      if (!(typeof member3 === "string")) return false;
      const member4 = value["raw"];
      if (member4 !== undefined) {
        if (!(typeof member4 === "string")) return false;
        keys++;
      }
      const member5 = value["carried"];
      if (!isList44(member5)) return false;
      for (const key in value) {
        if (key === "target" || key === "head" || key === "eol" || key === "tail" || key === "raw" || key === "carried") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["target","head","eol","tail","raw","carried"]));
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 13;
      const member0 = value["kind"];
      if (!(member0 === "document")) return false;
      const member1 = value["schemaVersion"];
      if (!(member1 === 1 || member1 === 2)) return false;
      const member2 = value["id"];
      if (!((typeof member2 === "string" && checks.isFileId?.(member2) === true))) return false;
      const member3 = value["version"];
      if (member3 !== undefined) {
        if (!((typeof member3 === "string" && matches1(member3)))) return false;
        keys++;
      }
      const member4 = value["title"];
      if (!(typeof member4 === "string")) return false;
      const member5 = value["description"];
      if (!(typeof member5 === "string")) return false;
      const member6 = value["triggers"];
      if (!isList2(member6)) return false;
      const member7 = value["examples"];
      if (!isList3(member7)) return false;
      const member8 = value["role"];
      if (!((typeof member8 === "string" && matches5(member8)))) return false;
      const member9 = value["language"];
      if (member9 !== undefined) {
        if (!((typeof member9 === "string" && matches5(member9)))) return false;
        keys++;
      }
      const member10 = value["phrases"];
      if (member10 !== undefined) {
        if (!(checks.isPhrases?.(member10) === true)) return false;
        keys++;
      }
      const member11 = value["tools"];
      if (member11 !== undefined) {
        if (!isList6(member11)) return false;
        keys++;
      }
      const member12 = value["exactTools"];
      if (member12 !== undefined) {
        if (!isObject7(member12)) return false;
        keys++;
      }
      const member13 = value["uncheckedTools"];
      if (member13 !== undefined) {
        if (!isObject7(member13)) return false;
        keys++;
      }
      const member14 = value["substitutions"];
      if (member14 !== undefined) {
        if (!isObject11(member14)) return false;
        keys++;
      }
      const member15 = value["fields"];
      if (member15 !== undefined) {
        if (!isObject13(member15)) return false;
        keys++;
      }
      const member16 = value["uncheckedFields"];
      if (member16 !== undefined) {
        if (!isObject13(member16)) return false;
        keys++;
      }
      const member17 = value["mcpServers"];
      if (!isList16(member17)) return false;
      const member18 = value["model"];
      if (member18 !== undefined) {
        if (!(((member18 === "fast" || member18 === "balanced" || member18 === "deep") || isObject18(member18)))) return false;
        keys++;
      }
      const member19 = value["color"];
      if (member19 !== undefined) {
        if (!(member19 === "red" || member19 === "blue" || member19 === "green" || member19 === "yellow" || member19 === "purple" || member19 === "orange" || member19 === "pink" || member19 === "cyan")) return false;
        keys++;
      }
      const member20 = value["paths"];
      if (member20 !== undefined) {
        if (!isList21(member20)) return false;
        keys++;
      }
      const member21 = value["sections"];
      if (!isList23(member21)) return false;
      const member22 = value["references"];
      if (!isList30(member22)) return false;
      const member23 = value["decisions"];
      if (!isObject34(member23)) return false;
      const member24 = value["dropped"];
      if (!isList35(member24)) return false;
      const member25 = value["appliesTo"];
      if (member25 !== undefined) {
        if (!isObject38(member25)) return false;
        keys++;
      }
      const member26 = value["extends"];
      if (member26 !== undefined) {
        if (!isObject40(member26)) return false;
        keys++;
      }
      const member27 = value["includes"];
      if (member27 !== undefined) {
        if (!isList41(member27)) return false;
        keys++;
      }
      const member28 = value["renamed"];
      if (member28 !== undefined) {
        if (!isObject42(member28)) return false;
        keys++;
      }
      const member29 = value["source"];
      if (member29 !== undefined) {
        if (!isObject43(member29)) return false;
        keys++;
      }
      for (const key in value) {
        if (key === "kind" || key === "schemaVersion" || key === "id" || key === "version" || key === "title" || key === "description" || key === "triggers" || key === "examples" || key === "role" || key === "language" || key === "phrases" || key === "tools" || key === "exactTools" || key === "uncheckedTools" || key === "substitutions" || key === "fields" || key === "uncheckedFields" || key === "mcpServers" || key === "model" || key === "color" || key === "paths" || key === "sections" || key === "references" || key === "decisions" || key === "dropped" || key === "appliesTo" || key === "extends" || key === "includes" || key === "renamed" || key === "source") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["kind","schemaVersion","id","version","title","description","triggers","examples","role","language","phrases","tools","exactTools","uncheckedTools","substitutions","fields","uncheckedFields","mcpServers","model","color","paths","sections","references","decisions","dropped","appliesTo","extends","includes","renamed","source"]));
    };
    return (value) => isObject0(value);
  },
  "lockfile": ({ checks, inOrder }) => {
    let last3: string | undefined;
    const matches3 = (text: string) => {
      if (text === last3) return true;
      if (!/^[\w.+-]{1,128}$/u.test(text)) return false;
      last3 = text;
      return true;
    };
    let last4: string | undefined;
    const matches4 = (text: string) => {
      if (text === last4) return true;
      if (!/^(?:@[A-Za-z0-9~][\w.~-]*\/)?[A-Za-z0-9~][\w.~-]*$/u.test(text)) return false;
      last4 = text;
      return true;
    };
    let last5: string | undefined;
    const matches5 = (text: string) => {
      if (text === last5) return true;
      if (!/^(?:\.{1,2}$|(?:\.{1,2}\/|\/|[A-Za-z]:)[^\p{Cc}]+$)/u.test(text)) return false;
      last5 = text;
      return true;
    };
    let last6: string | undefined;
    const matches6 = (text: string) => {
      if (text === last6) return true;
      if (!/^git [@\w./~-]+$/u.test(text)) return false;
      last6 = text;
      return true;
    };
    let last7: string | undefined;
    const matches7 = (text: string) => {
      if (text === last7) return true;
      if (!/^[0-9a-f]{64}$/u.test(text)) return false;
      last7 = text;
      return true;
    };
    let last8: string | undefined;
    const matches8 = (text: string) => {
      if (text === last8) return true;
      if (!/^[\w.@+-]{1,256}$/u.test(text)) return false;
      last8 = text;
      return true;
    };
    let last10: string | undefined;
    const matches10 = (text: string) => {
      if (text === last10) return true;
      if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u.test(text)) return false;
      last10 = text;
      return true;
    };
    const isObject9 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !((typeof key === "string" && matches10(key)))) return false;
        const other = value[key];
        if (!((typeof other === "string" && matches3(other)))) return false;
      }
      return true;
    };
    let last13: string | undefined;
    const matches13 = (text: string) => {
      if (text === last13) return true;
      if (!/^[\w-]{10}\d\S+(?: [\w-]{10}\d\S+)*$/u.test(text)) return false;
      last13 = text;
      return true;
    };
    const isObject12 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !((typeof key === "string" && matches10(key)))) return false;
        const other = value[key];
        if (!((typeof other === "string" && matches13(other)))) return false;
      }
      return true;
    };
    let last14: string | undefined;
    const matches14 = (text: string) => {
      if (text === last14) return true;
      if (!/^(?:[\w-]{10}\S+(?: [\w-]{10}\S+)*)?$/u.test(text)) return false;
      last14 = text;
      return true;
    };
    const isObject11 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["rules"];
      if (!isObject12(member0)) return false;
      const member1 = value["about"];
      if (!((typeof member1 === "string" && matches14(member1)))) return false;
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["rules","about"]));
    };
    const isObject2 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 1;
      const member0 = value["version"];
      if (member0 !== undefined) {
        if (!((typeof member0 === "string" && matches3(member0)))) return false;
        keys++;
      }
      const member1 = value["package"];
      if (member1 !== undefined) {
        if (!(((typeof member1 === "string" && matches4(member1)) || (typeof member1 === "string" && matches5(member1)) || (typeof member1 === "string" && matches6(member1))))) return false;
        keys++;
      }
      const member2 = value["document"];
      if (member2 !== undefined) {
        if (!((typeof member2 === "string" && matches7(member2)))) return false;
        keys++;
      }
      const member3 = value["extends"];
      if (member3 !== undefined) {
        if (!((typeof member3 === "string" && matches8(member3)))) return false;
        keys++;
      }
      const member4 = value["includes"];
      if (member4 !== undefined) {
        if (!isObject9(member4)) return false;
        keys++;
      }
      const member5 = value["fragments"];
      if (!isObject9(member5)) return false;
      const member6 = value["published"];
      if (member6 !== undefined) {
        if (!isObject11(member6)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["version","package","document","extends","includes","fragments","published"]));
    };
    const isObject1 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !((typeof key === "string" && checks.isPersonaId?.(key) === true))) return false;
        const other = value[key];
        if (!isObject2(other)) return false;
      }
      return true;
    };
    const isList17 = (list: unknown) => {
      if (!Array.isArray(list)) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!((typeof item === "string" && matches10(item)))) return false;
      }
      return true;
    };
    let last18: string | undefined;
    const matches18 = (text: string) => {
      if (text === last18) return true;
      if (!/^(?:\r?\n){0,2}$/u.test(text)) return false;
      last18 = text;
      return true;
    };
    let last19: string | undefined;
    const matches19 = (text: string) => {
      if (text === last19) return true;
      if (!/^git:[0-9a-f]{40,64}$/u.test(text)) return false;
      last19 = text;
      return true;
    };
    const isObject16 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 3;
      const member0 = value["sha256"];
      if (!((typeof member0 === "string" && matches7(member0)))) return false;
      const member1 = value["targets"];
      if (!isList17(member1)) return false;
      const member2 = value["persona"];
      if (member2 === undefined || !(((typeof member2 === "string" && checks.isPersonaId?.(member2) === true) || member2 === "*"))) return false;
      const member3 = value["gap"];
      if (member3 !== undefined) {
        if (!((typeof member3 === "string" && matches18(member3)))) return false;
        keys++;
      }
      const member4 = value["original"];
      if (member4 !== undefined) {
        if (!(((typeof member4 === "string" && matches19(member4)) || ((typeof member4 === "string" && member4.length <= 1024) && checks.isProjectPath?.(member4) === true)))) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["sha256","targets","persona","gap","original"]));
    };
    const isObject15 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !(((typeof key === "string" && key.length <= 1024) && checks.isKey?.(key) === true))) return false;
        const other = value[key];
        if (!isObject16(other)) return false;
      }
      return true;
    };
    const isList20 = (list: unknown) => {
      if (!Array.isArray(list)) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(((typeof item === "string" && item.length <= 1024) && checks.isKey?.(item) === true))) return false;
      }
      return true;
    };
    const isList21 = (list: unknown) => {
      if (!Array.isArray(list)) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(((typeof item === "string" && item.length <= 1024) && checks.isProjectPath?.(item) === true))) return false;
      }
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 5;
      const member0 = value["schemaVersion"];
      if (!(member0 === 1)) return false;
      const member1 = value["personas"];
      if (!isObject1(member1)) return false;
      const member2 = value["artifacts"];
      if (!isObject15(member2)) return false;
      const member3 = value["ejected"];
      if (!isList20(member3)) return false;
      const member4 = value["folders"];
      if (!isList21(member4)) return false;
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["schemaVersion","personas","artifacts","ejected","folders"]));
    };
    return (value) => isObject0(value);
  },
  "packed-document": ({ inOrder }) => {
    let last3: string | undefined;
    const matches3 = (text: string) => {
      if (text === last3) return true;
      if (!/^(?!\/)(?!.*\.\.)[\w./-]+$/u.test(text)) return false;
      last3 = text;
      return true;
    };
    const isObject2 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["path"];
      if (!((typeof member0 === "string" && matches3(member0)))) return false;
      const member1 = value["sha256"];
      if (!(typeof member1 === "string")) return false;
      for (const key in value) {
        if (key === "path" || key === "sha256") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["path","sha256"]));
    };
    const isList1 = (list: unknown) => {
      if (!Array.isArray(list) || list.length > 202) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!isObject2(item)) return false;
      }
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["files"];
      if (!isList1(member0)) return false;
      const member1 = value["sha256"];
      if (!(typeof member1 === "string")) return false;
      for (const key in value) {
        if (key === "files" || key === "sha256") {
          keys--;
          continue;
        }
        if (key === "__proto__") return false;
        const other = value[key];
        if (!((typeof other !== "object" || isShallow(other)))) return false;
      }
      return keys === 0 && (!inOrder || isInOrder(value, ["files","sha256"]));
    };
    return (value) => isObject0(value);
  },
  "place": () => {
    const isList0 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 3 || list.length > 3) return false;
      if (list.length > 0 && !((typeof list[0] === "number" && Number.isSafeInteger(list[0]) && list[0] >= 0 && list[0] <= 9007199254740991))) return false;
      if (list.length > 1 && !((typeof list[1] === "number" && Number.isSafeInteger(list[1]) && list[1] >= -9007199254740991 && list[1] <= 9007199254740991))) return false;
      if (list.length > 2 && !((typeof list[2] === "number" && Number.isSafeInteger(list[2]) && list[2] >= 0 && list[2] <= 9007199254740991))) return false;
      return list.length <= 3;
    };
    return (value) => isList0(value);
  },
};
