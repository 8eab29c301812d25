import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { signNotice, webhookSecretOf } from "./signature.ts";

const CONFIG = { signingSecrets: ["one secret"] } as const;
const NOTICE = { id: "msg_1", body: '{"type":"job.succeeded"}' };

async function sign(config: Parameters<typeof signNotice>[0] = CONFIG, account = "owner", more: object = {}) {
	return signNotice(config, account, { ...NOTICE, now: Date.now(), ...more });
}

async function verifierOf(config: Parameters<typeof webhookSecretOf>[0] = CONFIG, account = "owner"): Promise<Webhook> {
	return new Webhook(await webhookSecretOf(config, account));
}

describe("an account's secret", () => {
	it("is derived from the signing secret and the account's name: HKDF with SHA-256, in base64", async () => {
		// openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt key:"one secret" -kdfopt info:$'darkroom webhooks to the client\nowner' HKDF
		expect(await webhookSecretOf(CONFIG, "owner")).toBe("whsec_WnTOEQqU+73dPw22vIs6KUfwNpcwQ5XjiEVuKnK6u70=");
	});

	it("is another for each account, and for each signing secret", async () => {
		const secrets = await Promise.all([
			webhookSecretOf(CONFIG, "owner"),
			webhookSecretOf(CONFIG, "other"),
			webhookSecretOf({ signingSecrets: ["another secret"] }, "owner"),
		]);
		expect(new Set(secrets).size).toBe(3);
	});
});

describe("a signed notice", () => {
	it("is good to Standard Webhooks' own verifier", async () => {
		expect((await verifierOf()).verify(NOTICE.body, await sign())).toEqual({ type: "job.succeeded" });
	});

	it("has the time of the try, in seconds", async () => {
		expect(await sign(CONFIG, "owner", { now: 1_800_000_000_999 })).toMatchObject({
			"webhook-id": "msg_1",
			"webhook-timestamp": "1800000000",
		});
	});

	it.each([
		["another account", { account: "other" }],
		["another body", { body: '{"type":"job.failed"}' }],
		["another id", { id: "msg_2" }],
	])(
		"is not good for %s",
		async (_, {
			account = "owner",
			body = NOTICE.body,
			id = NOTICE.id,
		}: { account?: string; body?: string; id?: string }) => {
			const verifier = await verifierOf(CONFIG, account);
			const headers = { ...(await sign()), "webhook-id": id };
			expect(() => verifier.verify(body, headers)).toThrow(/signature/);
		},
	);

	it("is not good when it is old", async () => {
		const verifier = await verifierOf();
		const headers = await sign(CONFIG, "owner", { now: Date.now() - 10 * 60_000 });
		expect(() => verifier.verify(NOTICE.body, headers)).toThrow(/old/);
	});

	it("is good to the secret of before and to the new one, while both sign", async () => {
		const headers = await sign({ signingSecrets: ["new", "one secret"] });
		for (const verifier of [await verifierOf(), await verifierOf({ signingSecrets: ["new"] })])
			expect(verifier.verify(NOTICE.body, headers)).toEqual({ type: "job.succeeded" });
	});
});
