import { useEffect, useState } from "preact/hooks";

const KEY = "personakit-theme";

/** "light" or "dark": the system's, until the reader chooses. Returns it, and how to change it. */
export function useTheme(): readonly ["light" | "dark", () => void] {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const [theme, setTheme] = useState(() => (localStorage.getItem(KEY) === null ? system : chosen()));
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const change = () => {
    const next = theme === "dark" ? "light" : "dark";
    localStorage.setItem(KEY, next);
    setTheme(next);
  };
  return [theme, change];
}

function chosen(): "light" | "dark" {
  return localStorage.getItem(KEY) === "dark" ? "dark" : "light";
}
