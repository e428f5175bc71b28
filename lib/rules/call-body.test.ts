import { expect, it } from "vitest";
import { callTemplateFault, fillCallTemplate } from "#lib/rules/call-body";

it("fills a template so that no value gets out of its text, and leaves out what is missing", () => {
  const body = fillCallTemplate('{"text": "{{event.summary}}", "who": "{{vars.who}}"}', (path) =>
    path === "event.summary" ? 'a "b" \n c' : null,
  );
  expect(JSON.parse(body)).toEqual({ text: 'a "b" \n c', who: "" });
});

it.each([
  ['{"text": "{{event.summary}}"}', null],
  ['{"text": {{event.summary}}}', /into quotes/],
  ['{"text": ', /not JSON/],
  ['{"text": "{{summary}}"}', /begins with event/],
])("%s is judged", (template, fault) => {
  const said = callTemplateFault(template);
  expect(fault === null ? said === null : fault.test(said ?? "")).toBe(true);
});
