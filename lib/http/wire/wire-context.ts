/** What a serialiser has to know about the request: under which base the client reached us, where pages are, and in which zone to tell time. */
export type WireContext = {
  /** The public API's base as the client wrote it, without a slash at the end; `self` begins with it. */
  api: string;
  /** The address of the web pages, without a slash at the end. */
  web: string;
  /** IANA zone, or null: UTC, written with `Z`. */
  timeZone: string | null;
  /** The values of `include[]`. */
  include: ReadonlySet<string>;
};
