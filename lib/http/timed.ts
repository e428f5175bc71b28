import { metrics } from "#lib/metrics";

/** Runs a request handler and counts how long it took. */
export async function timed(
  about: { surface: string; method: string },
  handle: () => Promise<Response>,
): Promise<Response> {
  const stop = metrics().httpSeconds.startTimer(about);
  const response = await handle();
  stop({ status: String(response.status) });
  return response;
}
