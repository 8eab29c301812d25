/** Reads what the doctor is told: its options, and the settings of the environment and of `.dev.vars`. */
import { parseArgs } from "node:util";
import { err, ok, type Result } from "../../src/result.ts";
import type { Target } from "./target.ts";

export interface Settings {
	readonly target: Target;
	/** True unless another queue than fal's is asked. */
	readonly isFal: boolean;
	/** Ids of the questions to ask; null for all. */
	readonly only: readonly string[] | null;
	readonly yes: boolean;
	readonly json: boolean;
	/** Has no slash at its end. */
	readonly publicUrl: string | null;
	readonly webhookPort: number;
}

export type Order =
	| { readonly kind: "help" }
	| { readonly kind: "list" }
	| { readonly kind: "ask"; readonly settings: Settings };

export type Variables = Readonly<Record<string, string | undefined>>;

export const HELP = `npm run doctor -- [options]

Asks fal what Darkroom relies on, and compares the answers with the simulator's. Needs FAL_API_KEY, in the
environment or in .dev.vars; FAL_ADMIN_KEY for billing and balance.

  --yes                  asks without a question before
  --only <id>[,<id>]     asks these questions only
  --list                 lists the questions, and what each costs
  --json                 prints the report as JSON
  --public-url <url>     an address from which a tunnel leads to --webhook-port of this machine
  --webhook-port <port>  8789

Ends with 0 if all agree, 1 if something differs, 2 if something could not be asked.`;

const DEFAULT_WEBHOOK_PORT = 8789;

const FAL = {
	queueUrl: "https://queue.fal.run",
	apiUrl: "https://api.fal.ai",
	schemaUrl: "https://fal.ai/api/openapi/queue/openapi.json",
	jwksUrl: "https://rest.fal.ai/.well-known/jwks.json",
};

/** The error is a sentence for the person who runs the doctor. It never holds a key. */
export function parseOrder(
	args: readonly string[],
	vars: Variables,
	questionIds: readonly string[],
): Result<Order, string> {
	const options = parseOptions(args);
	if (!options.ok) return options;
	const { values } = options;
	if (values.help) return ok({ kind: "help" });
	if (values.list) return ok({ kind: "list" });

	const only = values.only?.flatMap((ids) => ids.split(",")) ?? null;
	const unknown = only?.find((id) => !questionIds.includes(id));
	if (unknown !== undefined) return err(`There is no question '${unknown}'. --list shows them all.`);
	const publicUrl = values["public-url"] === undefined ? null : parseUrl(values["public-url"]);
	if (publicUrl === null && values["public-url"] !== undefined)
		return err("--public-url must be an http or https address.");
	const webhookPort = Number(values["webhook-port"] ?? DEFAULT_WEBHOOK_PORT);
	if (!Number.isInteger(webhookPort) || webhookPort < 1 || webhookPort > 65_535)
		return err("--webhook-port must be a port.");

	const target = parseTarget(vars);
	if (!target.ok) return target;
	const { yes = false, json = false } = values;
	const isFal = target.value.queueUrl === FAL.queueUrl;
	const settings = { target: target.value, isFal, only, yes, json, publicUrl, webhookPort };
	return ok({ kind: "ask", settings });
}

function parseOptions(args: readonly string[]) {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				yes: { type: "boolean" },
				only: { type: "string", multiple: true },
				list: { type: "boolean" },
				json: { type: "boolean" },
				help: { type: "boolean" },
				"public-url": { type: "string" },
				"webhook-port": { type: "string" },
			},
		});
		return { ok: true, values } as const;
	} catch (error) {
		return err(error instanceof Error ? error.message : String(error));
	}
}

function parseTarget(vars: Variables): Result<Target, string> {
	// Of several accounts the first answers for fal.
	const key = settingOf(vars.FAL_API_KEY?.split(",")[0]);
	const adminKey = settingOf(vars.FAL_ADMIN_KEY);
	if (key === null) return err("FAL_API_KEY is not set: give a key of fal in the environment, or in .dev.vars.");
	for (const [name, value] of [
		["FAL_API_KEY", key],
		["FAL_ADMIN_KEY", adminKey],
	] as const) {
		if (value !== null && !VISIBLE_WORD.test(value)) return err(`${name} holds a character that no key has.`);
	}
	const queueUrl = urlOf(vars.FAL_QUEUE_URL);
	// A key for another queue is not meant for fal: that queue is asked for all else, too.
	const origin = queueUrl === null ? null : (URL.parse(queueUrl)?.origin ?? null);
	const otherwise = origin === null ? FAL : addressesOn(origin);
	const target = {
		queueUrl: queueUrl ?? FAL.queueUrl,
		apiUrl: urlOf(vars.FAL_API_URL) ?? otherwise.apiUrl,
		schemaUrl: urlOf(vars.FAL_SCHEMA_URL) ?? otherwise.schemaUrl,
		jwksUrl: urlOf(vars.FAL_JWKS_URL) ?? otherwise.jwksUrl,
		key,
		adminKey,
	};
	for (const name of ["FAL_QUEUE_URL", "FAL_API_URL", "FAL_SCHEMA_URL", "FAL_JWKS_URL"] as const) {
		if (settingOf(vars[name]) !== null && urlOf(vars[name]) === null)
			return err(`${name} must be an http or https address.`);
	}
	return ok(target);
}

/** Returns the addresses of a server that answers for all of fal, such as the simulator. */
export function addressesOn(origin: string) {
	return {
		queueUrl: origin,
		apiUrl: origin,
		schemaUrl: `${origin}/api/openapi/queue/openapi.json`,
		jwksUrl: `${origin}/.well-known/jwks.json`,
	};
}

const VISIBLE_WORD = /^[\x21-\x7e]+$/;

/** Returns null for a setting that is empty or missing. */
function settingOf(value: string | undefined): string | null {
	const trimmed = value?.trim() ?? "";
	return trimmed === "" ? null : trimmed;
}

function urlOf(value: string | undefined): string | null {
	const setting = settingOf(value);
	return setting === null ? null : parseUrl(setting);
}

function parseUrl(text: string): string | null {
	const url = URL.parse(text);
	if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
	return `${url.username}${url.password}${url.search}${url.hash}` === "" ? url.href.replace(/\/+$/, "") : null;
}
