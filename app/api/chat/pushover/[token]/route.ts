import { pushoverRoute } from "#lib/http/chat/pushover-route";

export async function POST(
  request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  return pushoverRoute(request, (await params).token);
}
