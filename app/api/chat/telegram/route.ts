import { telegramRoute } from "#lib/http/chat/telegram-route";

export function POST(request: Request): Promise<Response> {
  return telegramRoute(request);
}
