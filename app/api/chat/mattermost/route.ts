import { mattermostRoute } from "#lib/http/chat/mattermost-route";

export function POST(request: Request): Promise<Response> {
  return mattermostRoute(request);
}
