import { describe, expect, it } from "vitest";
import { JOB, makeConfig, OTHER_JOB } from "../../test/support/workerd/make-config.ts";
import type { Config } from "../config.ts";
import { createLinks } from "./links.ts";

const NEW = "the-new-signing-key";
const OLD = "the-old-signing-key";
const config = makeConfig({ SIGNING_KEY: NEW });
const links = createLinks(config);
const PICTURE = { job: JOB, file: "0.png" };
const EXPIRES_AT = 1_800_000_000_000;
const BEFORE = EXPIRES_AT - 1;

function queryOf(link: string): URLSearchParams {
	return new URL(link, "https://gateway.example.com").searchParams;
}

function verifiedBy(other: Config, query: URLSearchParams): Promise<boolean> {
	return createLinks(other).verify("images", PICTURE, query, BEFORE);
}

describe("a link to a picture", () => {
	it("is the same each time, holds its expiry in seconds, and is valid", async () => {
		const link = await links.sign("images", PICTURE, EXPIRES_AT);
		expect(link).toMatch(new RegExp(`^/images/${JOB}/0\\.png\\?exp=1800000000&sig=[A-Za-z0-9_-]{43}$`));
		expect(await links.sign("images", PICTURE, EXPIRES_AT)).toBe(link);
		expect(await links.verify("images", PICTURE, queryOf(link), BEFORE)).toBe(true);
	});

	it("is the same when so many others were signed since that it is signed anew", async () => {
		const link = await links.sign("images", PICTURE, EXPIRES_AT);
		const others = Array.from({ length: 1_100 }, (_, index) => ({ job: OTHER_JOB, file: `${index}.png` }));
		const signed = await Promise.all(others.map((other) => links.sign("images", other, EXPIRES_AT)));
		expect(new Set(signed.map((other) => queryOf(other).get("sig"))).size).toBe(1_100);
		expect(await links.sign("images", PICTURE, EXPIRES_AT)).toBe(link);
	});

	it("expires at its expiry", async () => {
		const query = queryOf(await links.sign("images", PICTURE, EXPIRES_AT));
		expect(await links.verify("images", PICTURE, query, EXPIRES_AT - 1)).toBe(true);
		expect(await links.verify("images", PICTURE, query, EXPIRES_AT)).toBe(false);
	});

	it("opens no other picture and no other job", async () => {
		const query = queryOf(await links.sign("images", PICTURE, EXPIRES_AT));
		expect(await links.verify("images", { job: JOB, file: "1.png" }, query, BEFORE)).toBe(false);
		expect(await links.verify("images", { job: JOB, file: "0.svg" }, query, BEFORE)).toBe(false);
		expect(await links.verify("images", { job: OTHER_JOB, file: "0.png" }, query, BEFORE)).toBe(false);
	});

	it("is invalid with any letter of its signature altered, even in the unused bits of the last one", async () => {
		const query = queryOf(await links.sign("images", PICTURE, EXPIRES_AT));
		const sig = query.get("sig") ?? "";
		const other = (letter: string) => (letter === "A" ? "B" : "A");
		for (let at = 0; at < sig.length; at++) {
			const altered = new URLSearchParams(query);
			altered.set("sig", sig.slice(0, at) + other(sig.charAt(at)) + sig.slice(at + 1));
			expect(await links.verify("images", PICTURE, altered, BEFORE)).toBe(false);
		}
	});

	it.each<[string, (query: URLSearchParams) => void]>([
		["a later expiry", (query) => query.set("exp", "1900000000")],
		["another spelling of the expiry", (query) => query.set("exp", "01800000000")],
		["an expiry that is no number", (query) => query.set("exp", "1e9")],
		["no expiry", (query) => query.delete("exp")],
		["no signature", (query) => query.delete("sig")],
		["an empty signature", (query) => query.set("sig", "")],
		["padding", (query) => query.set("sig", `${query.get("sig")}=`)],
		["the expiry twice", (query) => query.append("exp", "1800000000")],
		["the signature twice", (query) => query.append("sig", query.get("sig") ?? "")],
	])("is invalid with %s", async (_, alter) => {
		const query = queryOf(await links.sign("images", PICTURE, EXPIRES_AT));
		alter(query);
		expect(await links.verify("images", PICTURE, query, BEFORE)).toBe(false);
	});

	it("is valid with a parameter that somebody added", async () => {
		const query = queryOf(await links.sign("images", PICTURE, EXPIRES_AT));
		query.append("utm_source", "chat");
		expect(await links.verify("images", PICTURE, query, BEFORE)).toBe(true);
	});
});

