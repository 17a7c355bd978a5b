import { example, section } from "@personakit/core";
import { expect, test } from "vitest";
import { compiled, main, rules } from "../compile.testing.ts";
import { blockMarker } from "../files/block.ts";

test("is a block named after the persona, in a file that Codex cuts", () => {
  expect(compiled("agents-md").artifacts[0]).toMatchObject({
    path: "AGENTS.md",
    block: "dev",
    fileLimit: { bytes: 32_768 },
  });
});

test("does not import packages", () => {
  const text = main("agents-md", { use: rules("Use @aws-sdk/client-s3 and `@types/node`, mail a@b.c.") });
  expect(text).toContain("Use `@aws-sdk/client-s3` and `@types/node`, mail a@b.c.");
});

test.each([blockMarker("begin", "dev"), blockMarker("end", "other")])(
  "refuses a line that would begin or end a block: %s",
  (marker) => {
    const code = (text: string) => [section({ id: "code", title: "Code", rules: { a: example("md", text) } })];
    expect(() => compiled("agents-md", { use: code(`a\n${marker}\nb`) })).toThrow(
      'persona "dev", target agents-md: one of its lines is a block marker. Indent that line.',
    );
    expect(() => compiled("agents-md", { use: code(`a\n ${marker}\nb`) })).not.toThrow();
  },
);
