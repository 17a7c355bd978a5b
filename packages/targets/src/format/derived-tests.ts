// Written by `pnpm sync` from the schemas of zod: it says yes to a value in their place.
import { isInOrder, isPlainObject, type TestMaker } from "@personakit/core/internal";

export const tests: { readonly [schema: string]: TestMaker } = {
  "agent-skill": ({ inOrder }) => {
    let last1: string | undefined;
    const matches1 = (text: string) => {
      if (text === last1) return true;
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(text)) return false;
      last1 = text;
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["name"];
      if (!((typeof member0 === "string" && member0.length <= 64 && matches1(member0)))) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1 && member1.length <= 1024)) return false;
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description"]));
    };
    return (value) => isObject0(value);
  },
  "agents-dir": ({ inOrder }) => {
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["name"];
      if (!(typeof member0 === "string" && member0.length >= 1)) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description"]));
    };
    return (value) => isObject0(value);
  },
  "claude-agent": ({ inOrder }) => {
    let last1: string | undefined;
    const matches1 = (text: string) => {
      if (text === last1) return true;
      if (!/^[a-z][a-z0-9-]*$/u.test(text)) return false;
      last1 = text;
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["name"];
      if (!((typeof member0 === "string" && matches1(member0)))) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      const member2 = value["tools"];
      if (member2 !== undefined) {
        if (!(typeof member2 === "string" && member2.length >= 1)) return false;
        keys++;
      }
      const member3 = value["model"];
      if (member3 !== undefined) {
        if (!(typeof member3 === "string" && member3.length >= 1)) return false;
        keys++;
      }
      const member4 = value["color"];
      if (member4 !== undefined) {
        if (!(member4 === "red" || member4 === "blue" || member4 === "green" || member4 === "yellow" || member4 === "purple" || member4 === "orange" || member4 === "pink" || member4 === "cyan")) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","tools","model","color"]));
    };
    return (value) => isObject0(value);
  },
  "claude-marketplace": ({ inOrder }) => {
    let last1: string | undefined;
    const matches1 = (text: string) => {
      if (text === last1) return true;
      if (!/^[a-z0-9-]+$/u.test(text)) return false;
      last1 = text;
      return true;
    };
    const isObject2 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 1;
      const member0 = value["name"];
      if (!(typeof member0 === "string" && member0.length >= 1)) return false;
      for (const _ in value) keys--;
      return keys === 0;
    };
    let last5: string | undefined;
    const matches5 = (text: string) => {
      if (text === last5) return true;
      if (!/^\.\//u.test(text)) return false;
      last5 = text;
      return true;
    };
    const isObject4 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 4;
      const member0 = value["name"];
      if (!((typeof member0 === "string" && matches1(member0)))) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      const member2 = value["author"];
      if (!isObject2(member2)) return false;
      const member3 = value["version"];
      if (member3 !== undefined) {
        if (!(typeof member3 === "string" && member3.length >= 1)) return false;
        keys++;
      }
      const member4 = value["source"];
      if (!((typeof member4 === "string" && matches5(member4)))) return false;
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","author","version","source"]));
    };
    const isList3 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 1) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!isObject4(item)) return false;
      }
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 4;
      const member0 = value["name"];
      if (!((typeof member0 === "string" && matches1(member0)))) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      const member2 = value["owner"];
      if (!isObject2(member2)) return false;
      const member3 = value["plugins"];
      if (!isList3(member3)) return false;
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","owner","plugins"]));
    };
    return (value) => isObject0(value);
  },
  "claude-output-style": ({ inOrder }) => {
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 3;
      const member0 = value["name"];
      if (!(typeof member0 === "string" && member0.length >= 1)) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      const member2 = value["keep-coding-instructions"];
      if (!(typeof member2 === "boolean")) return false;
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","keep-coding-instructions"]));
    };
    return (value) => isObject0(value);
  },
  "claude-plugin": ({ inOrder }) => {
    let last1: string | undefined;
    const matches1 = (text: string) => {
      if (text === last1) return true;
      if (!/^[a-z0-9-]+$/u.test(text)) return false;
      last1 = text;
      return true;
    };
    const isObject2 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 1;
      const member0 = value["name"];
      if (!(typeof member0 === "string" && member0.length >= 1)) return false;
      for (const _ in value) keys--;
      return keys === 0;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 3;
      const member0 = value["name"];
      if (!((typeof member0 === "string" && matches1(member0)))) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      const member2 = value["author"];
      if (!isObject2(member2)) return false;
      const member3 = value["version"];
      if (member3 !== undefined) {
        if (!(typeof member3 === "string" && member3.length >= 1)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","author","version"]));
    };
    return (value) => isObject0(value);
  },
  "claude-rule": () => {
    const isList1 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 1) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(typeof item === "string" && item.length >= 1)) return false;
      }
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 0;
      const member0 = value["paths"];
      if (member0 !== undefined) {
        if (!isList1(member0)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0;
    };
    return (value) => isObject0(value);
  },
  "claude-skill": ({ inOrder }) => {
    let last1: string | undefined;
    const matches1 = (text: string) => {
      if (text === last1) return true;
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(text)) return false;
      last1 = text;
      return true;
    };
    let last2: string | undefined;
    const matches2 = (text: string) => {
      if (text === last2) return true;
      if (!/^(?!.*(?:anthropic|claude))/u.test(text)) return false;
      last2 = text;
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["name"];
      if (!(((typeof member0 === "string" && member0.length <= 64) && (typeof member0 === "string" && matches1(member0)) && (typeof member0 === "string" && matches2(member0))))) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1 && member1.length <= 1024)) return false;
      const member2 = value["disallowed-tools"];
      if (member2 !== undefined) {
        if (!(typeof member2 === "string" && member2.length >= 1)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","disallowed-tools"]));
    };
    return (value) => isObject0(value);
  },
  "codex-agent": ({ inOrder }) => {
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 3;
      const member0 = value["name"];
      if (!(typeof member0 === "string" && member0.length >= 1)) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      const member2 = value["model"];
      if (member2 !== undefined) {
        if (!(typeof member2 === "string" && member2.length >= 1)) return false;
        keys++;
      }
      const member3 = value["model_reasoning_effort"];
      if (member3 !== undefined) {
        if (!(member3 === "low" || member3 === "medium" || member3 === "high")) return false;
        keys++;
      }
      const member4 = value["sandbox_mode"];
      if (member4 !== undefined) {
        if (!(member4 === "read-only")) return false;
        keys++;
      }
      const member5 = value["web_search"];
      if (member5 !== undefined) {
        if (!(member5 === "disabled")) return false;
        keys++;
      }
      const member6 = value["developer_instructions"];
      if (!(typeof member6 === "string" && member6.length >= 1)) return false;
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","model","model_reasoning_effort","sandbox_mode","web_search","developer_instructions"]));
    };
    return (value) => isObject0(value);
  },
  "copilot-agent": ({ inOrder }) => {
    const isList1 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 1) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(typeof item === "string" && item.length >= 1)) return false;
      }
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["name"];
      if (!(typeof member0 === "string" && member0.length >= 1)) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      const member2 = value["tools"];
      if (member2 !== undefined) {
        if (!isList1(member2)) return false;
        keys++;
      }
      const member3 = value["model"];
      if (member3 !== undefined) {
        if (!(typeof member3 === "string" && member3.length >= 1)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","tools","model"]));
    };
    return (value) => isObject0(value);
  },
  "copilot-instructions": ({ inOrder }) => {
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["name"];
      if (!(typeof member0 === "string" && member0.length >= 1)) return false;
      const member1 = value["description"];
      if (member1 !== undefined) {
        if (!(typeof member1 === "string" && member1.length >= 1)) return false;
        keys++;
      }
      const member2 = value["applyTo"];
      if (!(typeof member2 === "string" && member2.length >= 1)) return false;
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","applyTo"]));
    };
    return (value) => isObject0(value);
  },
  "cursor-agent": ({ inOrder }) => {
    let last1: string | undefined;
    const matches1 = (text: string) => {
      if (text === last1) return true;
      if (!/^[a-z0-9-]+$/u.test(text)) return false;
      last1 = text;
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["name"];
      if (!((typeof member0 === "string" && matches1(member0)))) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      const member2 = value["model"];
      if (member2 !== undefined) {
        if (!(typeof member2 === "string" && member2.length >= 1)) return false;
        keys++;
      }
      const member3 = value["readonly"];
      if (member3 !== undefined) {
        if (!(member3 === true)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","model","readonly"]));
    };
    return (value) => isObject0(value);
  },
  "cursor-rule": ({ inOrder }) => {
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 1;
      const member0 = value["description"];
      if (member0 !== undefined) {
        if (!(typeof member0 === "string" && member0.length >= 1)) return false;
        keys++;
      }
      const member1 = value["alwaysApply"];
      if (!(member1 === false)) return false;
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["description","alwaysApply"]));
    };
    return (value) => isObject0(value);
  },
  "gemini-agent": ({ inOrder }) => {
    let last1: string | undefined;
    const matches1 = (text: string) => {
      if (text === last1) return true;
      if (!/^[a-z0-9-_]+$/u.test(text)) return false;
      last1 = text;
      return true;
    };
    const isList2 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 1) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(typeof item === "string" && item.length >= 1)) return false;
      }
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["name"];
      if (!((typeof member0 === "string" && matches1(member0)))) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      const member2 = value["tools"];
      if (member2 !== undefined) {
        if (!isList2(member2)) return false;
        keys++;
      }
      const member3 = value["model"];
      if (member3 !== undefined) {
        if (!(typeof member3 === "string" && member3.length >= 1)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","tools","model"]));
    };
    return (value) => isObject0(value);
  },
  "kiro-agent": ({ inOrder }) => {
    const isList1 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 1) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(typeof item === "string" && item.length >= 1)) return false;
      }
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["name"];
      if (!(typeof member0 === "string" && member0.length >= 1)) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      const member2 = value["tools"];
      if (member2 !== undefined) {
        if (!isList1(member2)) return false;
        keys++;
      }
      const member3 = value["model"];
      if (member3 !== undefined) {
        if (!(typeof member3 === "string" && member3.length >= 1)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","tools","model"]));
    };
    return (value) => isObject0(value);
  },
  "opencode-agent": ({ inOrder }) => {
    let last1: string | undefined;
    const matches1 = (text: string) => {
      if (text === last1) return true;
      if (!/^[^/]+\/.+$/u.test(text)) return false;
      last1 = text;
      return true;
    };
    let last2: string | undefined;
    const matches2 = (text: string) => {
      if (text === last2) return true;
      if (!/^#[0-9A-F]{6}$/u.test(text)) return false;
      last2 = text;
      return true;
    };
    const isObject3 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      for (const key in value) {
        if (key === "__proto__" || !(typeof key === "string")) return false;
        const other = value[key];
        if (!(other === "deny")) return false;
      }
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["description"];
      if (!(typeof member0 === "string" && member0.length >= 1)) return false;
      const member1 = value["mode"];
      if (!(member1 === "subagent")) return false;
      const member2 = value["model"];
      if (member2 !== undefined) {
        if (!((typeof member2 === "string" && matches1(member2)))) return false;
        keys++;
      }
      const member3 = value["color"];
      if (member3 !== undefined) {
        if (!((typeof member3 === "string" && matches2(member3)))) return false;
        keys++;
      }
      const member4 = value["permission"];
      if (member4 !== undefined) {
        if (!isObject3(member4)) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["description","mode","model","color","permission"]));
    };
    return (value) => isObject0(value);
  },
  "qwen-agent": ({ inOrder }) => {
    let last1: string | undefined;
    const matches1 = (text: string) => {
      if (text === last1) return true;
      if (!/^[a-z0-9-]+$/u.test(text)) return false;
      last1 = text;
      return true;
    };
    const isList2 = (list: unknown) => {
      if (!Array.isArray(list) || list.length < 1) return false;
      for (let at = 0; at < list.length; at++) {
        const item: unknown = list[at];
        if (!(typeof item === "string" && item.length >= 1)) return false;
      }
      return true;
    };
    const isObject0 = (value: unknown) => {
      if (!isPlainObject(value)) return false;
      let keys = 2;
      const member0 = value["name"];
      if (!((typeof member0 === "string" && member0.length >= 2 && member0.length <= 50 && matches1(member0)))) return false;
      const member1 = value["description"];
      if (!(typeof member1 === "string" && member1.length >= 1)) return false;
      const member2 = value["tools"];
      if (member2 !== undefined) {
        if (!isList2(member2)) return false;
        keys++;
      }
      const member3 = value["model"];
      if (member3 !== undefined) {
        if (!(typeof member3 === "string" && member3.length >= 1)) return false;
        keys++;
      }
      const member4 = value["color"];
      if (member4 !== undefined) {
        if (!(member4 === "red" || member4 === "blue" || member4 === "green" || member4 === "yellow" || member4 === "purple" || member4 === "orange" || member4 === "pink" || member4 === "cyan")) return false;
        keys++;
      }
      for (const _ in value) keys--;
      return keys === 0 && (!inOrder || isInOrder(value, ["name","description","tools","model","color"]));
    };
    return (value) => isObject0(value);
  },
};
