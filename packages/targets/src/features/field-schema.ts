import type { FieldValue } from "@personakit/core";

/** What a field may hold: the part of JSON Schema that fields need. */
export type FieldSchema =
  | { readonly type: "boolean" }
  | { readonly type: "string"; readonly pattern?: string; readonly minLength?: number; readonly maxLength?: number }
  | { readonly type: "integer" | "number"; readonly minimum?: number; readonly maximum?: number }
  | { readonly enum: readonly (string | boolean)[] }
  | { readonly type: "array"; readonly items: FieldSchema; readonly minItems?: number }
  | { readonly type: "object"; readonly additionalProperties: FieldSchema }
  | {
      readonly type: "object";
      readonly properties: { readonly [name: string]: FieldSchema };
      readonly required: readonly string[];
      readonly additionalProperties: false;
    }
  | { readonly anyOf: readonly FieldSchema[] }
  | { readonly [keyword: string]: never };

/** A text with something in it. */
export const text: FieldSchema = { type: "string", minLength: 1 };

/** True or false. */
export const flag: FieldSchema = { type: "boolean" };

/** A whole number from 1 up. */
export const count: FieldSchema = { type: "integer", minimum: 1 };

/** Plain data of any shape, which only the tool can check. */
export const data: FieldSchema = {};

/** A list of texts. */
export const texts: FieldSchema = { type: "array", items: text, minItems: 1 };

/** Names and what is known by them. */
export const map: FieldSchema = { type: "object", additionalProperties: data };

/** One of several words. */
export function oneOf(...words: readonly (string | boolean)[]): FieldSchema {
  return { enum: words };
}

/** One of several forms. */
export function either(...forms: readonly FieldSchema[]): FieldSchema {
  return { anyOf: forms };
}

/** A list of one form. */
export function listOf(items: FieldSchema): FieldSchema {
  return { type: "array", items };
}

/** A map whose values have one form. */
export function mapOf(values: FieldSchema): FieldSchema {
  return { type: "object", additionalProperties: values };
}

/** An object of these keys and no others; `required` ones must be there. */
export function shape(
  properties: { readonly [name: string]: FieldSchema },
  required: readonly string[] = [],
): FieldSchema {
  return { type: "object", properties, required, additionalProperties: false };
}

/** The type of what a schema takes, as TypeScript writes it. It is read by people, too. */
export function typeOf(schema: FieldSchema): string {
  if ("enum" in schema) return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
  if ("anyOf" in schema) return schema.anyOf.map(typeOf).join(" | ");
  if ("items" in schema) {
    const items = typeOf(schema.items);
    return `readonly ${/^(?:\w+|\{.*\})$/.test(items) ? items : `(${items})`}[]`;
  }
  if ("properties" in schema) {
    const members = Object.entries(schema.properties).map(([name, member]) => {
      return `readonly ${propertyName(name)}${schema.required.includes(name) ? "" : "?"}: ${typeOf(member)}`;
    });
    return `{ ${members.join("; ")} }`;
  }
  if ("additionalProperties" in schema) return `{ readonly [name: string]: ${typeOf(schema.additionalProperties)} }`;
  if (!("type" in schema)) return "FieldValue";
  return schema.type === "integer" ? "number" : schema.type;
}

/** A name as TypeScript writes it in front of a colon. */
export function propertyName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

/** What a schema takes, as a sentence goes on after "Expected". */
export function wordsFor(schema: FieldSchema): string {
  if ("anyOf" in schema) return schema.anyOf.map(wordsFor).join(", or ");
  if ("enum" in schema) return `one of ${schema.enum.map((word) => JSON.stringify(word)).join(", ")}`;
  if ("items" in schema) return `a list, each item ${wordsFor(schema.items)}`;
  if (!("type" in schema)) return "plain data";
  if (schema.type === "boolean") return "true or false";
  if (schema.type === "object") return `an object of the form ${typeOf(schema)}`;
  if (schema.type === "string") {
    const most = schema.maxLength === undefined ? "" : ` of at most ${schema.maxLength} characters`;
    return `a text${most}${schema.pattern === undefined ? "" : ` that matches ${schema.pattern}`}`;
  }
  const { minimum, maximum } = schema;
  const from = minimum === undefined ? "" : ` from ${minimum}`;
  const to = maximum === undefined ? "" : ` to ${maximum}`;
  return `${schema.type === "integer" ? "a whole number" : "a number"}${from}${to}`;
}

/** The words that a schema knows, for proposals. */
export function wordsIn(schema: FieldSchema): readonly string[] {
  if ("enum" in schema) return schema.enum.map(String);
  return "anyOf" in schema ? schema.anyOf.flatMap(wordsIn) : [];
}

/** A value as a list: what tools take as a list, they often take as one text with commas or spaces, too. */
export function itemsOf(value: FieldValue): readonly string[] {
  if (typeof value === "string") return value.split(/[,\s]+(?![^(]*\))/).filter((item) => item !== "");
  if (Array.isArray(value)) return value.map((item) => (typeof item === "string" ? item : JSON.stringify(item)));
  return typeof value === "object"
    ? Object.entries(value).map(([key, inner]) => `${key}: ${JSON.stringify(inner)}`)
    : [JSON.stringify(value)];
}
