import { statusRoute } from "#lib/http/telephony/status-route";

type HookContext = { params: Promise<{ providerId: string; token: string }> };

export async function POST(request: Request, { params }: HookContext): Promise<Response> {
  return statusRoute(request, await params);
}
