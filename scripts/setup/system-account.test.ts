import { describe, expect, it } from "vitest";
import { chooseAccount } from "#scripts/setup/system-account";

const ROOT = "root:x:0:0:root:/root:/bin/bash";
const DAEMON = "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin";
const NOBODY = "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin";
const POSTGRES = "postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash";

describe("chooseAccount", () => {
  it("prefers PostgreSQL's own account, then nobody, then any that is not root", () => {
    expect(chooseAccount([ROOT, DAEMON, NOBODY, POSTGRES].join("\n"))).toEqual({
      name: "postgres",
      uid: 101,
      gid: 104,
    });
    expect(chooseAccount([ROOT, DAEMON, NOBODY].join("\n"))).toEqual({
      name: "nobody",
      uid: 65_534,
      gid: 65_534,
    });
    expect(chooseAccount([ROOT, DAEMON].join("\n"))).toEqual({ name: "daemon", uid: 1, gid: 1 });
  });

  it("never chooses an account or a group of root", () => {
    expect(
      chooseAccount(
        [ROOT, "postgres:x:0:0::/:", "nobody:x:65534:0::/:", "", "# a comment", "+::::::"].join("\n"),
      ),
    ).toBeUndefined();
  });
});
