// The theme that the reader chose in this browser (src/app/theme.ts), before anything is painted. It is no module: those run after the
// first paint may have been.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that keeps nothing shows the system's theme.
}
