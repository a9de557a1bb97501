import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { loadEnv, type Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The page's content policy allows its own origin alone, so an address elsewhere could never work. */
function requireOwnOrigin(name: string, value: string | undefined): void {
  if (value !== undefined && !/^\/(?!\/)/.test(value)) {
    throw new Error(
      `${name} is "${value}", but the page may only talk to its own origin. Set it to a path such as /api (nginx passes it on), then build again.`,
    );
  }
}

/** Each page says what its scripts and styles hash to: a browser takes nothing in their place. */
function integrity(): Plugin {
  const digest = (file: string): string =>
    `sha384-${createHash("sha384").update(readFileSync(file)).digest("base64")}`;
  return {
    name: "integrity",
    apply: "build",
    // Only what was written is final.
    writeBundle({ dir = "dist" }) {
      for (const page of readdirSync(dir).filter((name) => name.endsWith(".html"))) {
        const html = readFileSync(`${dir}/${page}`, "utf8");
        const known = html.replace(
          /<(?:script|link)\b[^>]* (?:src|href)="\/([^"]+\.(?:js|css))"/g,
          (tag, file: string) => `${tag} integrity="${digest(`${dir}/${file}`)}"`,
        );
        writeFileSync(`${dir}/${page}`, known);
      }
    },
  };
}

const SERVICE = "http://express:3001";
const STRAPI = "http://strapi:1337";
const HMR_PORT = 24678;

export default defineConfig(({ mode }) => {
  const environment = loadEnv(mode, ".", ["VITE_", "HMR_"]);
  requireOwnOrigin("VITE_EXPRESS_URL", environment["VITE_EXPRESS_URL"]);
  requireOwnOrigin("VITE_STRAPI_URL", environment["VITE_STRAPI_URL"]);
  return {
    plugins: [react(), { ...optimizeLocales.vite({ locales: ["en-US"] }), enforce: "pre" }, integrity()],
    // Nothing is inlined as a data: address: the content policy would refuse it.
    build: {
      assetsInlineLimit: 0,
      // What scripts/size.mjs reads.
      manifest: true,
      target: "es2022",
      rollupOptions: { input: { index: "index.html", docs: "docs.html" } },
    },
    // In development Vite stands where nginx does otherwise: one origin for the browser.
    server: {
      port: 5173,
      strictPort: true,
      hmr: { port: HMR_PORT, clientPort: Number(environment["HMR_CLIENT_PORT"] ?? HMR_PORT) },
      proxy: {
        "/api/": SERVICE,
        "/openapi": SERVICE,
        "/strapi/": { target: STRAPI, rewrite: (path) => path.replace(/^\/strapi/, "") },
      },
    },
    // On a busy machine a test takes many times what it takes alone.
    test: {
      include: ["src/**/*.test.{ts,tsx}"],
      environment: "node",
      // A third of the work. A test has to put back what it changes: npx vitest --sequence.shuffle.files shows whether it does.
      isolate: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  };
});
