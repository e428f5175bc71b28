/** What a route of the browser's API answered instead of data. */
export class ApiProblem extends Error {
  /** HTTP status; 0 when the server was not reached. */
  readonly status: number;
  readonly fields: readonly { field: string; message: string }[];
  /** Names the failure in the server's log. */
  readonly requestId: string | null;

  constructor(
    message: string,
    options: { status: number; fields?: { field: string; message: string }[]; requestId?: string | null },
  ) {
    super(message);
    this.name = "ApiProblem";
    this.status = options.status;
    this.fields = options.fields ?? [];
    this.requestId = options.requestId ?? null;
  }
}

const TIMEOUT_MS = 15_000;

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What is being made, by its request. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Calls a route of the browser's own API and gives its `data`. Throws ApiProblem with a sentence to show: what the server said, or that it
 * was not reached in 15 s. A POST that says the same as one under way is that one: a form that is sent twice in a moment makes one thing.
 */
export function callApi<Data>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Data> {
  if (method !== "POST" || signal) return call<Data>(method, path, body, signal);
  const key = JSON.stringify([path, body]);
  const same = underWay.get(key) ?? call<Data>(method, path, body).finally(() => underWay.delete(key));
  underWay.set(key, same);
  // The same request has the same answer.
  return same as Promise<Data>;
}

async function call<Data>(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Data> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem("The server could not be reached.", { status: 0 });
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(response.status, answer);
  // The route's handler is typed with the same DTO; both are built from one source.
  return (isRecord(answer) ? answer["data"] : answer) as Data;
}

/** The messages for one field of a form, none when the problem isn't about it. */
export function fieldErrors(error: unknown, field: string): string[] {
  if (!(error instanceof ApiProblem)) return [];
  return error.fields.filter((entry) => entry.field === field).map(({ message }) => message);
}

function problemOf(status: number, answer: unknown): ApiProblem {
  if (!isRecord(answer)) return new ApiProblem("The server gave no usable answer.", { status });
  const { detail, title, errors, requestId } = answer;
  const message =
    typeof detail === "string" ? detail : typeof title === "string" ? title : "It did not work.";
  return new ApiProblem(message, {
    status,
    fields: Array.isArray(errors) ? errors.filter(isFieldError) : [],
    requestId: typeof requestId === "string" ? requestId : null,
  });
}

function isFieldError(value: unknown): value is { field: string; message: string } {
  return isRecord(value) && typeof value["field"] === "string" && typeof value["message"] === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
