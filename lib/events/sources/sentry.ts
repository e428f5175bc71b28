import { isObject } from "#lib/events/json";
import { objectAt, textAt, valueAt } from "#lib/events/sources/fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import type { Reading } from "#lib/events/sources/monitor-adapter";
import type { Warnings } from "#lib/events/event-fields";
import { readState, stateWords } from "#lib/events/sources/state-words";

type Item = Record<string, unknown>;

/**
 * Sentry's integration platform (issues, issue alerts, errors, metric alerts) and its older webhook plugin. What kind a message
 * is follows from its body, not from the header `Sentry-Hook-Resource`, so that a stored one can be replayed.
 */
export const sentry = monitorAdapter({ source: "sentry", name: "Sentry" }, (item, warnings) => {
  const data = objectAt(item, "data");
  if (isObject(data.metric_alert)) return readMetricAlert(item, data, warnings);
  if (isObject(data.issue)) return readIssue(item, data.issue, warnings);
  const event = [data.event, data.error].find(isObject);
  if (event) return readEvent(item, event);
  if (isObject(item.installation) && isObject(data.installation)) {
    return { ignored: "Installing the integration pages nobody" };
  }
  if (data.comment !== undefined) return { ignored: "A comment pages nobody" };
  return readPlugin(item);
});

const ISSUE_ACTIONS = stateWords({
  trigger: "created|triggered|unresolved|escalating|regressed",
  // Who archives an issue in Sentry has decided that nobody needs to act on it.
  resolve: "resolved|ignored|archived",
  ignored: "assigned|unassigned|priority changed",
});
const METRIC_ACTIONS = stateWords({ trigger: "critical|warning|open", resolve: "resolved|closed" });

function readIssue(item: Item, issue: Item, warnings: Warnings): Reading {
  return {
    identity: issueIdentity(textAt(issue, "id")),
    state: readState(textAt(item, "action"), ISSUE_ACTIONS, warnings),
    summary: textAt(issue, "title", "metadata.title", "shortId"),
    source: textAt(issue, "project.slug", "project.name", "project"),
    severity: severityOf(textAt(issue, "level")),
    component: textAt(issue, "culprit"),
    class: textAt(issue, "metadata.type", "type"),
    links: [["Issue in Sentry", textAt(issue, "web_url", "permalink")]],
  };
}

/** An issue alert knows its issue, by which the message about the resolved issue finds it: the alert itself never resolves. */
function readEvent(item: Item, event: Item): Reading {
  return {
    identity: issueIdentity(textAt(event, "issue_id", "issue.id", "groupID")),
    state: "trigger",
    summary: textAt(event, "title", "metadata.title", "message"),
    source: textAt(event, "server_name", "project_slug", "project"),
    severity: severityOf(textAt(event, "level")),
    at: textAt(event, "datetime", "timestamp"),
    component: textAt(event, "culprit"),
    group: textAt(event, "environment"),
    class: textAt(item, "data.triggered_rule") ?? textAt(event, "metadata.type", "type"),
    links: [["Event in Sentry", textAt(event, "web_url", "url")]],
    details: { ...item, tags: tagsOf(event.tags) },
  };
}

function readMetricAlert(item: Item, data: Item, warnings: Warnings): Reading {
  const id = textAt(data, "metric_alert.id", "metric_alert.identifier");
  const action = textAt(item, "action");
  const state = readState(action, METRIC_ACTIONS, warnings);
  return {
    identity: id === null ? null : `metric:${id}`,
    state,
    summary: textAt(data, "description_title", "metric_alert.title", "metric_alert.alert_rule.name"),
    source: textAt(data, "metric_alert.projects.0"),
    severity: action,
    at: state === "resolve" ? valueAt(data, "metric_alert.date_closed") : undefined,
    class: textAt(data, "metric_alert.alert_rule.name"),
    links: [["Alert in Sentry", textAt(data, "web_url")]],
  };
}

function readPlugin(item: Item): Reading {
  return {
    identity: issueIdentity(textAt(item, "id", "event.issue_id", "event.groupID")),
    state: "trigger",
    summary: textAt(item, "event.title", "message", "event.message", "culprit"),
    source: textAt(item, "project_slug", "project", "project_name"),
    severity: severityOf(textAt(item, "level", "event.level")),
    component: textAt(item, "culprit"),
    class: textAt(item, "triggering_rules.0"),
    links: [["Issue in Sentry", textAt(item, "url")]],
    details: { ...item, tags: tagsOf(valueAt(item, "event.tags")) },
  };
}

function issueIdentity(id: string | null): string | null {
  return id === null ? null : `issue:${id}`;
}

/** "sample" and "default" are levels too, and say nothing. */
function severityOf(level: string | null): string | null {
  return level === "sample" ? null : level;
}

/** Sentry writes tags as a list of pairs. */
function tagsOf(tags: unknown): unknown {
  if (!Array.isArray(tags)) return tags ?? {};
  const pairs = tags.flatMap((pair: unknown) => {
    const name = textAt(pair, "0", "key");
    return name === null ? [] : [[name, valueAt(pair, "1") ?? valueAt(pair, "value") ?? null] as const];
  });
  return Object.fromEntries(pairs);
}
