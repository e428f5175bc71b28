import { callRoute } from "#lib/http/telephony/call-route";

type HookContext = { params: Promise<{ providerId: string; token: string }> };

export async function POST(request: Request, { params }: HookContext): Promise<Response> {
  return callRoute(request, await params);
}
