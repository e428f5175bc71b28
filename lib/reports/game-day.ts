/** How much more than usual is expected: up to twice, up to five times, beyond. */
export const GAME_LOADS = ["raised", "high", "peak"] as const;
