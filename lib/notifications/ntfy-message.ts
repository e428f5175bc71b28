import { pageContent } from "#lib/notifications/page-content";
import type { PageFacts } from "#lib/notifications/page-facts";

type Action =
  | {
      action: "http";
      label: string;
      url: string;
      method: "POST";
      headers: Record<string, string>;
      body: string;
      clear: true;
    }
  | { action: "view"; label: string; url: string };

export type NtfyMessage = {
  topic: string;
  title: string;
  message: string;
  /** 5 rings and vibrates on, 3 is the ordinary one, 2 makes no sound. */
  priority: 2 | 3 | 5;
  tags: string[];
  click: string;
  actions: Action[];
};

/** The page as ntfy's JSON. Its Acknowledge button posts to the one-tap link itself, without opening a browser. */
export function ntfyMessage(facts: PageFacts, topic: string): NtfyMessage {
  const { title, lines, details, place, runbook, actions, urgent, kind } = pageContent(facts);
  return {
    topic,
    title,
    message: [...lines, ...(details === null ? [] : [details]), ...(place === null ? [] : [place])].join(
      "\n",
    ),
    priority: urgent ? 5 : kind === "notice" ? 2 : 3,
    tags: urgent ? ["rotating_light"] : [],
    click: facts.links.open,
    // Three is what ntfy takes.
    actions: [
      ...actions.map((each): Action =>
        each.kind === "open"
          ? { action: "view", label: each.label, url: each.url }
          : {
              action: "http",
              label: each.label,
              url: each.url,
              method: "POST",
              headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
              body: "action=acknowledge",
              clear: true,
            },
      ),
      ...(runbook === null ? [] : [{ action: "view" as const, label: "Runbook", url: runbook }]),
    ].slice(0, 3),
  };
}
