import { describe, expect, it } from "vitest";
import { publicOrigin, webhookOrigin } from "./origins.ts";

const UNSET = { publicUrl: null };
const SET = { publicUrl: "http://localhost:8787/base" };

describe("publicOrigin", () => {
	it.each([
		["https://gateway.example.com/v1/models", "https://gateway.example.com"],
		["http://localhost:8787/v1/models?x=1", "http://localhost:8787"],
		["https://GATEWAY.example.com:443/v1", "https://gateway.example.com"],
	])("is the origin of the request %s", (url, origin) => {
		expect(publicOrigin(UNSET, { url })).toBe(origin);
	});

	it("is PUBLIC_URL if that is set", () => {
		expect(publicOrigin(SET, { url: "https://evil.example/v1/models" })).toBe("http://localhost:8787/base");
	});
});

describe("webhookOrigin", () => {
	it.each([
		["https://gateway.example.com/v1", "https://gateway.example.com"],
		["https://gateway.example.com:8443/v1", "https://gateway.example.com:8443"],
		["https://10.example.com/v1", "https://10.example.com"],
		["https://172.32.0.3/v1", "https://172.32.0.3"],
		["http://gateway.example.com/v1", null],
		["http://172.32.0.3/v1", null],
		["https://localhost/v1", null],
		["https://localhost./v1", null],
		["https://darkroom.localhost/v1", null],
		["https://gateway/v1", null],
		["https://printer.local/v1", null],
		["https://gateway.internal/v1", null],
		["https://127.0.0.1:8787/v1", null],
		["https://0x7f.1/v1", null],
		["https://0.0.0.0/v1", null],
		["https://192.168.1.20/v1", null],
		["https://172.20.0.3/v1", null],
		["https://169.254.169.254/v1", null],
		["https://100.64.0.1/v1", null],
		["https://[::1]/v1", null],
		["https://[fd00::1]/v1", null],
		["https://[::ffff:10.0.0.1]/v1", null],
	])("of %s is %s", (url, origin) => {
		expect(webhookOrigin(UNSET, { url })).toBe(origin);
	});

	it("is PUBLIC_URL if that is set, loopback or not", () => {
		expect(webhookOrigin(SET, { url: "https://evil.example/v1" })).toBe("http://localhost:8787/base");
	});
});
