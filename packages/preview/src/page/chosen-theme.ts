/** Where the browser keeps the reader's choice. */
export const THEME_KEY = "personakit-theme";

/** The reader's theme; else the system's. */
export function chosenTheme(): "light" | "dark" {
  const chosen = localStorage.getItem(THEME_KEY);
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
