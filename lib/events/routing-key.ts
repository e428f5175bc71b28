/** Length of the key of an integration: `routing_key` of v2, `service_key` of v1. */
export const ROUTING_KEY_LENGTH = 32;
const ALPHANUMERIC = /^[0-9A-Za-z]*$/;

/** What is wrong with the form of a v2 `routing_key`, in the words that clients know; empty when it is well formed. */
export function routingKeyErrors(value: unknown): string[] {
  if (typeof value !== "string" || value.trim() === "") return ["'routing_key' cannot be blank"];
  const errors: string[] = [];
  if (value.length !== ROUTING_KEY_LENGTH) {
    errors.push("Length of 'routing_key' is incorrect (should be 32 characters)");
  }
  if (!ALPHANUMERIC.test(value)) errors.push("'routing_key' cannot contain non-alphanumeric characters.");
  return errors;
}
