import { oneTapRoute } from "#lib/http/one-tap-route";

type TokenContext = { params: Promise<{ token: string }> };

async function answer(request: Request, { params }: TokenContext): Promise<Response> {
  return oneTapRoute(request, (await params).token);
}

export const GET = answer;
export const POST = answer;
