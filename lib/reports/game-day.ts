/** How much more than usual is expected: up to twice, up to five times, beyond. */
export const GAME_LOADS = ["raised", "high", "peak"] as const;
export type GameLoad = (typeof GAME_LOADS)[number];

export const GAME_LOAD_WORDS: Record<GameLoad, string> = {
  raised: "Raised: up to twice the usual",
  high: "High: up to five times",
  peak: "Peak: more than that",
};
