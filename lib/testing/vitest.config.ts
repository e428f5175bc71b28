import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
const exclude = ["**/node_modules/**", "**/.next/**", "**/.touchline/**", "e2e/**"];

export default defineConfig({
  root,
  test: {
    root,
    setupFiles: ["lib/testing/fail-on-console.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{lib,components,db,app,scripts}/**/*.test.{ts,tsx}"],
          exclude: [...exclude, "**/*.db.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["{lib,db,app,scripts}/**/*.db.test.ts"],
          exclude,
          globalSetup: ["lib/testing/template-database.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
