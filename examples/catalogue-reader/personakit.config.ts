import { defineConfig } from "personakit";

export default defineConfig({
  personas: ["./personas/catalogue-reader.ts"],
  targets: ["agent-skill"],
});
