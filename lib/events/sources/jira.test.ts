import { describe, expect, it } from "vitest";
import { jira } from "#lib/events/sources/jira";
import { eventBy, ignoredBy } from "#lib/testing/source-events";
import { jiraIssue } from "#lib/testing/source-messages-platforms";

describe("Jira", () => {
  it.each([
    ["new", "trigger"],
    ["indeterminate", "acknowledge"],
    ["done", "resolve"],
  ])("takes a status that became %s for %s", (category, action) => {
    expect(eventBy(jira, jiraIssue("jira:issue_updated", category))).toMatchObject({
      action,
      dedupKey: "jira:OPS-7",
      warnings: [],
    });
  });

  it("opens an issue that is made in the state of work in progress", () => {
    expect(eventBy(jira, jiraIssue("jira:issue_created", "indeterminate")).action).toBe("trigger");
  });

  it("pages nobody for comments, with or without the issue, nor for other changes", () => {
    const bare = {
      webhookEvent: "comment_created",
      comment: { body: "x" },
      issue: { id: "1", key: "OPS-7" },
    };
    expect(ignoredBy(jira, bare)).toMatch(/comment_created/);
    const renamed = jiraIssue("jira:issue_updated", "new", { changelog: { items: [{ field: "summary" }] } });
    expect(ignoredBy(jira, renamed)).toBe("The status of the issue did not change");
  });

  it("resolves what is deleted", () => {
    expect(eventBy(jira, jiraIssue("jira:issue_deleted", "new")).action).toBe("resolve");
  });

  it("keeps every script", () => {
    const event = eventBy(
      jira,
      jiraIssue("jira:issue_created", "new", {
        issue: {
          key: "ОПС-1",
          fields: { summary: "出金が止まっています 🏦", status: { statusCategory: { key: "new" } } },
        },
      }),
    );
    expect(event).toMatchObject({ dedupKey: "jira:ОПС-1", summary: "ОПС-1 出金が止まっています 🏦" });
  });

  it("reads the priority, and leads to the issue", () => {
    expect(eventBy(jira, jiraIssue("jira:issue_created", "new"))).toMatchObject({
      severity: "critical",
      links: [{ href: "https://bets.atlassian.net/browse/OPS-7", text: "Issue in Jira" }],
    });
  });
});
