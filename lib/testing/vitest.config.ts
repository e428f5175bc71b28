import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
const exclude = ["**/node_modules/**", "**/.next/**", "**/.touchline/**", "e2e/**"];

export default defineConfig({
  root,
  test: {
    root,
    setupFiles: ["lib/testing/fail-on-console.ts"],
    // By default one processor is left idle, which on two is half of them; database tests wait for the database much of the time.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // A loaded machine is no failure.
          testTimeout: 20_000,
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
