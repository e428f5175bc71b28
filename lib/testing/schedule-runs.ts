/** How many random schedules are compared with the oracle: `SCHEDULE_RUNS=1000` is the long run. */
export const SCHEDULE_RUNS = Number(process.env["SCHEDULE_RUNS"] ?? 80);

/** Where their randomness starts; `SCHEDULE_SEED` repeats a run. */
export const SCHEDULE_SEED = Number(process.env["SCHEDULE_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
