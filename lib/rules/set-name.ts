import type { RuleSetKind } from "#lib/rules/rule";

/** What people call a rule set. */
export function setName(kind: RuleSetKind, serviceName: string | null): string {
  switch (kind) {
    case "global":
      return "Global rules";
    case "router":
      return "Router";
    case "unrouted":
      return "Rules for unrouted events";
    case "service":
      return `Rules of ${serviceName ?? "a service"}`;
  }
}
