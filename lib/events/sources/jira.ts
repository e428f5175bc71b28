import { textAt, valueAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";
import type { State } from "#lib/events/sources/state-words";

type Item = Record<string, unknown>;

/** Jira's webhooks, of issues in the projects or filters that somebody gave them. */
export const jira = monitorAdapter({ source: "jira", name: "Jira" }, (item, warnings) => {
  const ignored = ignoredReason(item);
  if (ignored !== null) return { ignored };
  const key = textAt(item, "issue.key");
  const word = textAt(item, "issue.fields.status.statusCategory.key");
  const summary = textAt(item, "issue.fields.summary");
  return {
    identity: key,
    state: isDeletion(item) ? "resolve" : stateOf(item, readState(word, STATES, warnings)),
    summary: summary === null ? key : `${key ?? ""} ${summary}`.trim(),
    source: textAt(item, "issue.fields.project.name", "issue.fields.project.key"),
    severity: textAt(item, "issue.fields.priority.name"),
    at: item.timestamp,
    component: textAt(item, "issue.fields.components.0.name"),
    group: textAt(item, "issue.fields.project.key"),
    class: textAt(item, "issue.fields.issuetype.name"),
    links: [["Issue in Jira", browseUrl(textAt(item, "issue.self"), key)]],
    details: {
      event: item.webhookEvent,
      changelog: item.changelog,
      issue: item.issue,
      user: textAt(item, "user.displayName"),
    },
  };
});

const STATES = stateWords({ trigger: "new|undefined", acknowledge: "indeterminate", resolve: "done" });

function isDeletion(item: Item): boolean {
  return textAt(item, "webhookEvent") === "jira:issue_deleted";
}

/** Only what changes the state counts: a comment on an issue that is closed must not open it again. */
function ignoredReason(item: Item): string | null {
  const event = textAt(item, "webhookEvent");
  if (event === null || event === "jira:issue_created" || isDeletion(item)) return null;
  if (event !== "jira:issue_updated") return `'${event.slice(0, 100)}' is not about the state of an issue`;
  const items = valueAt(item, "changelog.items");
  const hasStatus = Array.isArray(items) && items.some((change) => textAt(change, "field") === "status");
  return hasStatus ? null : "The status of the issue did not change";
}

/** Work that has begun acknowledges what was open; an issue that is made in that state, or sent without an event, is new. */
function stateOf(item: Item, state: State): State {
  const isChange = textAt(item, "webhookEvent") === "jira:issue_updated";
  return state === "acknowledge" && !isChange ? "trigger" : state;
}

function browseUrl(self: string | null, key: string | null): string | null {
  if (self === null || key === null || !URL.canParse(self)) return null;
  return `${new URL(self).origin}/browse/${encodeURIComponent(key.toWellFormed())}`;
}
