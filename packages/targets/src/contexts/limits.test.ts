import { compile, definePersona, must, section } from "@personakit/core";
import { expect, test } from "vitest";
import { filesInMemory } from "../context/in-memory.ts";
import { contextOf } from "../contexts.ts";
import { agentSkill } from "../targets/agent-skill.ts";
import { claudeSkill } from "../targets/claude-skill.ts";

// What a build warns of is what the tool would do: the limits of targets and the engine's agree.

const document = compile(
  definePersona({
    id: "one",
    title: "One",
    role: "You answer.",
    description: { does: "Does.", when: "When.", notFor: "Not.", triggers: ["t"] },
    use: [section({ id: "own", title: "Own", rules: { a: must("A.") } })],
  }),
);

const documentOf = (id: string, description: string) => ({ ...document, id, description });

test.each([
  ["claude-code", claudeSkill, ".claude/skills", "Claude Code"],
  ["copilot-cli", claudeSkill, ".claude/skills", "GitHub Copilot"],
  ["copilot-cli", agentSkill, ".agents/skills", "GitHub Copilot"],
  ["codex", agentSkill, ".agents/skills", "Codex"],
])("%s cuts the list where a build warns of it (%#)", (tool, target, root, name) => {
  const limit = target.limits?.find(({ what }) => what.endsWith(name));
  const measured = (count: number) => {
    const skills = Array.from({ length: count }, (_, index) => documentOf(`skill-${index + 10}`, "d".repeat(800)));
    const files = Object.fromEntries(
      skills.map(({ id, description }) => [
        `/r/${root}/${id}/SKILL.md`,
        `---\nname: ${id}\ndescription: ${description}\n---\nBody.`,
      ]),
    );
    const context = contextOf(tool, { files: filesInMemory(files), cwd: "/r", gitRoot: "/r" });
    const size = skills.reduce((sum, document) => sum + Number(limit?.measure(document, []) ?? 0), 0);
    return { isOver: size > (limit?.max ?? 0), isCut: context?.notes.some(({ code }) => code === "budget") };
  };
  const counts = Array.from({ length: 30 }, (_, index) => index + 5).map(measured);
  expect(counts.map(({ isOver }) => isOver)).toEqual(counts.map(({ isCut }) => isCut));
  expect(new Set(counts.map(({ isOver }) => isOver))).toEqual(new Set([false, true]));
});
