import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HostKind, isPublicHost, kindOfHost } from "./public-host.ts";

const HOSTS: Readonly<Record<HostKind, readonly string[]>> = {
	public: [
		"example.com",
		"example.com.",
		"EXAMPLE.com",
		"darkroom.somebody.workers.dev",
		"10.example.com",
		"localhost.example.com",
		"internal.example.com",
		"test.example.com",
		"bücher.example",
		"1.1.1.1",
		"8.8.8.8",
		"9.255.255.255",
		"11.0.0.0",
		"100.63.255.255",
		"100.128.0.0",
		"126.255.255.255",
		"128.0.0.1",
		"169.253.255.255",
		"169.255.0.0",
		"172.15.255.255",
		"172.32.0.3",
		"191.255.255.255",
		"192.0.1.0",
		"192.167.255.255",
		"192.169.0.0",
		"198.17.255.255",
		"198.20.0.0",
		"223.255.255.255",
		"0x08.0x08.0x08.0x08",
		"134744072",
		"[2606:4700::6810:85e5]",
		"[2a00:1450:4001:80b::200e]",
		"[2001:200::1]",
		"[2001:0db7::1]",
		"[3ffe::1]",
	],
	loopback: [
		"localhost",
		"localhost.",
		"LOCALHOST",
		"darkroom.localhost",
		"a.b.localhost.",
		"127.0.0.1",
		"127.0.0.1.",
		"127.1",
		"127.255.255.254",
		"0x7f.1",
		"0x7f000001",
		"0177.0.0.1",
		"2130706433",
		"①②⑦.⓪.⓪.①",
		"127。0。0。1",
		"%6c%6f%63alhost",
		"[::1]",
		"[0:0:0:0:0:0:0:1]",
		"[0000:0000::0001]",
		"[::ffff:127.0.0.1]",
		"[::ffff:7f00:1]",
		"[::127.0.0.1]",
		"[0:0:0:0:0:ffff:7f12:3456]",
	],
	reserved: [
		"",
		".",
		"..",
		"gateway",
		"gateway.",
		"localhost..",
		"a..com",
		".example.com",
		"printer.local",
		"printer.LOCAL.",
		"metadata.google.internal",
		"internal",
		"nas.home.arpa",
		"home.arpa",
		"nas.lan",
		"nas.home",
		"wiki.corp",
		"wiki.intranet",
		"gateway.test",
		"gateway.invalid",
		"something.onion",
		"something.alt",
		"localhost.localdomain",
		"0.0.0.0",
		"0",
		"0.1.2.3",
		"10.0.0.1",
		"10.255.255.255",
		"012.0.0.1",
		"0xa.1",
		"167772161",
		"100.64.0.1",
		"100.127.255.255",
		"169.254.0.1",
		"169.254.169.254",
		"169.254.169.254.",
		"0xa9fea9fe",
		"2852039166",
		"172.16.0.1",
		"172.20.0.3",
		"172.31.255.255",
		"192.0.0.1",
		"192.0.0.192",
		"192.0.2.1",
		"192.88.99.1",
		"192.168.1.20",
		"192.168.65535",
		"198.18.0.1",
		"198.19.255.255",
		"198.51.100.7",
		"203.0.113.7",
		"224.0.0.1",
		"239.255.255.250",
		"240.0.0.1",
		"255.255.255.255",
		"[::]",
		"[::2]",
		"[::ffff:10.0.0.1]",
		"[::ffff:169.254.169.254]",
		"[::ffff:a9fe:a9fe]",
		"[::169.254.169.254]",
		"[::ffff:8.8.8.8]",
		"[::ffff:0:127.0.0.1]",
		"[64:ff9b::7f00:1]",
		"[64:ff9b:1::a00:1]",
		"[100::1]",
		"[2001::1]",
		"[2001:0:7f00:1::]",
		"[2001:db8::1]",
		"[2002:7f00:1::]",
		"[2002:a00:1::]",
		"[3fff::1]",
		"[5f00::1]",
		"[fc00::1]",
		"[fd00::1]",
		"[fd12:3456:789a::1]",
		"[fe80::1]",
		"[febf::1]",
		"[fec0::1]",
		"[ff02::1]",
		// No hosts at all.
		"::1",
		"fe80::1%eth0",
		"[fe80::1%25eth0]",
		"1.2.3.4.5",
		"256.0.0.1",
		"exa mple.com",
		"[::1",
		"example.com:8443",
		"example.com/x",
		"example.com?x",
		"example.com#x",
		"user@example.com",
		"example.com@127.0.0.1",
	],
};

describe.each(Object.entries(HOSTS))("%s", (kind, hosts) => {
	it.each(hosts)("is %s", (host) => {
		expect(kindOfHost(host)).toBe(kind);
		expect(isPublicHost(host)).toBe(kind === "public");
	});
});

it("tells an IPv4 address the same in every spelling", () => {
	const hex = (address: number) => `0x${address.toString(16)}`;
	const octal = (address: number) => `0${address.toString(8)}`;
	fc.assert(
		fc.property(fc.nat({ max: 2 ** 32 - 1 }), (address) => {
			const parts = [24, 16, 8, 0].map((shift) => (address >>> shift) & 255);
			const dotted = parts.join(".");
			const expected = kindOfHost(dotted);
			const spellings = [
				`${address}`,
				hex(address),
				octal(address),
				parts.map(hex).join("."),
				parts.map(octal).join("."),
				`${dotted}.`,
				`${parts[0]}.${address % 2 ** 24}`,
			];
			for (const spelling of spellings) expect([spelling, kindOfHost(spelling)]).toEqual([spelling, expected]);
			const mapped = expected === "loopback" ? "loopback" : "reserved";
			expect(kindOfHost(`[::ffff:${dotted}]`)).toBe(mapped);
		}),
	);
});

const anyCode = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));

it("never fails, whatever the text", () => {
	const isKind = (text: string) => Object.keys(HOSTS).includes(kindOfHost(text));
	fc.assert(fc.property(fc.string({ unit: anyCode }), isKind));
});
