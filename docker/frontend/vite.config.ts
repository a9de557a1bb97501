import react from "@vitejs/plugin-react";
import { loadEnv } from "vite";
import { defineConfig } from "vitest/config";

/** The page's content policy allows its own origin alone, so an address elsewhere could never work. */
function requireOwnOrigin(name: string, value: string | undefined): void {
  if (value !== undefined && !/^\/(?!\/)/.test(value)) {
    throw new Error(
      `${name} is "${value}", but the page may only talk to its own origin. Set it to a path such as /api (nginx passes it on), then build again.`,
    );
  }
}

export default defineConfig(({ mode }) => {
  const environment = loadEnv(mode, ".", "VITE_");
  requireOwnOrigin("VITE_EXPRESS_URL", environment["VITE_EXPRESS_URL"]);
  requireOwnOrigin("VITE_STRAPI_URL", environment["VITE_STRAPI_URL"]);
  return {
    plugins: [react()],
    // Nothing is inlined as a data: address: the content policy would refuse it.
    build: { assetsInlineLimit: 0, target: "es2022" },
    test: { include: ["src/**/*.test.ts"], environment: "node" },
  };
});
