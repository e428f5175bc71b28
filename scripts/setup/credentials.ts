import { z } from "zod";

export const credentialsSchema = z.object({
  apiKey: z.string(),
  users: z.array(z.object({ email: z.string(), password: z.string(), role: z.string() })),
  integrations: z.array(z.object({ service: z.string(), key: z.string() })),
});

/** What a seed creates that is kept only as hashes afterwards. */
export type Credentials = z.infer<typeof credentialsSchema>;

export const readySchema = credentialsSchema.extend({ url: z.string(), databaseUrl: z.string() });

/** What `npm run up` writes for programs when it serves. */
export type Ready = z.infer<typeof readySchema>;

/** A command, ready to paste, that triggers an incident and so pages whoever is on call for the service. */
export function pagingCommand(url: string, { service, key }: Credentials["integrations"][number]): string {
  const event = {
    routing_key: key,
    event_action: "trigger",
    payload: { summary: `${service} answers slowly`, source: "example", severity: "critical" },
  };
  // A quotation mark would end the shell's string.
  const body = JSON.stringify(event).replaceAll("'", "\\u0027");
  return `curl -X POST ${url}/v2/enqueue -H 'Content-Type: application/json' -d '${body}'`;
}

/** What is printed when it serves. */
export function readyText(ready: Ready, folder: string): string {
  const [integration] = ready.integrations;
  const width = Math.max(...ready.users.map((user) => user.email.length), 0);
  const users = ready.users.map((user) => `    ${user.email.padEnd(width)}  ${user.password}  ${user.role}`);
  const signIns =
    users.length > 0
      ? ["  Sign in as (e-mail, password, role)", ...users]
      : ["  The organisation in this database was not made from here: sign in with an account of it."];
  return [
    "",
    `  Touchline serves on ${ready.url}`,
    "",
    ...signIns,
    ...(ready.apiKey ? ["", `  API key  ${ready.apiKey}`] : []),
    ...(integration
      ? [
          "",
          `  Page whoever is on call for ${integration.service}:`,
          `    ${pagingCommand(ready.url, integration)}`,
        ]
      : []),
    "",
    `  All of this is in ${folder}/ready.json; logs are in ${folder}/logs. Ctrl-C stops it.`,
    "",
  ].join("\n");
}
