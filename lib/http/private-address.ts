import { BlockList, isIP } from "node:net";

// Every range that the IANA special-purpose registries (RFC 6890 and successors) mark as not globally reachable, and those
// IPv6 ranges that carry an IPv4 address inside, through which a private one could be reached.
const IPV4: [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
const IPV6: [string, number][] = [
  ["::", 96],
  ["::ffff:0:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
];

/** Where clouds answer the machine itself about its credentials: link-local, and what some providers have chosen elsewhere. */
const METADATA: [string, number, "ipv4" | "ipv6"][] = [
  ["169.254.0.0", 16, "ipv4"],
  ["100.100.100.200", 32, "ipv4"],
  ["192.0.0.192", 32, "ipv4"],
  ["fe80::", 10, "ipv6"],
  ["fd00:ec2::254", 128, "ipv6"],
];

const blocked = new BlockList();
const metadata = new BlockList();
for (const [network, prefix, family] of METADATA) metadata.addSubnet(network, prefix, family);
for (const [network, prefix] of IPV4) blocked.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of IPV6) blocked.addSubnet(network, prefix, "ipv6");

/**
 * Whether an IP address leads somewhere that is not the public internet: private, loopback, link-local, multicast, reserved.
 * An IPv4-mapped IPv6 address counts as the IPv4 address in it. What is no IP address at all counts as private.
 */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return blocked.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** Whether an IP address may be a cloud's metadata service. Nobody's webhook is there, wherever private addresses are let through. */
export function isMetadataAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && metadata.check(address, family === 4 ? "ipv4" : "ipv6");
}
