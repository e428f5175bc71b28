import { joined } from "#lib/events/sources/fields";
import { looseFields } from "#lib/events/sources/loose-fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";

/** StatusCake's web hook, a form. */
export const statuscake = monitorAdapter({ source: "statuscake", name: "StatusCake" }, (item, warnings) => {
  const field = looseFields(item, NEVER);
  const name = field("Name", "TestName");
  const url = field("URL", "WebsiteURL");
  const status = field("Status");
  const code = field("StatusCode");
  const tags = (field("Tags") ?? "").split(",").map((tag) => tag.trim());
  return {
    identity: field("TestID") ?? joined(name, url) ?? name ?? url,
    state: readState(status, STATES, warnings),
    summary: `${name ?? url ?? "Test"} is ${status ?? "down"}${code === null ? "" : ` (status ${code})`}`,
    source: url,
    component: name,
    group: tags[0],
    links: [["Tested address", url]],
    details: {
      // The token proves the sender from the account's own API key: nothing to keep or show.
      ...Object.fromEntries(Object.entries(item).filter(([key]) => key.toLowerCase() !== "token")),
      tags: tags.filter((tag) => tag !== ""),
    },
  };
});

const NEVER = /^(?!)/;
const STATES = stateWords({ trigger: "down", resolve: "up" });
