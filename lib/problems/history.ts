import { ACTION_STATES, PROBLEM_STATES, STATE_LABELS } from "#lib/problems/problem";
import type { ActionState } from "#lib/problems/problem";

type Recorded = {
  action: string;
  objectType: string;
  objectName: string;
  after: Record<string, unknown> | null;
};

const FIELDS: Record<string, string> = {
  title: "the title",
  ownerId: "the owner",
  cause: "the cause",
  workaround: "the workaround",
  dueOn: "the due day",
  fixedAt: "when it was fixed",
  ticketUrl: "the ticket",
  type: "the kind",
  problemId: "the problem",
};

/** What an audit record of a problem or one of its actions says, without the name of who did it. */
export function historySentence({ action, objectType, objectName, after }: Recorded): string {
  if (objectType === "corrective_action") return `${actionVerb(action, after)} action “${objectName}”`;
  if (action === "create") return "opened the problem";
  if (action === "link_incident") return `linked incident #${String(after?.["incident"])}`;
  if (action === "unlink_incident") return "took an incident out";
  const state = PROBLEM_STATES.find((known) => known === after?.["state"]);
  const moved = state === undefined ? [] : [`moved it to ${STATE_LABELS[state]}`];
  const changed = changedNames(after);
  return [...moved, ...(changed === null ? [] : [`changed ${changed}`])].join(" and ") || "changed it";
}

function actionVerb(action: string, after: Record<string, unknown> | null): string {
  if (action === "create") return "added the";
  const state = ACTION_STATES.find((known) => known === after?.["state"]);
  return state === undefined ? `changed ${changedNames(after) ?? "something"} of the` : `${VERBS[state]} the`;
}

const VERBS: Record<ActionState, string> = {
  open: "reopened",
  in_progress: "began",
  done: "finished",
  dropped: "dropped",
};

function changedNames(after: Record<string, unknown> | null): string | null {
  const names = Object.keys(after ?? {}).flatMap((key) => FIELDS[key] ?? []);
  return names.length === 0 ? null : names.join(", ");
}
