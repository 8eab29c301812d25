import { describe, expect, it } from "vitest";
import { type FalAccounts, toFalAccount } from "../fal-accounts.ts";
import { askInTurn, keyFor, keysFor } from "./keys.ts";

const ONE: FalAccounts = [toFalAccount("id-1:secret-1")];
const TWO: FalAccounts = [toFalAccount("id-1:secret-1"), toFalAccount("id-2:secret-2")];
const SECOND = toFalAccount("id-2:secret-2").fingerprint;

describe("the keys that may have a request", () => {
	it.each([
		["the account's own", TWO, SECOND, ["id-2:secret-2"], true],
		["all, if the account is not in the list any more", TWO, "00000000", ["id-1:secret-1", "id-2:secret-2"], false],
		["all, if the log does not say", TWO, undefined, ["id-1:secret-1", "id-2:secret-2"], false],
		["the only one, if the log does not say", ONE, undefined, ["id-1:secret-1"], true],
		["the only one, that may be another's", ONE, SECOND, ["id-1:secret-1"], false],
	])("are %s", (_, accounts, falAccount, keys, certain) => {
		expect(keysFor(accounts, falAccount)).toEqual({ keys, certain });
	});

	it("are one for a submit: the account's own, or the first", () => {
		expect(keyFor(TWO, SECOND)).toBe("id-2:secret-2");
		expect(keyFor(TWO, undefined)).toBe("id-1:secret-1");
		expect(keyFor(TWO, "00000000")).toBe("id-1:secret-1");
	});
});

describe("asking in turn", () => {
	async function ask(...statuses: readonly number[]) {
		const asked: string[] = [];
		const open = new Set<Response>();
		const keys = statuses.map((_, index) => `key-${index}`);
		const answer = await askInTurn({ keys, certain: false }, async (key) => {
			const response = new Response(new ReadableStream({ cancel: () => void open.delete(response) }), {
				status: statuses[asked.length] ?? 500,
			});
			open.add(response);
			asked.push(key);
			return response;
		});
		// The others are let go of, so that they hold no connection.
		expect([...open]).toEqual([answer]);
		return { status: answer.status, asked: asked.length };
	}

	it.each([
		["takes the first account that has the request", [404, 403, 401, 200, 200], 200, 4],
		["asks no other one after an answer that is about the request", [500, 200], 500, 1],
		["asks one account once", [404], 404, 1],
		["says that there is nothing if all say so", [404, 404, 404], 404, 3],
		["keeps an answer about a key before one that there is nothing", [404, 401, 404], 401, 3],
		["keeps the first answer about a key", [403, 401, 404], 403, 3],
	])("%s: %j", async (_, statuses, status, asked) => {
		expect(await ask(...statuses)).toEqual({ status, asked });
	});
});