describe("a link to an input", () => {
	const INPUT = { job: JOB, file: "0" };

	it("is of its own path, and valid", async () => {
		const link = await links.sign("inputs", INPUT, EXPIRES_AT);
		expect(link).toMatch(new RegExp(`^/inputs/${JOB}/0\\?exp=1800000000&sig=[A-Za-z0-9_-]{43}$`));
		expect(await links.verify("inputs", INPUT, queryOf(link), BEFORE)).toBe(true);
		expect(await links.verify("inputs", { job: JOB, file: "0-white" }, queryOf(link), BEFORE)).toBe(false);
	});

	it("has another key than links to pictures", async () => {
		const input = queryOf(await links.sign("inputs", PICTURE, EXPIRES_AT));
		expect(await links.verify("images", PICTURE, input, BEFORE)).toBe(false);
		const picture = queryOf(await links.sign("images", INPUT, EXPIRES_AT));
		expect(await links.verify("inputs", INPUT, picture, BEFORE)).toBe(false);
	});
});

describe("the signing keys", () => {
	it("rotate: the first signs, and each verifies", async () => {
		const rotated = makeConfig({ SIGNING_KEY: `${NEW},${OLD}` });
		const oldQuery = queryOf(await createLinks(makeConfig({ SIGNING_KEY: OLD })).sign("images", PICTURE, EXPIRES_AT));
		const newLink = await links.sign("images", PICTURE, EXPIRES_AT);
		expect(await createLinks(rotated).sign("images", PICTURE, EXPIRES_AT)).toBe(newLink);
		expect(await verifiedBy(rotated, oldQuery)).toBe(true);
		expect(await verifiedBy(config, oldQuery)).toBe(false);
	});

	it("are derived from fal's key if none is set", async () => {
		const query = queryOf(await createLinks(makeConfig()).sign("images", PICTURE, EXPIRES_AT));
		expect(await verifiedBy(makeConfig(), query)).toBe(true);
		expect(await verifiedBy(makeConfig({ FAL_API_KEY: "another:key" }), query)).toBe(false);
		expect(await verifiedBy(config, query)).toBe(false);
	});

	it("serve many requests at once", async () => {
		const fresh = createLinks(makeConfig({ SIGNING_KEY: NEW }));
		const made = await Promise.all(Array.from({ length: 20 }, () => fresh.sign("images", PICTURE, EXPIRES_AT)));
		expect(new Set(made).size).toBe(1);
	});
});

describe("a webhook's MAC", () => {
	it("is valid for its job and no other", async () => {
		const path = await links.webhookPath(JOB, 0);
		const [, mac = ""] = new RegExp(`^/webhooks/fal/${JOB}/([A-Za-z0-9_-]{43})$`).exec(path) ?? [];
		expect(await links.verifyWebhookMac(JOB, 0, mac)).toBe(true);
		expect(await links.verifyWebhookMac(OTHER_JOB, 0, mac)).toBe(false);
		expect(await links.verifyWebhookMac(JOB, 0, "")).toBe(false);
		expect(await links.verifyWebhookMac(JOB, 0, `${mac}é`)).toBe(false);
	});

	it("is valid for its slot and no other", async () => {
		const path = await links.webhookPath(JOB, 3);
		const [, mac = ""] = new RegExp(`^/webhooks/fal/${JOB}/3/([A-Za-z0-9_-]{43})$`).exec(path) ?? [];
		const valid = await Promise.all([0, 1, 3, 4].map((slot) => links.verifyWebhookMac(JOB, slot, mac)));
		expect(valid).toEqual([false, false, true, false]);
	});

	it("has another key than image links", async () => {
		const text = `${JOB}/0.png\n1800000000`;
		const signature = queryOf(await links.sign("images", PICTURE, EXPIRES_AT)).get("sig") ?? "";
		expect(await links.verifyWebhookMac(text, 0, signature)).toBe(false);
	});
});
