import type { LookupAddress } from "node:dns";
import { lookup as resolve } from "node:dns/promises";
import type { IncomingHttpHeaders } from "node:http";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import type { LookupFunction } from "node:net";
import { isMetadataAddress, isPrivateAddress } from "#lib/http/private-address";

export type OutgoingRequest = {
  url: string;
  method: "GET" | "POST" | "PATCH";
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Total time, from name resolution to the last byte. */
  timeoutMs?: number;
  /** What of the answer is kept; the rest is not read. */
  maxBytes?: number;
  signal?: AbortSignal;
  /** Lets private and loopback addresses through (env().allowPrivateDestinations); a cloud's metadata never. */
  allowPrivate: boolean;
};

export type OutgoingResponse = { status: number; headers: IncomingHttpHeaders; body: string };

export type OutgoingFault = "refused" | "timeout" | "network";

/** No answer. `refused`: the address may not be called, and never will; the others may be tried again. */
export class OutgoingError extends Error {
  readonly fault: OutgoingFault;

  constructor(fault: OutgoingFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OutgoingError";
    this.fault = fault;
  }
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 65_536;

/**
 * Calls somebody else's server: the only way out over HTTP. The name is resolved here and the connection goes to the very address
 * that was checked, so that a name which changes its answer in between can't lead inside. Redirects are not followed: a 3xx is an
 * answer like any other. Throws OutgoingError.
 */
export async function requestOutgoing(input: OutgoingRequest): Promise<OutgoingResponse> {
  const url = parseTarget(input.url);
  const timeout = AbortSignal.timeout(input.timeoutMs ?? TIMEOUT_MS);
  const signal = input.signal ? AbortSignal.any([timeout, input.signal]) : timeout;
  try {
    const addresses = await untilAborted(addressesOf(url, input.allowPrivate), signal);
    return await exchange(url, addresses, input, signal);
  } catch (error) {
    if (error instanceof OutgoingError) throw error;
    if (signal.aborted)
      throw new OutgoingError("timeout", `No answer from ${url.host} in time.`, { cause: error });
    throw new OutgoingError("network", `${url.host} can't be reached: ${codeOf(error)}.`, { cause: error });
  }
}

function parseTarget(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new OutgoingError("refused", "The address is not an http or https URL.");
  }
  return url;
}

async function addressesOf(url: URL, allowPrivate: boolean): Promise<LookupAddress[]> {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host, { all: true }) : [{ address: host, family }];
  // One private answer among public ones is refused as well: no honest name has both.
  const isRefused = allowPrivate ? isMetadataAddress : isPrivateAddress;
  if (addresses.some(({ address }) => isRefused(address))) {
    throw new OutgoingError("refused", `${url.host} leads to a private address, which is not allowed here.`);
  }
  return addresses;
}

function exchange(
  url: URL,
  addresses: LookupAddress[],
  input: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingResponse> {
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  const body = input.body === undefined ? null : Buffer.from(input.body);
  return new Promise((done, fail) => {
    const request = send(url, {
      method: input.method,
      headers: { ...input.headers, ...(body ? { "content-length": body.length } : {}) },
      // A connection of its own: a pooled one could lead to an address that was not checked for this request.
      agent: false,
      lookup: pinned(addresses),
      signal,
    });
    request.on("error", fail);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        });
      response.on("error", fail);
      response.on("end", finish);
      response.on("data", (chunk: Buffer) => {
        const room = (input.maxBytes ?? MAX_BYTES) - size;
        chunks.push(chunk.subarray(0, room));
        size += chunk.length;
        if (chunk.length < room) return;
        finish();
        response.destroy();
      });
    });
    request.end(body ?? undefined);
  });
}

/** A resolver that knows one answer. */
function pinned(addresses: LookupAddress[]): LookupFunction {
  return (host, options, callback) => {
    const wanted = addresses.filter(({ family }) => !options.family || options.family === family);
    const [first] = wanted;
    if (!first) callback(Object.assign(new Error(`No address for ${host}.`), { code: "ENOTFOUND" }), "");
    else if (options.all) callback(null, wanted);
    else callback(null, first.address, first.family);
  };
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_, fail) => {
    stop = () => fail(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.message : String(error);
}
