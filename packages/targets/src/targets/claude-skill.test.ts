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

test("leaves to Claude Code what the persona says, and never a command", () => {
  const words = "Take $ARGUMENTS, $ARGUMENTS[0], $1 and $12 of ${CLAUDE_SESSION_ID}, and !`ls`.";
  const leave = (...substitutions: string[]) =>
    main("claude-skill", { use: rules(words), substitutions: { "claude-skill": substitutions } });
  expect(leave("$ARGUMENTS", "$1")).toContain(
    "Take $ARGUMENTS, \\$ARGUMENTS[0], $1 and \\$12 of \\${CLAUDE_SESSION_ID}, and ! `ls`.",
  );
  expect(leave("$ARGUMENTS[0]", "${CLAUDE_SESSION_ID}")).toContain("\\$ARGUMENTS, $ARGUMENTS[0], \\$1 and \\$12 of ${");
  expect(() => leave("!`ls`")).toThrow('the tool fills in nothing for "!`ls`"');
  expect(() => leave("$ARGUMENT")).toThrow('fills in nothing for "$ARGUMENT"');
  expect(() => main("agent-skill", { use: rules(words), substitutions: { "agent-skill": ["$1"] } })).toThrow(
    "the text is written as it is",
  );
});
