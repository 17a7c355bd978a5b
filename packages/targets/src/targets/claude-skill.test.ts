import { example, section } from "@personakit/core";
import { expect, test } from "vitest";
import { main, rules } from "../compile.testing.ts";

test("keeps Claude Code from running or filling in the text", () => {
  const code = section({ id: "code", title: "Code", rules: { a: example("sh", 'echo "$1 $ARGUMENTS $HOME"') } });
  const shell = section({ id: "shell", title: "Shell", rules: { a: example("!", "ls") } });
  const text = main("claude-skill", { use: [...rules("Run !`ls` now, and mind `a!` here."), code, shell] });
  expect(text).toContain("Run ! `ls` now, and mind `a!` here.");
  expect(text).toContain("``` !\nls");
  expect(text).toContain('echo "\\$1 \\$ARGUMENTS $HOME"');
});
