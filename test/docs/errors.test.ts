/** Holds docs/errors.md to the table of errors in the code. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type JobError, type JobErrorCode, type RequestError, toJobAnswer, toRequestAnswer } from "../../src/errors.ts";

const JOB_ERRORS: { readonly [Code in JobErrorCode]: JobError & { readonly code: Code } } = {
	moderation_blocked: { code: "moderation_blocked", message: "" },
	invalid_input: { code: "invalid_input", message: "" },
	no_media_generated: { code: "no_media_generated", message: "" },
	upstream_key_refused: { code: "upstream_key_refused", message: "" },
	upstream_account_locked: { code: "upstream_account_locked", message: "" },
	upstream_permission_missing: { code: "upstream_permission_missing", message: "" },
	insufficient_quota: { code: "insufficient_quota", message: "" },
	model_not_found: { code: "model_not_found", message: "" },
	rate_limit_exceeded: { code: "rate_limit_exceeded", message: "" },
	upstream_unavailable: { code: "upstream_unavailable", message: "" },
	upstream_outcome_unknown: { code: "upstream_outcome_unknown", message: "" },
	deadline_exceeded: { code: "deadline_exceeded", message: "" },
	upstream_failed: { code: "upstream_failed", message: "" },
	storing_failed: { code: "storing_failed", message: "" },
	cancelled: { code: "cancelled", message: "" },
};

type OfKind<Kind> = Extract<RequestError, { readonly kind: Kind }>;

const REQUEST_ERRORS: { readonly [Kind in RequestError["kind"]]: OfKind<Kind> } = {
	invalid_json: { kind: "invalid_json", body: "empty" },
	client_left: { kind: "client_left" },
	invalid_form: { kind: "invalid_form", fault: "cut" },
	invalid_value: { kind: "invalid_value", param: null, fault: { is: "missing" } },
	body_too_large: { kind: "body_too_large", maxBytes: 1 },
	body_too_complex: { kind: "body_too_complex", bound: "values", max: 1 },
	body_undecodable: { kind: "body_undecodable", encoding: "gzip", cut: false },
	encoding_unsupported: { kind: "encoding_unsupported", encoding: "br", supported: ["gzip"] },
	model_not_found: { kind: "model_not_found", model: "m", near: [], talks: false },
	unauthorized: { kind: "unauthorized", missing: true },
	key_refused: { kind: "key_refused", why: "revoked" },
	model_not_allowed: { kind: "model_not_allowed", model: "m" },
	limit_reached: { kind: "limit_reached", limit: "rpm_limit", value: 1, of: "key", endsAt: null, endsInMs: null },
	budget_spent: { kind: "budget_spent", limit: "max_budget", value: 1, of: "key", endsAt: null, endsInMs: null },
	scope_missing: { kind: "scope_missing", scope: "admin" },
	forbidden_link: { kind: "forbidden_link" },
	forged_webhook: { kind: "forged_webhook" },
	route_not_found: { kind: "route_not_found", method: "GET", path: "/" },
	method_not_allowed: { kind: "method_not_allowed", method: "GET", allow: [] },
	not_found: { kind: "not_found", what: "job" },
	no_admin_key: { kind: "no_admin_key" },
	previous_response_not_found: { kind: "previous_response_not_found" },
	range_not_satisfiable: { kind: "range_not_satisfiable", bytes: 1 },
	idempotency_conflict: { kind: "idempotency_conflict" },
	misconfigured: { kind: "misconfigured", problems: [] },
	unexpected: { kind: "unexpected" },
	schema_unavailable: { kind: "schema_unavailable", model: "a/b" },
	result_unavailable: { kind: "result_unavailable" },
};

const page = readFileSync("docs/errors.md", "utf8");

function rowsOf(heading: string): readonly string[] {
	const [, section = ""] = page.split(`\n## ${heading}\n`);
	const [table = ""] = section.split("\n## ");
	return [...table.matchAll(/^(\| \d{3} \| `\w+` \| `\w+` \|)/gm)].map(([, row = ""]) => row).toSorted();
}

function toRow({ status, body: { error } }: ReturnType<typeof toJobAnswer>): string {
	return `| ${status} | \`${error.code}\` | \`${error.type}\` |`;
}

it("docs/errors.md lists every error of a request, with its status and type", () => {
	// Bodies that are too large and too complex share a row.
	const rows = new Set(Object.values(REQUEST_ERRORS).map((error) => toRow(toRequestAnswer(error))));
	expect(rowsOf("Before there is a job")).toEqual([...rows].toSorted());
});

it("docs/errors.md lists every error of a job, with its status and type", () => {
	const rows = Object.values(JOB_ERRORS).map((error) => toRow(toJobAnswer(error)));
	expect(rowsOf("Of a job")).toEqual(rows.toSorted());
});
