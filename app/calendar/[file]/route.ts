import { calendarRoute } from "#lib/http/calendar-route";

type FileContext = { params: Promise<{ file: string }> };

export async function GET(request: Request, { params }: FileContext): Promise<Response> {
  return calendarRoute(request, (await params).file);
}
