import { describe, expect, it } from "vitest";
import { readWebhookUrl, toWebhookUrl } from "./target.ts";

const REAL = { falQueueUrl: "https://queue.fal.run" };
const LOCAL = { falQueueUrl: "http://localhost:8788" };
/** In a private network, as a shared simulator may be. */
const INSIDE = { falQueueUrl: "http://10.0.0.7:8788" };

describe("toWebhookUrl", () => {
	it.each([
		["a host and a path", "https://client.example.com/hooks/1?x=2", "https://client.example.com/hooks/1?x=2"],
		["a port", "https://client.example.com:8443/", "https://client.example.com:8443/"],
		["a public address", "https://8.8.8.8/hook", "https://8.8.8.8/hook"],
		["a public address of IPv6", "https://[2606:4700::1111]/hook", "https://[2606:4700::1111]/hook"],
		["a fragment, which is cut off", "https://client.example.com/#a", "https://client.example.com/"],
		[
			"what a browser takes for a path, though it looks like a host",
			"https://client.example.com\\@10.0.0.1/",
			"https://client.example.com/@10.0.0.1/",
		],
		["capitals and spaces around it", "  HTTPS://Client.Example.COM/Hook ", "https://client.example.com/Hook"],
	])("takes %s", (_, address, called) => {
		expect(toWebhookUrl(address, REAL)).toBe(called);
	});

	it.each([
		["no address", "client.example.com"],
		["nothing", ""],
		["plain http", "http://client.example.com/"],
		["another scheme", "ftp://client.example.com/"],
		["a script", "javascript:alert(1)"],
		["data", "data:text/plain,x"],
		["a file", "file:///etc/passwd"],
		["a socket", "wss://client.example.com/"],
		["a user", "https://me@client.example.com/"],
		["a password", "https://me:secret@client.example.com/"],
		["an empty user before a password", "https://:secret@client.example.com/"],
		["a host behind a user that looks like one", "https://client.example.com@10.0.0.1/"],
		["loopback", "https://127.0.0.1/"],
		["loopback in short", "https://127.1/"],
		["loopback as one number", "https://2130706433/"],
		["loopback in hex", "https://0x7f000001/"],
		["loopback in octal", "https://0177.0.0.1/"],
		["loopback in wide digits", "https://１２７.0.0.1/"],
		["loopback with each digit escaped", "https://%31%32%37.0.0.1/"],
		["loopback with Chinese dots", "https://127。0。0。1/"],
		["loopback with a dot at its end", "https://127.0.0.1./"],
		["the name of loopback", "https://localhost/"],
		["the name of loopback with an invisible letter in it", "https://local\u00adhost/"],
		["the name of loopback in other letters", "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/"],
		["the name of loopback, with a dot", "https://localhost./"],
		["a name below that of loopback", "https://a.localhost/"],
		["loopback of IPv6", "https://[::1]/"],
		["loopback of IPv6, in full", "https://[0:0:0:0:0:0:0:1]/"],
		["loopback mapped into IPv6", "https://[::ffff:127.0.0.1]/"],
		["loopback mapped into IPv6, in hex", "https://[::ffff:7f00:1]/"],
		["a private address mapped into IPv6", "https://[::ffff:10.0.0.1]/"],
		["a private address in 6to4", "https://[2002:0a00:0001::]/"],
		["a private address behind NAT64", "https://[64:ff9b::10.0.0.1]/"],
		["a private address behind a local NAT64", "https://[64:ff9b:1::10.0.0.1]/"],
		["Teredo", "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/"],
		["no address of IPv6", "https://[::]/"],
		["an unspecified address", "https://0.0.0.0/"],
		["zero", "https://0/"],
		["a private address", "https://10.1.2.3/"],
		["another private address", "https://172.31.255.255/"],
		["an address of a home", "https://192.168.1.1/"],
		["a carrier's address", "https://100.64.0.1/"],
		["a cloud's metadata", "https://169.254.169.254/latest/meta-data/"],
		["a cloud's metadata as one number", "https://2852039166/"],
		["a cloud's metadata by name", "https://metadata.google.internal/"],
		["unique local IPv6", "https://[fd00::1]/"],
		["link-local IPv6", "https://[fe80::1]/"],
		["a zone", "https://[fe80::1%25eth0]/"],
		["multicast", "https://224.0.0.1/"],
		["broadcast", "https://255.255.255.255/"],
		["a name of one word", "https://intranet/"],
		["a name of one word, with a dot", "https://intranet./"],
		["a name of mDNS", "https://printer.local/"],
		["a name of a home", "https://nas.home.arpa/"],
		["a name of an office", "https://wiki.corp/"],
		["a name for tests", "https://client.test/"],
		["an onion", "https://abcdef.onion/"],
		["a host with a space in it", "https://exa mple.com/"],
		["a port that is none", "https://client.example.com:99999/"],
		["no host", "https:///hook"],
	])("refuses %s", (_, address) => {
		expect(toWebhookUrl(address, REAL)).toBeNull();
		expect(toWebhookUrl(address, INSIDE)).toBeNull();
	});

	it.each(["http://127.0.0.1:9000/hook", "http://localhost:9000/hook", "https://localhost/hook", "http://[::1]:9000/"])(
		"takes %s where fal's queue is on loopback, as a simulator is",
		(address) => {
			expect(toWebhookUrl(address, LOCAL)).toBe(address);
			expect(toWebhookUrl(address, REAL)).toBeNull();
		},
	);

	it.each([
		"http://10.0.0.7:8788/",
		"http://192.168.1.1/",
		"https://10.0.0.1/",
		"http://client.example.com/",
		"ftp://localhost/",
		"http://me@localhost/",
	])("refuses %s even there", (address) => {
		for (const config of [LOCAL, INSIDE]) expect(toWebhookUrl(address, config)).toBeNull();
	});
});

describe("readWebhookUrl", () => {
	it("is null without an address", () => {
		expect(readWebhookUrl(undefined, REAL)).toEqual({ ok: true, value: null });
	});

	it("names the field, and does not repeat the address", () => {
		expect(readWebhookUrl("https://me:secret@client.example.com/", REAL)).toEqual({
			ok: false,
			error: {
				kind: "invalid_value",
				param: "webhook_url",
				fault: { is: "webhook_address" },
			},
		});
	});
});
