import { createHash, createPublicKey, createVerify, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { isIPv4 } from "node:net";
import { SignJWT } from "jose";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

export const VONAGE = {
  apiKey: "abcd1234",
  apiSecret: "the secret of the double",
  signatureSecret: "the signature secret of the double, long enough",
  applicationId: "00000000-0000-4000-8000-000000000001",
  from: "447700900000",
  privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
};

export type VonageRequest = { id: string; path: string; body: Record<string, unknown> };
type Refusal = { status: number; body: unknown };

export type VonageDouble = Awaited<ReturnType<typeof startVonage>>;

/** Speaks Vonage's side of Messages and Voice: checks who asks, takes what it is given, and calls back signed. */
export async function startVonage(tell: (line: string) => void = () => undefined) {
  const requests: VonageRequest[] = [];
  const refusals: Refusal[] = [];
  const take = (path: string, authorization: string, body: Record<string, unknown>): Refusal => {
    tell(`→ POST ${path} ${JSON.stringify(body)}`);
    const [refusal] = refusals.splice(0, 1);
    if (!isAllowed(path, authorization))
      return { status: 401, body: { title: "Unauthorised", detail: "Check your keys" } };
    if (refusal) return refusal;
    const id = `00000000-0000-4000-8000-${String(requests.length + 100).padStart(12, "0")}`;
    requests.push({ id, path, body });
    return path === "/v1/calls"
      ? { status: 201, body: { uuid: id, status: "started", direction: "outbound" } }
      : { status: 202, body: { message_uuid: id } };
  };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body: Record<string, unknown> = JSON.parse(Buffer.concat(chunks).toString());
      const answer = take(incoming.url ?? "", incoming.headers.authorization ?? "", body);
      tell(`← ${answer.status} ${JSON.stringify(answer.body)}`);
      outgoing.writeHead(answer.status, { "content-type": "application/json" });
      outgoing.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string" || !isIPv4(address.address))
    throw new Error("No port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    refuseNext: (...answers: Refusal[]) => refusals.push(...answers),
    post: (url: string, body: unknown, secret = VONAGE.signatureSecret) =>
      postSigned(tell, url, body, secret),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function isAllowed(path: string, authorization: string): boolean {
  const [scheme, credentials = ""] = authorization.split(" ");
  if (path === "/v1/messages") {
    const expected = Buffer.from(`${VONAGE.apiKey}:${VONAGE.apiSecret}`).toString("base64");
    return scheme === "Basic" && credentials === expected;
  }
  const [head, body, signature = ""] = credentials.split(".");
  const key = createPublicKey(publicKey.export({ type: "spki", format: "pem" }).toString());
  const verify = createVerify("RSA-SHA256").update(`${head}.${body}`);
  const claims = JSON.parse(Buffer.from(body ?? "", "base64url").toString());
  return (
    scheme === "Bearer" &&
    verify.verify(key, signature, "base64url") &&
    claims.application_id === VONAGE.applicationId &&
    typeof claims.jti === "string"
  );
}

async function postSigned(tell: (line: string) => void, url: string, body: unknown, secret: string) {
  const text = JSON.stringify(body);
  const token = await new SignJWT({
    payload_hash: createHash("sha256").update(text).digest("hex"),
    iss: "Vonage",
  })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt()
    .setJti(crypto.randomUUID())
    .sign(new TextEncoder().encode(secret));
  tell(`← POST ${new URL(url).pathname.replace(/[^/]{40,}/, "…")} ${text}`);
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: text,
  });
  const answer = await response.text();
  tell(`→ ${response.status} ${answer.replaceAll(/"https?:\/\/[^"]+\/call\/[^"]+"/g, '"…"')}`);
  return { status: response.status, body: answer };
}
