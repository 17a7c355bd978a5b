import { snapshotOf } from "../../packages/cli/src/sources/unit.ts";
import { apiReport } from "../../packages/cli/src/versions/api-report.ts";
import { loadUnits } from "../units.ts";
import { architecturePage } from "./architecture.ts";
import { catalogueFile } from "./catalogue.ts";
import { checksPages } from "./checks-pages.ts";
import { compiledFiles } from "./compiled.ts";
import { configSchemaFile } from "./config-schema.ts";
import { contextsPage } from "./contexts-page.ts";
import { errorsPage } from "./errors.ts";
import { fieldTypesFile } from "./fields.ts";
import { helpFile } from "./help.ts";
import { manifestText } from "./manifest.ts";
import { packageReadmes } from "./package-readmes.ts";
import { publishedRulesFile } from "./published-rules.ts";
import { fragmentReadme, personaReadme } from "./readme.ts";
import { registryFiles } from "./registry.ts";
import { rootReadme } from "./root-readme.ts";
import { schemaFiles } from "./schemas.ts";
import { speedFiles } from "./speed.ts";
import { targetsPage } from "./targets-page.ts";

/** Every machine-written file of the repository, by path: `pnpm sync` writes them, a test compares them. */
export async function derive(): Promise<Map<string, string>> {
  const units = await loadUnits();
  const files = new Map<string, string>();
  for (const each of units.packages) files.set(`${each.folder}/package.json`, manifestText(each, units));
  for (const { package: own, fragment } of units.fragments)
    files.set(`${own.folder}/api.md`, apiReport(own.manifest.name, snapshotOf(fragment)));
  for (const { package: own, persona } of units.personas)
    files.set(`${own.folder}/api.md`, apiReport(own.manifest.name, snapshotOf(persona)));
  for (const unit of units.fragments) files.set(`${unit.package.folder}/README.md`, fragmentReadme(unit, units));
  for (const unit of units.personas) {
    files.set(`${unit.package.folder}/README.md`, personaReadme(unit));
    for (const [path, text] of compiledFiles(unit)) files.set(path, text);
  }
  for (const [path, text] of registryFiles()) files.set(path, text);
  files.set(...fieldTypesFile());
  files.set(...catalogueFile(units));
  files.set(...publishedRulesFile(units));
  for (const [path, text] of schemaFiles()) files.set(path, text);
  files.set(...(await helpFile()));
  files.set(...errorsPage());
  for (const [path, text] of checksPages()) files.set(path, text);
  files.set(...targetsPage());
  files.set(...contextsPage());
  files.set(...architecturePage());
  files.set(...configSchemaFile());
  for (const [path, text] of speedFiles()) files.set(path, text);
  files.set("README.md", rootReadme(units));
  for (const [path, text] of await packageReadmes()) files.set(path, text);
  return files;
}
