import { useEffect, useState } from "preact/hooks";
import { chosenTheme, THEME_KEY } from "./chosen-theme.ts";

/** "light" or "dark": the system's, until the reader chooses. Returns it, and how to change it. */
export function useTheme(): readonly ["light" | "dark" | undefined, () => void] {
  const [theme, setTheme] = useState<"light" | "dark">();
  useEffect(() => setTheme(chosenTheme()), []);
  useEffect(() => {
    if (theme !== undefined) document.documentElement.dataset.theme = theme;
  }, [theme]);
  const change = () => {
    const next = theme === "dark" ? "light" : "dark";
    localStorage.setItem(THEME_KEY, next);
    setTheme(next);
  };
  return [theme, change];
}
