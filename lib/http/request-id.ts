import { newId } from "#lib/ids";

/** The id that a proxy gave the request, if it looks like one, else a new one: in the log, in the answer, in error messages. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && /^[\w.:-]{8,64}$/.test(given) ? given : newId();
}
