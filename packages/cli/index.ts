export { type Config, defineConfig, type PersonaEntry, type PersonaSource } from "./src/config.ts";
