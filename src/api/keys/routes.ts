/** The routes that issue and manage keys, and the one that tells a key what it is. */

import * as z from "zod/mini";
import type { KeyLeft } from "../../account/account.ts";
import { forgetKey } from "../../account/key-check.ts";
import { redactKey } from "../../account/key-form.ts";
import { digestOfKey, mintKey, mintKeyId } from "../../account/key-mac.ts";
import { MAX_KEYS, type ShownKey } from "../../account/key-record.ts";
import { mintMacSecret } from "../../account/mac-secret.ts";
import type { Context } from "../../context.ts";
import { readJson } from "../../http/body.ts";
import { jsonResponse } from "../../http/json-response.ts";
import { orRefuse, Refusal } from "../../http/refusal.ts";
import { parsePublicKeyId, toPublicKeyId } from "../../key-id.ts";
import { callAccount, callRegistry } from "../../stub.ts";
import { webhookSecretOf } from "../../webhooks/signature.ts";
import { parseBody, parseQuery, readObject, wholeNumber } from "../request/fields.ts";
import { AccountQuery } from "../request/for-account.ts";
import { ChangeBody, findUnknownField, IssueBody, RotateBody, toChanges, toSettings, withBudget } from "./body.ts";
import { toKey, toLeft, toLimits } from "./render.ts";

const LIST_DEFAULT = 20;
const LIST_MAX = 100;

/** Keeps a secret out of caches. */
const NOT_STORED = { headers: { "cache-control": "no-store" } };

export const KeysQuery = z.object({
	...AccountQuery.shape,
	limit: z.optional(wholeNumber(1, LIST_MAX)),
	after: z.optional(z.string()),
});

/** Answers with the account of the key that asks, its limits and what is left of them, and what that account needs to check its webhooks. */
export async function getKey(_request: Request, context: Context): Promise<Response> {
	const { config, caller } = context;
	const { account, key, scopes } = caller;
	const { key: issued, left } = await readLeft(account, key?.id ?? null, context);
	if (key !== null && issued === null) throw new Refusal({ kind: "key_refused", why: "revoked" });
	const shown = {
		object: "key",
		id: toPublicKeyId({ account, id: key?.id ?? null }),
		account,
		scopes,
		limits: issued === null ? null : toLimits(issued.settings),
		left: toLeft(left),
		webhook_secret: await webhookSecretOf(config, account),
	};
	return jsonResponse(shown, NOT_STORED);
}

/**
 * Issues a key, and shows it. The account is listed last: an account with a key that nobody was shown has lost nothing, and one that is
 * being erased takes no key.
 */
export async function issueKey(request: Request, { env, config }: Context): Promise<Response> {
	const body = await readBody(request, IssueBody);
	const account = body.account ?? config.owner;
	const settings = orRefuse(toSettings(body, config, Date.now()));
	const id = mintKeyId();
	const key = await mintKey(await mintMacSecret(env), account, id);
	const stored = { id, secretSha256: await digestOfKey(key), redacted: redactKey(key), settings };
	const added = await callAccount<ShownKey | "full" | "erasing">(env, account, async (object) => object.addKey(stored));
	if (added === "full") throw refusedAccount({ is: "too_many_keys", max: MAX_KEYS });
	if (added === "erasing") throw refusedAccount({ is: "being_erased" });
	await callRegistry(env, async (registry) => registry.listAccount(account));
	return jsonResponse({ ...toKey(account, added), key }, NOT_STORED);
}

/**
 * Lists the keys of one account, the newest first.
 * @throws Refusal if the key that a page begins after is gone: an empty page would hide those that are left
 */
export async function listKeys({ url }: Request, { env, config }: Context): Promise<Response> {
	const { account = config.owner, limit = LIST_DEFAULT, after } = orRefuse(parseQuery(KeysQuery, url));
	const before = after === undefined ? null : (parsePublicKeyId(after)?.id ?? "");
	const listed = await callAccount<readonly ShownKey[] | null>(env, account, async (object) =>
		object.listKeys(before, limit + 1),
	);
	if (listed === null) throw new Refusal({ kind: "not_found", what: "key", param: "after" });
	const data = listed.slice(0, limit).map((key) => toKey(account, key));
	return jsonResponse({ object: "list", data, has_more: listed.length > limit }, NOT_STORED);
}

