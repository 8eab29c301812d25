import { describe, expect, it } from "vitest";
import { isLoopback, isPrivateHost } from "./private-host.ts";

describe("a host of the inside", () => {
	it.each([
		"http://localhost",
		"http://LOCALHOST.",
		"http://a.localhost",
		"http://127.0.0.1",
		"http://127.1",
		"http://0x7f.0.0.1",
		"http://2130706433",
		"http://017700000001",
		"http://0.0.0.0",
		"http://10.0.0.7",
		"http://172.16.0.1",
		"http://172.31.255.255",
		"http://192.168.1.1",
		"http://169.254.169.254",
		"http://100.64.0.1",
		"http://100.127.255.255",
		"http://198.19.0.1",
		"http://192.0.2.1",
		"http://224.0.0.1",
		"http://255.255.255.255",
		"http://[::1]",
		"http://[::]",
		"http://[::ffff:10.0.0.1]",
		"http://[::ffff:8.8.8.8]",
		"http://[fd00::1]",
		"http://[fe80::1]",
		"http://[ff02::1]",
		"http://[64:ff9b::7f00:1]",
		"http://[2002:7f00:1::]",
		"http://[2001:0:1::]",
		"http://[2001:db8::1]",
		"http://metadata.google.internal",
		"http://printer.local",
		"http://router.lan",
		"http://box.home.arpa",
		"http://metadata",
		"http://sim:8788",
	])("is %s", (url) => {
		expect(isPrivateHost(new URL(url).hostname)).toBe(true);
	});

	it.each([
		"https://v3.fal.media",
		"https://v3.fal.media.",
		"https://8.8.8.8",
		"https://172.32.0.1",
		"https://100.128.0.1",
		"https://169.253.0.1",
		"https://[2606:4700::1111]",
		"https://localhost.evil.test",
		"https://127.0.0.1.evil.test",
		"https://internal.evil.test",
		"https://xn--fiq228c.test",
	])("is not %s", (url) => {
		expect(isPrivateHost(new URL(url).hostname)).toBe(false);
	});
});

describe("a host of this machine", () => {
	it.each([
		["http://localhost:8788", true],
		["http://sim.localhost", true],
		["http://127.0.0.1", true],
		["http://127.1.2.3", true],
		["http://[::1]", true],
		["http://localhost.evil.test", false],
		["http://10.0.0.1", false],
		["http://[::2]", false],
		["https://v3.fal.media", false],
	])("%s: %s", (url, expected) => {
		expect(isLoopback(new URL(url).hostname)).toBe(expected);
	});
});
