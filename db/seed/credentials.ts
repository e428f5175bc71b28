/** What a seed creates that can be read only now, because the database keeps hashes. */
export type SeedCredentials = {
  apiKey: string;
  users: { email: string; password: string; role: string }[];
  integrations: { service: string; key: string }[];
};

export type SeedOptions = {
  /** The instant that counts as now; the database's by default. */
  now?: Date;
  /** The password of every account that can sign in; a random one by default. */
  password?: string;
};
