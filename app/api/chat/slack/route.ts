import { slackRoute } from "#lib/http/chat/slack-route";

export function POST(request: Request): Promise<Response> {
  return slackRoute(request);
}
