import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_LIMITS } from "../../test/support/keys.ts";
import {
	fromRow,
	judgeKey,
	type KeySettings,
	MAX_EARLIER_SECRETS,
	refusalOfKey,
	rotated,
	type StoredKey,
	toRow,
	toShown,
	withChanges,
} from "./key-record.ts";

const NOW = 1_800_000_000_000;
const FIRST = "a".repeat(64);
const SECOND = "b".repeat(64);
const THIRD = "c".repeat(64);

function aKey({
	settings = {},
	...rest
}: Partial<Omit<StoredKey, "settings">> & { settings?: Partial<KeySettings> } = {}) {
	const key: StoredKey = {
		id: "0123456789AB",
		createdAt: NOW - 1000,
		redacted: "sk-dr-…aaaa",
		secretSha256: FIRST,
		earlier: [],
		settings: { ...NO_LIMITS, ...settings },
		...rest,
	};
	return key;
}

describe("withChanges", () => {
	const settings: KeySettings = { ...NO_LIMITS, maxBudget: 5, budgetDuration: "1mo", rpmLimit: 3 };

	it.each<readonly [changes: Partial<KeySettings>, changed: KeySettings]>([
		[{}, settings],
		[{ budgetDuration: "1d" }, { ...settings, budgetDuration: "1d" }],
		[{ budgetDuration: null }, { ...settings, budgetDuration: null }],
		[{ maxBudget: 0 }, { ...settings, maxBudget: 0 }],
		[{ maxBudget: null }, { ...settings, maxBudget: null, budgetDuration: null }],
	])("by %j leaves no duration without a budget", (changes, changed) => {
		expect(withChanges(settings, changes)).toEqual(changed);
	});
});

describe("refusalOfKey", () => {
	it.each<readonly [what: string, key: StoredKey | null, secret: string, refused: string | null]>([
		["a good key", aKey(), FIRST, null],
		["a key that is not there any more", null, FIRST, "revoked"],
		["a key with another secret", aKey(), SECOND, "revoked"],
		["a key with the beginning of the secret", aKey(), FIRST.slice(1), "revoked"],
		["a key without a secret", aKey(), "", "revoked"],
		["a secret from before a rotation", aKey({ earlier: [{ sha256: SECOND, until: NOW + 1 }] }), SECOND, null],
		["the secret from after a rotation", aKey({ earlier: [{ sha256: SECOND, until: NOW + 1 }] }), FIRST, null],
		["one whose grace has ended", aKey({ earlier: [{ sha256: SECOND, until: NOW }] }), SECOND, "revoked"],
		["a blocked key", aKey({ settings: { blocked: true } }), FIRST, "blocked"],
		["a key in its last millisecond", aKey({ settings: { expiresAt: NOW + 1 } }), FIRST, null],
		["an expired key", aKey({ settings: { expiresAt: NOW } }), FIRST, "expired"],
		["a blocked key that expired", aKey({ settings: { blocked: true, expiresAt: NOW } }), FIRST, "blocked"],
		["a blocked key with another secret", aKey({ settings: { blocked: true } }), SECOND, "revoked"],
	])("says of %s what is wrong", (_, key, secret, refused) => {
		expect(refusalOfKey(key, secret, NOW)).toBe(refused);
	});
});

describe("judgeKey", () => {
	it("tells a good key's models", () => {
		expect(judgeKey(aKey({ settings: { models: ["a/b"] } }), FIRST, NOW)).toEqual({ models: ["a/b"] });
		expect(judgeKey(aKey({ settings: { models: null } }), FIRST, NOW)).toEqual({ models: null });
	});

	it.each<readonly [what: string, expiresAt: number | null, secret: string, goodUntil: number]>([
		["an end of its own", NOW + 5, FIRST, NOW + 5],
		["an earlier secret", null, SECOND, NOW + 9],
		["an earlier secret and an end of its own", NOW + 5, SECOND, NOW + 5],
		["an earlier secret and a later end of its own", NOW + 20, SECOND, NOW + 9],
	])("tells until when a key with %s is good", (_, expiresAt, secret, goodUntil) => {
		const key = aKey({ earlier: [{ sha256: SECOND, until: NOW + 9 }], settings: { expiresAt } });
		expect(judgeKey(key, secret, NOW)).toEqual({ models: null, goodUntil });
	});

	it.each<readonly [key: StoredKey | null, secret: string, refused: string]>([
		[null, FIRST, "revoked"],
		[aKey(), SECOND, "revoked"],
		[aKey({ settings: { blocked: true } }), FIRST, "blocked"],
		[aKey({ settings: { expiresAt: NOW } }), FIRST, "expired"],
	])("says why another is refused: %#", (key, secret, refused) => {
		expect(judgeKey(key, secret, NOW)).toEqual({ refused });
	});
});

