import { expect, test } from "vitest";
import { front } from "../compile.testing.ts";

test("name files in one text, and all files for a persona without any", () => {
  const paths = ["src/api/**", "*.sql"];
  expect(front("copilot-instructions", { paths })).toMatchObject({ applyTo: "src/api/**,*.sql" });
  expect(front("copilot-instructions")).toMatchObject({ applyTo: "**" });
});
