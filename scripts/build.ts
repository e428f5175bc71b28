import { buildIfStale } from "#scripts/setup/build";
import { stopSignal } from "#scripts/setup/stop-signal";

// npm run build: the production build, which every start then finds.

try {
  console.log(`Production build: ${await buildIfStale(stopSignal())}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
