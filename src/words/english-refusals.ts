/** Says in English why a request made no job. */

import type { BodyBound, FormFault, KeyRefusedWhy, RateName } from "../errors.ts";
import { sayFault } from "../faults.ts";
import { toUsd } from "../money.ts";
import { echo } from "../text.ts";
import { ENGLISH_FAULTS } from "./english-faults.ts";
import type { ErrorOf, Refusals } from "./refusals.ts";

export const ENGLISH_REFUSALS: Refusals = {
	invalid_json: ({ body, files }) =>
		files ? `${ENGLISH_FAULTS.bodies[body]} Files are sent as multipart/form-data.` : ENGLISH_FAULTS.bodies[body],
	client_left: () => "The body broke off before its end. Nothing was made.",
	invalid_form: ({ fault, param }) =>
		param === undefined ? FORM_FAULTS[fault] : `${FORM_FAULTS[fault]} It is '${echo(param)}'.`,
	invalid_value: ({ param, fault }) => sayFault(param, fault, ENGLISH_FAULTS),
	unauthorized: ({ missing }) =>
		missing
			? "No access key was given. Send it as 'Authorization: Bearer <WORKER_ACCESS_KEY>'."
			: "The access key is not valid here. It is one of this Worker, from WORKER_ACCESS_KEY or issued by its operator, and none of OpenAI or fal.",
	key_refused: ({ why }) => REFUSED_KEYS[why],
	model_not_allowed: ({ model }) =>
		`This access key may not use the model '${echo(model)}'. GET /v1/models lists those that it may.`,
	limit_reached: ({ limit, value, of, endsAt, isBeyond }) =>
		`${OWNERS[of]} ${LIMITS[limit](value, isBeyond)}${until(endsAt)}`,
	budget_spent: ({ limit, value, window, of, endsAt, isBeyond }) =>
		`${OWNERS[of]} may spend $${toUsd(value)}${window === undefined ? "" : ` in each window of ${window}`} (${limit}), ${passing(isBeyond)}${endsAt === null && !isBeyond ? " Ask the operator for more." : until(endsAt)}`,
	scope_missing: ({ scope }) => `This access key may not do that: it lacks the scope '${scope}'.`,
	forged_webhook: () => "This webhook is not valid.",
	result_unavailable: () => "fal's result cannot be fetched now. Send this webhook again later.",
	forbidden_link: () => "This link is not valid.",
	model_not_found: (error) => sayModelNotFound(error),
	schema_unavailable: ({ model }) =>
		`fal does not say now how '${echo(model)}' is asked. Nothing was sent to fal. Try again later.`,
	route_not_found: ({ method, path, meant }) =>
		`There is nothing at ${echo(method)} ${echo(path)}.${meant === undefined ? "" : ` Did you mean ${echo(meant.path)}? The base URL for OpenAI clients is ${meant.baseUrl}.`}`,
	not_found: ({ what }) => `This ${what} does not exist.`,
	no_admin_key: () =>
		"fal tells its balance to an admin key only, and none is set here. Set FAL_ADMIN_KEY to a key of fal's with the scope ADMIN.",
	previous_response_not_found: () =>
		"The previous Response does not exist. It was deleted, has expired, or is another account's.",
	method_not_allowed: ({ method, allow }) =>
		`${echo(method)} is not allowed here; ${allow.join(", ")} ${allow.length === 1 ? "is" : "are"}.`,
	body_too_large: ({ maxBytes, decoded }) =>
		`The body is larger than ${maxBytes} bytes${decoded ? " when it is decoded" : ""}.`,
	body_too_complex: ({ bound, max }) => PASSED[bound](max),
	body_undecodable: ({ cut, encoding }) =>
		`The body ${cut ? "ends in the middle of its" : "is not valid"} ${encoding}, which its content-encoding names.`,
	encoding_unsupported: ({ encoding, supported }) =>
		`The content-encoding '${echo(encoding)}' is not read here; ${supported.join(" and ")} are, one at a time, and a body without one.`,
	range_not_satisfiable: ({ bytes }) => `The range lies outside of the picture's ${bytes} bytes.`,
	idempotency_conflict: () => "This Idempotency-Key was used for another request.",
	misconfigured: ({ problems }) => `Darkroom is not configured: ${problems.join(" ")}`,
	unexpected: () => "Something went wrong here; the request id tells the operator where to look.",
};

