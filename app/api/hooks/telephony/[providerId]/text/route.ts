import { textRoute } from "#lib/http/telephony/text-route";

type HookContext = { params: Promise<{ providerId: string }> };

export async function POST(request: Request, { params }: HookContext): Promise<Response> {
  return textRoute(request, await params);
}
