import { expect, it } from "vitest";
import { auditQuery, parseAuditFilter, toggleFacet } from "#lib/organisation/audit-filter";

it.each(["", "actor=P1,P2&object=service&action=create&id=S1", "action=delete"])("gives back %s", (query) => {
  expect(auditQuery(parseAuditFilter(new URLSearchParams(query)))).toBe(query);
});

it("switches a value on and off again", () => {
  const everything = parseAuditFilter(new URLSearchParams());
  const one = toggleFacet(everything, "actions", "create");
  expect(auditQuery(one)).toBe("action=create");
  expect(toggleFacet(one, "actions", "create")).toEqual(everything);
});