const REFUSED_KEYS: Readonly<Record<KeyRefusedWhy, string>> = {
	revoked: "This access key was revoked, or another one took its place. Ask the operator for a new one.",
	expired: "This access key has expired. Ask the operator for a new one.",
	blocked: "This access key is blocked. Ask the operator why.",
};

const OWNERS = { key: "This access key", account: "This account" } as const;

const LIMITS: Readonly<Record<RateName, (value: number, isBeyond?: true) => string>> = {
	max_open_jobs: (value) =>
		`may have ${value} jobs that have not ended (MAX_OPEN_JOBS), and has them. Wait until one ends.`,
	rpm_limit: (value) => `may make ${value} requests a minute (rpm_limit), and made them.`,
	max_parallel_requests: (value) =>
		`may have ${value} jobs that have not ended (max_parallel_requests), and has them. Wait until one ends.`,
	images_per_day: (value, isBeyond) => `may ask for ${value} pictures a day (images_per_day), ${passing(isBeyond)}`,
};

function passing(isBeyond: true | undefined): string {
	if (!isBeyond) return "and this request would pass that.";
	return "and this request alone is more than that, so it can never pass. Ask for less at once, or ask the operator for more.";
}

function until(endsAt: number | null): string {
	return endsAt === null ? "" : ` The limit ends at ${new Date(endsAt).toISOString()}.`;
}

const PASSED: Readonly<Record<BodyBound, (max: number) => string>> = {
	values: (max) => `The body holds more than ${max} values.`,
	depth: (max) => `The body is nested deeper than ${max} levels.`,
	text: (max) => `The body holds more than ${max} bytes of text. Pictures as data: addresses are not counted.`,
	blocks: (max) => `The compressed body is made of more than ${max} blocks.`,
	parts: (max) => `The form has more than ${max} parts.`,
	part_head: (max) => `The headers of a part of the form have more than ${max} bytes.`,
	field: (max) => `A field of the form that is no file has more than ${max} bytes.`,
	fields: (max) => `The fields of the form that are no files have more than ${max} bytes together.`,
	files: (max) => `The request brings more than ${max} pictures.`,
	file_bytes: (max) => `The request's pictures have more than ${max} bytes together.`,
};

const FORM_FAULTS: Readonly<Record<FormFault, string>> = {
	boundary:
		"The content-type of a form must be 'multipart/form-data' with a 'boundary' of at most 70 characters. Most clients write it themselves: leave the header out.",
	cut: "The form ends before its last boundary: the body was cut off, or its boundary is not the one of the content-type.",
	part: "A part of the form has no Content-Disposition with a name.",
	not_utf8: "A field of the form is not valid UTF-8.",
};

function sayModelNotFound({ model, near, talks, closed, instead }: ErrorOf<"model_not_found">): string {
	const name = `'${echo(model)}'`;
	if (talks) {
		const use = instead === undefined ? "Use a name" : `Use '${instead}', or another name`;
		return `${name} is a model for chats, and Darkroom only makes pictures. ${use} that GET /v1/models lists.`;
	}
	const meant = near.length === 0 ? "" : ` Did you mean ${near.map((id) => `'${id}'`).join(", ")}?`;
	const common = instead === undefined ? "" : ` '${instead}' is the default.`;
	if (closed) return `The model ${name} is not offered here.${meant}${common} GET /v1/models lists those that are.`;
	return `The model ${name} does not exist.${meant}${common} GET /v1/models lists what is offered; the id of any model of fal's that makes pictures, such as 'fal-ai/flux/dev', works too, where it is allowed.`;
}
