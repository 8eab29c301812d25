import { describe, expect, it } from "vitest";
import type { Config } from "../../config.ts";
import { toFalAccount } from "../../fal-accounts.ts";
import { prefersAsync, readTerms } from "./terms.ts";

const CONFIG: Config = {
	falAccounts: [toFalAccount("test-id:test-secret")],
	falAdmins: [],
	lowBalance: 5,
	accessKeys: [{ account: "owner", key: "test-key-of-owner" }],
	owner: "owner",
	signingSecrets: ["test-secret"],
	falQueueUrl: "https://queue.test",
	falApiUrl: "https://api.test",
	falJwksUrl: "https://queue.test/jwks.json",
	falSchemaUrl: "https://fal.ai/api/openapi/queue/openapi.json",
	falStorageUrl: "https://rest.fal.ai",
	publicUrl: null,
	defaultModel: "imagen4-preview",
	offered: { kind: "all" },
	progress: "reasoning",
	pricing: { own: new Map(), fallback: 0.1 },
	maxOpenJobs: 100,
	deadlineMs: 900_000,
	retentionMs: 86_400_000,
};
const URL_OF_CHAT = "https://gateway.example/v1/chat/completions?x=1";

function request(headers: Record<string, string> = {}, url = URL_OF_CHAT): Request {
	return new Request(url, { method: "POST", headers });
}

function termsOf(headers: Record<string, string> = {}, url = URL_OF_CHAT, config = CONFIG) {
	const terms = readTerms(request(headers, url), config, "/v1/chat/completions");
	return terms.ok ? terms.value : terms.error;
}

describe("readTerms", () => {
	it("keeps the API that it is told of, and not the path that the request took", () => {
		const terms = readTerms(request({}, "https://gateway.example/v1/images/tasks/"), CONFIG, "/v1/images/generations");
		expect(terms).toMatchObject({ value: { route: "/v1/images/generations" } });
	});

	it("returns the defaults for a request that says nothing", () => {
		expect(termsOf()).toEqual({
			route: "/v1/chat/completions",
			idempotencyKey: null,
			retried: false,
			cancelOnDisconnect: false,
			webhookOrigin: "https://gateway.example",
		});
	});

	it.each(["k", "k".repeat(255)])("takes an Idempotency-Key within its bounds (%#)", (key) => {
		expect(termsOf({ "idempotency-key": key })).toMatchObject({ idempotencyKey: key });
	});

	it.each([
		["", { is: "empty" }],
		["  ", { is: "empty" }],
		["k".repeat(256), { is: "too_long", max: 255, of: "characters" }],
	])("refuses an Idempotency-Key out of its bounds (%#)", (key, fault) => {
		expect(termsOf({ "idempotency-key": key })).toEqual({ kind: "invalid_value", param: "Idempotency-Key", fault });
	});

	it.each([
		["1", true],
		["2", true],
		["1e3", true],
		["0", false],
		["-1", false],
		["", false],
		["one", false],
		["NaN", false],
		["1, 1", false],
		["true", false],
	])("reads x-stainless-retry-count %j as retried: %s", (count, retried) => {
		expect(termsOf({ "x-stainless-retry-count": count })).toMatchObject({ retried });
	});

	it.each([
		["cancel", true],
		[" Cancel ", true],
		["CANCEL", true],
		["continue", false],
		["cancelled", false],
		["cancel, continue", false],
		["true", false],
		["", false],
	])("reads x-on-disconnect %j as a wish to cancel: %s", (value, cancelOnDisconnect) => {
		expect(termsOf({ "x-on-disconnect": value })).toMatchObject({ cancelOnDisconnect });
	});

	it("asks for no webhook to an origin that fal cannot reach", () => {
		expect(termsOf({}, "http://localhost:8787/v1/responses")).toMatchObject({ webhookOrigin: null });
	});

	it("takes PUBLIC_URL for webhooks, whatever the request's own host", () => {
		const config = { ...CONFIG, publicUrl: "https://pictures.test/base" };
		expect(termsOf({}, "http://localhost:8787/v1/responses", config)).toMatchObject({
			webhookOrigin: "https://pictures.test/base",
		});
	});
});

describe("prefersAsync", () => {
	it.each([
		["respond-async", true],
		["Respond-Async", true],
		["wait=10, respond-async", true],
		["respond-async ,wait=10", true],
		[",, respond-async", true],
		["respond-async; x=1", true],
		["", false],
		["wait=10", false],
		["respond-asynchronously", false],
		["respond-async=no", false],
		["return=minimal; respond-async", false],
		["respond async", false],
	])("reads Prefer %j as %s", (prefer, expected) => {
		expect(prefersAsync(request({ prefer }))).toBe(expected);
	});

	it("is false without the header", () => {
		expect(prefersAsync(request())).toBe(false);
	});
});
