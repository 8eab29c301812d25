/** Tells hosts that anybody on the internet can reach from those of a private network or of this machine. It reads the text only: it asks no DNS. */

/** `reserved`: private networks, and everything else that has no place on the internet. */
export type HostKind = "public" | "loopback" | "reserved";

/** True for a name or an address that the public internet can reach, as far as its text tells. */
export function isPublicHost(host: string): boolean {
	return kindOfHost(host) === "public";
}

/**
 * Says what a URL's `hostname` is. A text that is no host is `reserved`.
 * @param host An IPv6 address stands in brackets. Any spelling is understood: `0x7f.1`, `[::ffff:127.0.0.1]`, `localhost.`
 */
export function kindOfHost(host: string): HostKind {
	// The parser turns every spelling of a host into one: upper case, other scripts' digits and dots, octal, hex, and short IPv4 forms.
	const url = URL.parse(`https://${host}/`);
	if (url === null || url.href !== `https://${url.hostname}/`) return "reserved";
	const { hostname } = url;
	if (hostname.startsWith("[")) return kindOfIpv6(toGroups(hostname.slice(1, -1)));
	return IPV4.test(hostname) ? kindOfIpv4(toNumber(hostname)) : kindOfName(hostname);
}

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

type Block<Address> = readonly [first: Address, prefixBits: number];

/** Blocks that no host on the internet has (IANA's registry of special-purpose addresses), but for loopback. */
const RESERVED_IPV4: readonly Block<string>[] = [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.88.99.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	// Multicast, what is kept for later, and broadcast.
	["224.0.0.0", 3],
];
const LOOPBACK_IPV4: Block<string> = ["127.0.0.0", 8];

function kindOfIpv4(address: number): HostKind {
	const isIn = ([first, bits]: Block<string>) => address >>> (32 - bits) === toNumber(first) >>> (32 - bits);
	if (isIn(LOOPBACK_IPV4)) return "loopback";
	return RESERVED_IPV4.some(isIn) ? "reserved" : "public";
}

/** @param dotted Four decimal numbers */
function toNumber(dotted: string): number {
	return dotted.split(".").reduce((address, part) => address * 256 + Number(part), 0);
}

/** The only block of IPv6 from which hosts on the internet have their addresses. */
const GLOBAL_IPV6: Block<string> = ["2000::", 3];
/** Blocks inside of it that are for protocols and documents. 6to4 (`2002::`) would reach any IPv4 address, private ones too. */
const RESERVED_IPV6: readonly Block<string>[] = [
	["2001::", 23],
	["2001:db8::", 32],
	["2002::", 16],
	["3fff::", 20],
];

function kindOfIpv6(groups: readonly number[]): HostKind {
	const [high = 0, low = 0] = groups.slice(-2);
	const leading = groups.slice(0, -2);
	const isMapped = leading.slice(0, 5).every((group) => group === 0) && (leading[5] === 0xffff || leading[5] === 0);
	if (isMapped && leading[5] === 0 && high === 0 && low === 1) return "loopback";
	// `::ffff:127.0.0.1` and the older `::127.0.0.1` are the IPv4 address itself to some systems. No public host needs that form.
	if (isMapped) return kindOfIpv4(high * 0x1_0000 + low) === "loopback" ? "loopback" : "reserved";
	const bits = toBits(groups);
	const isIn = ([first, length]: Block<string>) => bits.startsWith(toBits(toGroups(first)).slice(0, length));
	return isIn(GLOBAL_IPV6) && !RESERVED_IPV6.some(isIn) ? "public" : "reserved";
}

/** @param address In hex, as a URL writes it. Returns the eight groups, with those that `::` stands for. */
function toGroups(address: string): readonly number[] {
	const [before = [], after = []] = address
		.split("::")
		.map((half) => half.split(":").flatMap((group) => (group === "" ? [] : [Number.parseInt(group, 16)])));
	return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function toBits(groups: readonly number[]): string {
	return groups.map((group) => group.toString(2).padStart(16, "0")).join("");
}

/** Ends of names that no public DNS answers: RFC 6761, 6762, 7686, 8375, 9476, ICANN's `.internal`, and what routers, offices and clusters use. */
const RESERVED_DOMAINS: readonly string[] = [
	"alt",
	"consul",
	"corp",
	"ec2",
	"home",
	"home.arpa",
	"internal",
	"intranet",
	"invalid",
	"lan",
	"local",
	"localdomain",
	"mail",
	"onion",
	"private",
	"svc",
	"test",
	"workgroup",
];

/** A name of one word is looked up in the network's own domain. The dot at a name's end only says that it is whole. */
function kindOfName(hostname: string): HostKind {
	const labels = hostname.replace(/\.$/, "").split(".");
	if (labels.at(-1) === "localhost") return "loopback";
	if (labels.length < 2 || labels.includes("")) return "reserved";
	return RESERVED_DOMAINS.some((domain) => `.${labels.join(".")}`.endsWith(`.${domain}`)) ? "reserved" : "public";
}
