import { answerHeaders } from "#lib/http/intake/answer";
import { readWebBody } from "#lib/http/intake/body";
import { answerIntake } from "#lib/http/intake/intake";
import { intakeTarget } from "#lib/http/intake/path";

/** The intake as a web handler, for every method: where no server entry hands requests to it before the router does. */
export async function handleIntake(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const target = intakeTarget(pathname + search);
  if (!target)
    return Response.json({ status: "not found", message: "Not found", errors: [] }, { status: 404 });
  const answer = await answerIntake({
    method: request.method,
    target,
    headers: () => Object.fromEntries(request.headers),
    read: (maxBytes) => readWebBody(request, maxBytes),
  });
  return new Response(JSON.stringify(answer.body), {
    status: answer.status,
    headers: answerHeaders(answer),
  });
}
