export { type Config, defineConfig, type PersonaEntry, type PersonaSource } from "./src/sources/define-config.ts";
