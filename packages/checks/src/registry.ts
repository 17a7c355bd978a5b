// Written by `pnpm sync` from the files in ./checks.
import { conflictLinter } from "./checks/conflict-linter.ts";
import { conflictNumbers } from "./checks/conflict-numbers.ts";
import { conflictOpposites } from "./checks/conflict-opposites.ts";
import { costAlwaysOn } from "./checks/cost-always-on.ts";
import { costLinter } from "./checks/cost-linter.ts";
import { costManyRules } from "./checks/cost-many-rules.ts";
import { costSaidTwice } from "./checks/cost-said-twice.ts";
import { cutBody } from "./checks/cut-body.ts";
import { cutDescription } from "./checks/cut-description.ts";
import { cutList } from "./checks/cut-list.ts";
import { cutMemory } from "./checks/cut-memory.ts";
import { dangerCredential } from "./checks/danger-credential.ts";
import { dangerHiddenCharacters } from "./checks/danger-hidden-characters.ts";
import { dangerHomeFolder } from "./checks/danger-home-folder.ts";
import { dangerIgnoreInstructions } from "./checks/danger-ignore-instructions.ts";
import { dangerNetworkPipe } from "./checks/danger-network-pipe.ts";
import { dangerOpenPermissions } from "./checks/danger-open-permissions.ts";
import { dangerSendData } from "./checks/danger-send-data.ts";
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
import { saysCircularImport } from "./checks/says-circular-import.ts";
import { saysLostText } from "./checks/says-lost-text.ts";
import { saysMissingImport } from "./checks/says-missing-import.ts";
import { saysMissingLink } from "./checks/says-missing-link.ts";
import { saysMissingPath } from "./checks/says-missing-path.ts";
import { saysMissingScript } from "./checks/says-missing-script.ts";
import { saysOpenFence } from "./checks/says-open-fence.ts";
import type { Check } from "./model/check.ts";

/** Every check, by id. */
export const checks: readonly Check[] = [
  conflictLinter,
  conflictNumbers,
  conflictOpposites,
  costAlwaysOn,
  costLinter,
  costManyRules,
  costSaidTwice,
  cutBody,
  cutDescription,
  cutList,
  cutMemory,
  dangerCredential,
  dangerHiddenCharacters,
  dangerHomeFolder,
  dangerIgnoreInstructions,
  dangerNetworkPipe,
  dangerOpenPermissions,
  dangerSendData,
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
  saysCircularImport,
  saysLostText,
  saysMissingImport,
  saysMissingLink,
  saysMissingPath,
  saysMissingScript,
  saysOpenFence,
];
