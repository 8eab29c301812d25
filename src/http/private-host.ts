/** Tells hosts of the inside from those of the public internet, by their names and addresses. What a name resolves to is not known here. */

/** Names that no public server has (RFC 6761, 6762, 8375, and what networks at home and at work use). */
const INSIDE_NAMES = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa)$/;

/** IPv4 ranges that are not for public servers (RFC 6890): first address and length of the prefix. */
const INSIDE_RANGES: readonly (readonly [first: string, bits: number])[] = [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 3],
];

/** @param hostname As `URL` has it: in lower case, addresses in their usual form, IPv6 in brackets */
export function isPrivateHost(hostname: string): boolean {
	const host = withoutDot(hostname);
	if (host.startsWith("[")) return isPrivateIpv6(host.slice(1, -1));
	const address = toNumber(host);
	if (address !== null) return INSIDE_RANGES.some(([first, bits]) => isWithin(address, toNumber(first) ?? 0, bits));
	return !host.includes(".") || INSIDE_NAMES.test(host);
}

/** @param hostname As `URL` has it */
export function isLoopback(hostname: string): boolean {
	const host = withoutDot(hostname);
	return /^(?:(?:.+\.)?localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(host);
}

function withoutDot(hostname: string): string {
	return hostname.toLowerCase().replace(/\.{1,8}$/, "");
}

function toNumber(host: string): number | null {
	if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return null;
	return host.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function isWithin(address: number, first: number, bits: number): boolean {
	const size = 2 ** (32 - bits);
	return Math.floor(address / size) === Math.floor(first / size);
}

/** Public servers have addresses of 2000::/3. Of these, some are for documents, and some carry an IPv4 address that may be any. */
function isPrivateIpv6(address: string): boolean {
	const [first = 0, second = 0] = address.split(":", 2).map((group) => Number.parseInt(group || "0", 16));
	if (first < 0x2000 || first > 0x3fff) return true;
	const carriesIpv4 = first === 0x2002 || (first === 0x2001 && second < 0x0200);
	return carriesIpv4 || (first === 0x2001 && second === 0x0db8);
}
