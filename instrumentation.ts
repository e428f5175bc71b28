/** Runs once in every server process: the engine pages from here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { ensureEngine } = await import("#lib/engine/main");
  await ensureEngine();
}
