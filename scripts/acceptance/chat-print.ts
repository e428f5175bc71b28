import type { DoubleAnswer, DoubleRequest } from "#lib/testing/chat-double";

const WIDTH = 150;
const MOST_LINES = 14;

/** Shows what was sent to a double and what it answered. */
export function printExchanges(exchanges: readonly { request: DoubleRequest; answer: DoubleAnswer }[]): void {
  for (const { request, answer } of exchanges) {
    const body = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    printRequest(`${request.method} ${request.path}\n${pretty(request.body)}`, `${answer.status} ${body}`);
  }
}

/** Shows one request and its answer; long ones are cut. */
export function printRequest(request: string, answer: string): void {
  print(">", request);
  print("<", answer);
}

function print(mark: string, text: string): void {
  const lines = text.trimEnd().split("\n");
  for (const line of lines.slice(0, MOST_LINES)) {
    console.log(`      ${mark} ${line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line}`);
  }
  if (lines.length > MOST_LINES) console.log(`      ${mark} … ${lines.length - MOST_LINES} more lines`);
}

function pretty(body: string): string {
  if (!body.startsWith("{")) return body.replaceAll("&", "\n&");
  return JSON.stringify(JSON.parse(body), null, 1).replaceAll(/\n\s*(?=[\]}])/g, " ");
}
