import type { OutgoingResponse } from "#lib/http/outgoing";
import { chatWebhookSender } from "#lib/notifications/channels/chat-webhook";
import type { HttpSettings } from "#lib/notifications/channels/chat-webhook";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { jsonOf, judgeStatus } from "#lib/notifications/channels/http-result";
import type { SendResult } from "#lib/notifications/delivery";
import { inertLine } from "#lib/notifications/inert";
import { teamsMessage } from "#lib/notifications/teams-message";

// Error codes of the workflow engine behind the address (Azure Logic Apps).
const GONE = new Map([
  ["WorkflowNotFound", "the workflow does not exist any more"],
  ["WorkflowTriggerNotFound", "the workflow's trigger does not exist any more"],
  ["TriggerNotFound", "the workflow's trigger does not exist any more"],
  ["AuthorizationFailed", "the signature of the address is not valid any more"],
  ["DirectApiAuthorizationRequired", "the address is of the wrong kind: it asks for a sign-in"],
  ["WorkflowTriggerIsNotEnabled", "the workflow is switched off"],
]);
const CONNECTOR_STATUS = /HTTP error (\d{3})/;

/**
 * What a Teams workflow answers: 202 when it took the card. A retired connector answers 200 even to a failure, with the real status
 * in its text.
 */
export function judgeTeams(response: OutgoingResponse): SendResult {
  const code = codeOf(jsonOf(response));
  const because = code === null ? undefined : GONE.get(code);
  if (response.status >= 400 && because !== undefined) {
    const invalidDestination = code !== "WorkflowTriggerIsNotEnabled";
    return {
      kind: "failed",
      retry: false,
      detail: `Teams refused it: ${because} (${code}).`,
      invalidDestination,
    };
  }
  if (response.status === 404 || response.status === 410) {
    const detail = `Teams refused it: the address leads nowhere (HTTP ${response.status}).`;
    return { kind: "failed", retry: false, detail, invalidDestination: true };
  }
  const hidden = response.status === 200 ? CONNECTOR_STATUS.exec(response.body)?.[1] : undefined;
  if (hidden === undefined) return judgeStatus(response);
  const status = Number(hidden);
  return {
    kind: "failed",
    retry: status === 429 || status >= 500,
    detail: inertLine(response.body, 200),
  };
}

/** Posts the page to a Teams workflow. */
export function teamsSender(settings: HttpSettings): ChannelSender {
  return chatWebhookSender({ channel: "teams", message: teamsMessage, judge: judgeTeams }, settings);
}

function codeOf(answer: unknown): string | null {
  const { error } = Object(answer) as { error?: unknown };
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" ? code : null;
}
