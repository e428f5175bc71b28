import { joined } from "#lib/events/sources/fields";
import { looseFields } from "#lib/events/sources/loose-fields";
import { monitorAdapter } from "#lib/events/sources/monitor-adapter";
import type { Product } from "#lib/events/sources/monitor-adapter";
import { readState, stateWords } from "#lib/events/sources/state-words";

/** The token is made of the account's own API key. */
const PRODUCT: Product = { source: "statuscake", name: "StatusCake", secrets: ["token"] };

/** StatusCake's web hook, a form. */
export const statuscake = monitorAdapter(PRODUCT, (item, warnings) => {
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
    details: { ...item, tags: tags.filter((tag) => tag !== "") },
  };
});

const NEVER = /^(?!)/;
const STATES = stateWords({ trigger: "down", resolve: "up" });
