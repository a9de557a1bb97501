// Adds up what a browser fetches before it shows the first screen, compressed as nginx serves it, and fails above the budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 200 * 1000;
const PAGE = "index.html";
const FIRST_SCREEN = "src/pages/agents/AgentsPage.tsx";

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));

function withImports(name, found = new Set()) {
  const chunk = manifest[name];
  if (chunk === undefined)
    throw new Error(`The build's manifest has no ${name}. Is the first screen another one now?`);
  if (!found.has(chunk.file)) {
    found.add(chunk.file);
    for (const imported of chunk.imports ?? []) withImports(imported, found);
  }
  return found;
}

const files = withImports(FIRST_SCREEN, withImports(PAGE));
const sizes = [...files].map((file) => [file, gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length]);
const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

for (const [file, bytes] of sizes.sort((a, b) => b[1] - a[1]))
  process.stdout.write(`${kilobytes(bytes).padStart(10)}  ${file}\n`);
process.stdout.write(
  `${kilobytes(total).padStart(10)}  initial JavaScript, of ${kilobytes(BUDGET_BYTES)} allowed\n`,
);
if (total > BUDGET_BYTES) {
  process.stderr.write(
    "Too much before the first screen. Load what it doesn't need lazily: src/app/router.tsx, import().\n",
  );
  process.exit(1);
}
