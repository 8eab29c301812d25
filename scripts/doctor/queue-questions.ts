/** The questions about a picture's way through fal's queue: submit, status, stream, result, file, cancel, webhook. Data, one question a row. */
import { err } from "../../src/result.ts";
import { type Called, call } from "./call.ts";
import { fileSample } from "./file.ts";
import type { Question, Sample } from "./question.ts";
import {
	addressForm,
	cancelSample,
	falHeadersSample,
	outcomeSamples,
	READING,
	resultSample,
	sampleOf,
	statusSample,
	streamSamples,
	submitSample,
	webhookSample,
} from "./samples.ts";
import { isRecord, parseJson } from "./shape.ts";

const STATUS_FIELDS = { literal: ["status"], optional: ["logs"], ignore: ["logs[]", "metrics"] } as const;

export const QUEUE_QUESTIONS: readonly Question[] = [
	{
		id: "submit",
		asks: "What does fal answer to a submit?",
		relies: "A 2xx with a request_id means accepted and billed. queue_position is shown to clients.",
		costs: ["picture"],
		ask: async ({ target, submitPicture }) => [submitSample("submit", await submitPicture(), target.queueUrl)],
		reduce: { body: "shape", literal: ["status"], optional: ["logs"], ignore: ["metrics"] },
		relied: ["status", "body.request_id", READING],
	},
	{
		id: "addresses",
		asks: "Which addresses does a submit's answer name?",
		relies:
			"Darkroom follows the named addresses on the queue's origin, and builds owner/app addresses if there are none.",
		costs: ["picture"],
		ask: async ({ target, submitPicture }) => {
			const submit = await submitPicture();
			return [
				sampleOf("submit", submit, ({ body }) => {
					const fields = parseJson(body);
					const { request_id, ...rest } = isRecord(fields) ? fields : {};
					return Object.fromEntries(
						["response_url", "status_url", "cancel_url"].map((name) => [
							name,
							addressForm(rest[name], target.queueUrl, String(request_id)),
						]),
					);
				}),
			];
		},
		reduce: { body: "nothing" },
		relied: ["response_url", "status_url", "cancel_url"],
	},
	{
		id: "status",
		asks: "What do the polls of a status answer, in each state?",
		relies: "The states are IN_QUEUE, IN_PROGRESS and COMPLETED; logs and position are progress.",
		costs: ["picture"],
		ask: async ({ picture }) => {
			const made = await picture();
			return made.ok ? (await made.value.statuses).map(statusSample) : [missing(made.error)];
		},
		reduce: { body: "shape", ...STATUS_FIELDS },
		relied: ["body.status", "body.queue_position", READING, "seen"],
	},
	{
		id: "stream",
		asks: "What does the status stream send, and does it close after COMPLETED?",
		relies: "The stream is the fastest way to learn of the end; its events are read as the polls' answers are.",
		costs: ["picture"],
		ask: async ({ picture }) => {
			const made = await picture();
			return made.ok ? streamSamples(await made.value.stream) : [missing(made.error)];
		},
		reduce: { body: "shape", ...STATUS_FIELDS },
		relied: ["status", "body.status", "body.queue_position", READING, "seen", "content-type", "end"],
	},
	{
		id: "early-result",
		asks: "What does the result answer while the request runs?",
		relies: "400 'still in progress' is no end: the result is asked for again.",
		costs: ["picture"],
		ask: async ({ picture }) => {
			const made = await picture();
			if (!made.ok) return [missing(made.error)];
			const early = await made.value.early;
			// A result that is there at once is no early one.
			return early.ok && early.value.status === 200 ? [] : [resultSample("too early", early)];
		},
		reduce: { body: "shape", literal: ["detail"] },
		relied: [READING],
	},
	{
		id: "result",
		asks: "What does a good result hold?",
		relies:
			"A 200 with a picture's address at images[].url is the success; has_nsfw_concepts tells a blacked-out picture.",
		costs: ["picture"],
		ask: async ({ result }) => [resultSample("result", await result())],
		reduce: {
			body: "shape",
			ignore: ["timings"],
			optional: [
				"images[].content_type",
				"images[].file_name",
				"images[].file_size",
				"images[].width",
				"images[].height",
			],
		},
		relied: ["status", "body.images", "body.has_nsfw_concepts", READING],
	},
	{
		id: "file",
		asks: "How does fal's CDN serve the picture?",
		relies:
			"R2 stores a file without holding it in memory only if its content-length is told; redirects are not followed.",
		costs: ["picture"],
		ask: async ({ result, target, secrets }) => [await fileSample(await result(), target, secrets)],
		reduce: { body: "nothing" },
		relied: ["status", "content-length", "content-type", "content"],
	},
	{
		id: "cancel",
		asks: "What does fal answer to a cancel, in time and too late?",
		relies: "Any 2xx is accepted; 400 ALREADY_COMPLETED means that the picture comes all the same.",
		costs: ["picture", "cancelled picture"],
		ask: async ({ cancelled, lateCancel }) => {
			const { submit, cancel } = await cancelled();
			return [cancelSample(cancel ?? refused(submit)), cancelSample(await lateCancel())];
		},
		reduce: { body: "shape", literal: ["status"] },
		relied: [READING],
	},
	{
		id: "cancelled",
		asks: "What do status and result of a cancelled request answer?",
		relies: "A 4xx that names its kind ends the job; else Darkroom asks until its deadline.",
		costs: ["cancelled picture"],
		ask: async ({ cancelled }) => {
			const outcome = await cancelled();
			if (outcome.cancel === undefined) return [missing(refusal(outcome.submit))];
			return outcome.cancel.ok && outcome.cancel.value.status >= 400 ? [] : outcomeSamples(outcome);
		},
		reduce: { body: "shape", literal: ["status", "error_type"], optional: ["logs"], ignore: ["logs[]", "metrics"] },
		relied: ["its last status > body.status", READING],
	},
	{
		id: "headers",
		asks: "Which x-fal-* headers do the answers carry?",
		relies: "x-fal-error-type tells a model's failure; x-fal-billable-units is what a picture costs.",
		costs: ["picture"],
		ask: async ({ submitPicture, picture, result, invalid }) => {
			const made = await picture();
			const lastStatus = made.ok ? (await made.value.statuses).at(-1) : undefined;
			const refusedInput = (await invalid()).result;
			return [
				falHeadersSample("submit", await submitPicture()),
				...(lastStatus ? [falHeadersSample("last status", lastStatus)] : []),
				falHeadersSample("result", await result()),
				...(refusedInput ? [falHeadersSample("refused result", refusedInput)] : []),
			];
		},
		reduce: { body: "nothing" },
		relied: ["result > x-fal-billable-units", "refused result > x-fal-error-type"],
	},
	{
		id: "webhook",
		asks: "Does fal send a webhook, and does its signature hold?",
		relies: "A webhook whose signature does not hold is refused; its payload is read as the result.",
		costs: ["picture"],
		needs: "public address",
		ask: async ({ target, picture, webhook }) => {
			const [made, delivery] = [await picture(), await webhook()];
			if (!made.ok) return [missing(made.error)];
			return [webhookSample(delivery, await call(target.jwksUrl), made.value.id)];
		},
		reduce: { body: "shape", literal: ["status"], ignore: ["payload"] },
		relied: [
			"signature",
			"timestamp within 5 minutes",
			"names the request's id",
			"body.status",
			"body.payload",
			READING,
		],
	},
];

function missing(reason: string): Sample {
	return { case: "answer", answer: err(reason) };
}

function refusal(submit: Called): string {
	return submit.ok ? `fal did not accept the request: ${submit.value.status}` : submit.error;
}

function refused(submit: Called): Called {
	return err(refusal(submit));
}
