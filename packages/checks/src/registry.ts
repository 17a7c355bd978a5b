// Written by `pnpm sync` from the files in ./checks.
import { cutBody } from "./checks/cut-body.ts";
import { cutDescription } from "./checks/cut-description.ts";
import { cutList } from "./checks/cut-list.ts";
import { cutMemory } from "./checks/cut-memory.ts";
import { loadByteOrderMark } from "./checks/load-byte-order-mark.ts";
import { loadDescription } from "./checks/load-description.ts";
import { loadEmpty } from "./checks/load-empty.ts";
import { loadFieldValue } from "./checks/load-field-value.ts";
import { loadFrontMatter } from "./checks/load-front-matter.ts";
import { loadGlobs } from "./checks/load-globs.ts";
import { loadImport } from "./checks/load-import.ts";
import { loadLink } from "./checks/load-link.ts";
import { loadModel } from "./checks/load-model.ts";
import { loadName } from "./checks/load-name.ts";
import { loadPlace } from "./checks/load-place.ts";
import { loadReservedName } from "./checks/load-reserved-name.ts";
import { loadSameName } from "./checks/load-same-name.ts";
import { loadSkillName } from "./checks/load-skill-name.ts";
import { loadSwitchedOff } from "./checks/load-switched-off.ts";
import { loadTools } from "./checks/load-tools.ts";
import { loadUnknownField } from "./checks/load-unknown-field.ts";
import { offComment } from "./checks/off-comment.ts";
import type { Check } from "./model/check.ts";

/** Every check, by id. */
export const checks: readonly Check[] = [
  cutBody,
  cutDescription,
  cutList,
  cutMemory,
  loadByteOrderMark,
  loadDescription,
  loadEmpty,
  loadFieldValue,
  loadFrontMatter,
  loadGlobs,
  loadImport,
  loadLink,
  loadModel,
  loadName,
  loadPlace,
  loadReservedName,
  loadSameName,
  loadSkillName,
  loadSwitchedOff,
  loadTools,
  loadUnknownField,
  offComment,
];