describe("toShown", () => {
	const secret = (until: number) => ({ sha256: SECOND, until });

	it.each<readonly [what: string, earlier: StoredKey["earlier"], graceUntil: number | null]>([
		["none", [], null],
		["one", [secret(NOW + 1)], NOW + 1],
		["several, of which the last to end counts", [secret(NOW + 1), secret(NOW + 9), secret(NOW + 5)], NOW + 9],
		["some that have ended", [secret(NOW + 1), secret(NOW), secret(NOW - 1)], NOW + 1],
		["one that has just ended", [secret(NOW)], null],
	])("shows no secret, and until when earlier ones are good: %s", (_, earlier, graceUntil) => {
		const { id, createdAt, redacted, settings } = aKey();
		expect(toShown(aKey({ earlier }), NOW)).toEqual({ id, createdAt, redacted, settings, graceUntil });
	});
});

describe("rotated", () => {
	it("ends the secret of before at once, and all before it, if there is no grace", () => {
		const key = aKey({ earlier: [{ sha256: SECOND, until: NOW + 9 }] });
		const next = rotated(key, { secretSha256: THIRD, redacted: "sk-dr-…cccc", graceUntil: null }, NOW);
		expect(next).toEqual({ ...key, secretSha256: THIRD, redacted: "sk-dr-…cccc", earlier: [] });
	});

	it("keeps the secret of before until the grace ends, and earlier ones until theirs", () => {
		const key = aKey({
			earlier: [
				{ sha256: SECOND, until: NOW + 9 },
				{ sha256: "d".repeat(64), until: NOW },
			],
		});
		const next = rotated(key, { secretSha256: THIRD, redacted: "sk-dr-…cccc", graceUntil: NOW + 5 }, NOW);
		expect(next.earlier).toEqual([
			{ sha256: FIRST, until: NOW + 5 },
			{ sha256: SECOND, until: NOW + 9 },
		]);
	});

	it("changes nothing if it comes again", () => {
		const rotation = { secretSha256: SECOND, redacted: "sk-dr-…bbbb", graceUntil: NOW + 5 };
		const once = rotated(aKey(), rotation, NOW);
		expect(rotated(once, rotation, NOW + 1)).toEqual(once);
	});

	it("keeps a bounded number of secrets, the newest", () => {
		let key = aKey();
		for (let turn = 0; turn < 20; turn += 1)
			key = rotated(key, { secretSha256: `${turn}`, redacted: "", graceUntil: NOW + 1000 }, NOW);
		expect(key.earlier.map(({ sha256 }) => sha256)).toEqual(["18", "17", "16", "15", "14", "13", "12", "11"]);
		expect(MAX_EARLIER_SECRETS).toBe(8);
	});
});

describe("a row", () => {
	it("holds all of a key", () => {
		const text = fc.string({ unit: "binary" });
		const settings = fc.record<KeySettings>({
			name: text,
			models: fc.option(fc.array(text)),
			maxBudget: fc.option(fc.nat()),
			budgetDuration: fc.option(fc.constantFrom("1d" as const, "7d" as const, "1mo" as const)),
			budgetLimits: fc.array(fc.record({ maxBudget: fc.nat(), budgetDuration: fc.constant("7d" as const) })),
			rpmLimit: fc.option(fc.nat()),
			maxParallelRequests: fc.option(fc.nat()),
			imagesPerDay: fc.option(fc.nat()),
			expiresAt: fc.option(fc.nat()),
			blocked: fc.boolean(),
			webhookUrl: fc.option(text),
			metadata: fc.dictionary(fc.stringMatching(/^k\w{0,9}$/), text, { noNullPrototype: true }),
		});
		fc.assert(
			fc.property(settings, fc.array(fc.record({ sha256: text, until: fc.nat() })), (set, earlier) => {
				const key = { ...aKey({ earlier }), settings: set };
				expect(fromRow(toRow(key))).toEqual(key);
			}),
		);
	});

	it("has no webhook, if it is from before keys had one", () => {
		const { webhookUrl: _, ...settings } = NO_LIMITS;
		expect(fromRow({ ...toRow(aKey()), settings: JSON.stringify(settings) }).settings.webhookUrl).toBeNull();
	});

	it("is refused if nobody here wrote it", () => {
		expect(() => fromRow({ ...toRow(aKey()), settings: "{}" })).toThrow();
		expect(() => fromRow({ ...toRow(aKey()), earlier: "{}" })).toThrow();
	});
});
