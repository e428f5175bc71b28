import { snapshotRoute } from "#lib/http/snapshot-route";

type TokenContext = { params: Promise<{ token: string }> };

export async function GET(request: Request, { params }: TokenContext): Promise<Response> {
  return snapshotRoute(request, (await params).token);
}
