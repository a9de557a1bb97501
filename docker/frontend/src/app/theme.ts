export type Theme = "system" | "light" | "dark";

/** What `public/theme.js`, which shows the choice from the first paint on, looks for as well. */
const KEY = "theme";

/** The theme that is shown: the reader's choice, or the system's where there is none. */
export function chosenTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

export function chooseTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing shows the choice until it is closed.
  }
}
