import { createServer } from "node:net";

const LAST_PORT = 65_535;

/** Whether a server could listen on `port` of `host` right now. */
export async function isFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return (await listenOnce(port, host)) !== undefined;
}

/** A port of the loopback address that nothing listens on; `preferred` if it is free. */
export async function freePort(preferred?: number): Promise<number> {
  const port = (preferred === undefined ? undefined : await listenOnce(preferred)) ?? (await listenOnce(0));
  if (port === undefined) throw new Error("No port of 127.0.0.1 is free.");
  return port;
}

/** The first port from `first` on that is free on `host`. */
export async function nextFreePort(first: number, host: string): Promise<number> {
  for (let port = first; port <= LAST_PORT; port += 1) if (await isFree(port, host)) return port;
  throw new Error(`No port from ${first} on is free.`);
}

function listenOnce(port: number, host = "127.0.0.1"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
