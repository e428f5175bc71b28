/** What is known of one living engine's modules. */
type ModuleBeat = { name: string; at: string; ms: number; error: string | null };

export type EngineState = { id: string; beatAt: string; modules: readonly ModuleBeat[] };

export type ModuleHealth = { name: string; lagSeconds: number; error: string | null; ok: boolean };

/** An engine says that it lives every 5 seconds; one silent for this long is taken for dead. */
const ENGINE_DEAD_AFTER_MS = 30_000;
// A module sleeps 15 seconds at most and may run for 60.
const MODULE_STALLED_AFTER_MS = 90_000;

/** Engines that live. */
export function livingEngines(engines: readonly EngineState[], now: Date): EngineState[] {
  return engines.filter(({ beatAt }) => now.getTime() - Date.parse(beatAt) < ENGINE_DEAD_AFTER_MS);
}

/**
 * How each module does over all living engines: any one of them that runs it is enough, so the freshest counts. Lag is the time since a
 * run of it last ended.
 */
export function moduleHealth(engines: readonly EngineState[], now: Date): ModuleHealth[] {
  const freshest = new Map<string, ModuleBeat>();
  for (const beat of livingEngines(engines, now).flatMap(({ modules }) => modules)) {
    const known = freshest.get(beat.name);
    if (!known || Date.parse(known.at) < Date.parse(beat.at)) freshest.set(beat.name, beat);
  }
  return [...freshest.values()]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ name, at, error }) => {
      const lag = Math.max(0, now.getTime() - Date.parse(at));
      return {
        name,
        lagSeconds: Math.round(lag / 1000),
        error,
        ok: error === null && lag < MODULE_STALLED_AFTER_MS,
      };
    });
}
