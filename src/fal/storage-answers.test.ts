import { describe, expect, it } from "vitest";
import { readPlace, readStored, STORAGE_UNREACHABLE } from "./storage-answers.ts";

const KEY = "id-1234:secret-5678";
const PLACE = { upload_url: "https://bucket.fal.test/u?sig=1", file_url: "https://cdn.fal.test/f.png" };
const TAKEN = { uploadUrl: "https://bucket.fal.test/u?sig=1", fileUrl: "https://cdn.fal.test/f.png" };

const PAGE = "<html><title>Access denied</title></html>";
const BALANCE = { detail: "User is locked. Reason: Exhausted balance." };

const KEY_REFUSED = "fal refused the key of this gateway. Its operator must set a valid FAL_API_KEY.";
const EXHAUSTED = "The fal balance of this gateway is exhausted. Its operator must top it up at fal.ai.";

function place(status: number, body: unknown): unknown {
	return readPlace(status, typeof body === "string" ? body : JSON.stringify(body), [KEY]);
}

function busy(status: number, message: string, code = "upstream_unavailable"): unknown {
	return { kind: "busy", status, error: { code, message } };
}

function refused(code: string, message: string): unknown {
	return { kind: "account_refused", error: { code, message } };
}

const UNUSABLE = { kind: "unusable" };
const LONGEST = `https://cdn.fal.test/${"f".repeat(8_192 - 21)}`;

describe("a place for an upload", () => {
	it.each([
		["an answer with both addresses", 200, PLACE, TAKEN],
		["another 2xx", 299, PLACE, TAKEN],
		["fields that nobody reads", 200, { ...PLACE, other: 1 }, TAKEN],
		["the longest address", 200, { ...PLACE, file_url: LONGEST }, { ...TAKEN, fileUrl: LONGEST }],
		["one that is longer", 200, { ...PLACE, file_url: `${LONGEST}f` }, UNUSABLE],
		["a status below", 199, PLACE, UNUSABLE],
		["a redirect", 300, PLACE, UNUSABLE],
		["no address to send to", 200, { file_url: PLACE.file_url }, UNUSABLE],
		["an empty address to send to", 200, { ...PLACE, upload_url: "" }, UNUSABLE],
		["no address of the file", 200, { upload_url: PLACE.upload_url }, UNUSABLE],
		["an empty address of the file", 200, { ...PLACE, file_url: "" }, UNUSABLE],
		["an address that is no text", 200, { ...PLACE, file_url: 7 }, UNUSABLE],
		["no JSON", 200, "OK", UNUSABLE],
		["an empty answer", 200, "", UNUSABLE],
	])("is read from %s", (_, status, body, expected) => {
		expect(place(status, body)).toEqual(expected);
	});

	it.each([
		["a wrong key", 401, { detail: "no such key" }, refused("upstream_key_refused", KEY_REFUSED)],
		["an account without money", 402, {}, refused("insufficient_quota", EXHAUSTED)],
		["a locked account", 403, BALANCE, refused("insufficient_quota", EXHAUSTED)],
		[
			"an account that is locked for another reason",
			403,
			{ detail: "User is locked. Reason: Admin lock." },
			refused(
				"upstream_account_locked",
				"fal has locked the account of this gateway. Its operator must ask fal's support. fal says: User is locked. Reason: Admin lock.",
			),
		],
		["a key without the right", 403, {}, refused("upstream_key_refused", KEY_REFUSED)],
		["a key without the right, in words", 403, "not you", refused("upstream_key_refused", "fal says: not you")],
		[
			"a key without the right, in JSON",
			403,
			{ detail: "not you" },
			refused("upstream_key_refused", "fal says: not you"),
		],
		["a page of a proxy with 401", 401, PAGE, busy(401, "fal answered 401.")],
		["a page of a proxy with 402", 402, PAGE, busy(402, "fal answered 402.")],
		["a page of a proxy with 403", 403, PAGE, busy(403, "fal answered 403.")],
		["a time-out", 408, {}, busy(408, "fal answered 408.")],
		["too many requests", 429, { detail: "slow down" }, busy(429, "fal says: slow down", "rate_limit_exceeded")],
		["an error inside", 500, {}, busy(500, "fal answered 500.")],
		["an error inside with a place", 500, PLACE, busy(500, "fal answered 500.")],
		["the last of the errors inside", 599, "", busy(599, "fal answered 599.")],
		["the key in fal's words", 503, { detail: `no ${KEY} here` }, busy(503, "fal says: no … here")],
		["bad input", 400, { detail: "bad" }, UNUSABLE],
		["no such storage", 404, { detail: "Not Found" }, UNUSABLE],
		["a conflict", 409, {}, UNUSABLE],
		["too large a file", 413, {}, UNUSABLE],
		["a locked account's words with another status", 422, BALANCE, UNUSABLE],
		["a page with another status", 404, PAGE, UNUSABLE],
	])("is refused by %s", (_, status, body, expected) => {
		expect(place(status, body)).toEqual(expected);
	});
});

it.each([
	[199, UNUSABLE],
	[200, null],
	[204, null],
	[299, null],
	[300, UNUSABLE],
	[400, UNUSABLE],
	[401, UNUSABLE],
	[403, UNUSABLE],
	[407, UNUSABLE],
	[408, busy(408, "fal's storage cannot be reached.")],
	[413, UNUSABLE],
	[429, busy(429, "fal's storage cannot be reached.")],
	[499, UNUSABLE],
	[500, busy(500, "fal's storage cannot be reached.")],
	[503, busy(503, "fal's storage cannot be reached.")],
] as const)("the bucket's %d says whether it has the bytes", (status, expected) => {
	expect(readStored(status)).toEqual(expected);
});

it("a storage that does not answer is tried again", () => {
	expect(STORAGE_UNREACHABLE).toEqual({
		kind: "busy",
		status: null,
		error: { code: "upstream_unavailable", message: "fal's storage cannot be reached." },
	});
});
