import { chosenTheme } from "./chosen-theme.ts";

// Before a page of a static site is shown, so that it does not change its ground.
document.documentElement.dataset.theme = chosenTheme();