/** Shows a key, and what is left of its limits. */
export async function showKey(_request: Request, context: Context): Promise<Response> {
	const { account, id } = idOf(context);
	const { key, left } = await readLeft(account, id, context);
	if (key === null) throw noSuchKey();
	return jsonResponse({ ...toKey(account, key), left: toLeft(left) }, NOT_STORED);
}

/** @param id Null for a key of `WORKER_ACCESS_KEY` */
function readLeft(account: string, id: string | null, { env, config }: Context): Promise<KeyLeft> {
	return callAccount<KeyLeft>(env, account, async (object) => object.readLeft(id, config.maxOpenJobs));
}

/** Changes what the body names, and leaves the rest. */
export async function changeKey(request: Request, context: Context): Promise<Response> {
	const { account, id } = idOf(context);
	const changes = orRefuse(toChanges(await readBody(request, ChangeBody), context.config));
	if (typeof changes.budgetDuration === "string") {
		const before = await callAccount<ShownKey | null>(context.env, account, async (object) => object.readKey(id));
		if (before === null) throw noSuchKey();
		orRefuse(withBudget({ ...before.settings, ...changes }));
	}
	const key = await callAccount<ShownKey | null>(context.env, account, async (object) => object.changeKey(id, changes));
	forgetKey(context.env, account, id);
	return answerKey(account, key);
}

export async function deleteKey(_request: Request, context: Context): Promise<Response> {
	const { account, id } = idOf(context);
	const found = await callAccount<boolean>(context.env, account, async (object) => object.deleteKey(id));
	forgetKey(context.env, account, id);
	if (!found) throw noSuchKey();
	return jsonResponse({ id: toPublicKeyId({ account, id }), object: "access_key", deleted: true });
}

/** Gives a key a new secret, and shows it. The one of before is good for the time of grace that the body names, which may be none. */
export async function rotateKey(request: Request, context: Context): Promise<Response> {
	const { account, id } = idOf(context);
	const { env } = context;
	const { grace_period: grace } = await readBodyIfAny(request, RotateBody);
	const key = await mintKey(await mintMacSecret(env), account, id);
	const rotation = {
		secretSha256: await digestOfKey(key),
		redacted: redactKey(key),
		graceUntil: grace === undefined || grace === null || grace === 0 ? null : Date.now() + grace,
	};
	const rotated = await callAccount<ShownKey | null>(env, account, async (object) => object.rotateKey(id, rotation));
	forgetKey(env, account, id);
	if (rotated === null) throw noSuchKey();
	return jsonResponse({ ...toKey(account, rotated), key }, NOT_STORED);
}

/** @throws Refusal for what cannot be a key's id */
function idOf({ params }: Context): { readonly account: string; readonly id: string } {
	const parsed = parsePublicKeyId(params.id ?? "");
	if (parsed === null) throw noSuchKey();
	return parsed;
}

function answerKey(account: string, key: ShownKey | null): Response {
	if (key === null) throw noSuchKey();
	return jsonResponse(toKey(account, key), NOT_STORED);
}

async function readBody<T extends z.ZodMiniObject>(request: Request, schema: T): Promise<z.output<T>> {
	return parseSent(schema, await readJson(request));
}

/** As `readBody`, for a body that may be empty: by its header alone nobody can tell, since a proxy may send it in pieces. */
async function readBodyIfAny<T extends z.ZodMiniObject>(request: Request, schema: T): Promise<z.output<T>> {
	try {
		return await readBody(request, schema);
	} catch (error) {
		const isEmpty = error instanceof Refusal && error.reason.kind === "invalid_json" && error.reason.body === "empty";
		if (!isEmpty) throw error;
		return parseSent(schema, {});
	}
}

function parseSent<T extends z.ZodMiniObject>(schema: T, body: unknown): z.output<T> {
	const sent = orRefuse(readObject(body));
	const unknown = findUnknownField(sent, schema);
	if (unknown !== null) throw new Refusal(unknown);
	return orRefuse(parseBody(schema, sent));
}

function noSuchKey(): Refusal {
	return new Refusal({ kind: "not_found", what: "key" });
}

function refusedAccount(fault: { is: "too_many_keys"; max: number } | { is: "being_erased" }): Refusal {
	return new Refusal({ kind: "invalid_value", param: "account", fault });
}
