/** The questions about fal's refusals: a wrong key, an unknown request, a model that is gone, an input that is wrong. All are free. Data, one question a row. */
import { call } from "./call.ts";
import type { Evidence } from "./evidence.ts";
import type { Question, Sample } from "./question.ts";
import { outcomeSamples, READING, resultSample, sampleOf, submitSample } from "./samples.ts";
import { appOf, EMPTY_INPUT, MODEL, MODEL_APP, WRONG_KEY } from "./target.ts";

export const REFUSAL_QUESTIONS: readonly Question[] = [
	{
		id: "wrong-key",
		asks: "What does fal answer to a wrong key, and to none?",
		relies: "A 401 at a submit is told to the client as upstream_key_refused, and nothing was accepted.",
		costs: [],
		ask: async ({ target, unknownId }) => {
			const [key, endpoint] = [WRONG_KEY, `${target.queueUrl}/${MODEL}`];
			const statusUrl = `${target.queueUrl}/${MODEL_APP}/requests/${unknownId}/status`;
			const submit = await call(endpoint, { method: "POST", key, input: EMPTY_INPUT });
			return [
				submitSample("submit, wrong key", submit, target.queueUrl),
				sampleOf("status, wrong key", await call(statusUrl, { key })),
				submitSample("submit, no key", await call(endpoint, { method: "POST", input: EMPTY_INPUT }), target.queueUrl),
			];
		},
		reduce: { body: "shape", literal: ["detail"] },
		relied: ["status", READING],
	},
	{
		id: "unknown-request",
		asks: "What does fal answer about a request that it does not have?",
		relies: "404 NOT_FOUND at the result ends a job; 404 at a cancel means that there is nothing to cancel.",
		costs: [],
		ask: async ({ target, unknownId, get, requests }) => {
			const resultUrl = `${target.queueUrl}/${MODEL_APP}/requests/${unknownId}`;
			const [statusUrl, cancelUrl] = [`${resultUrl}/status`, `${resultUrl}/cancel`];
			return [
				sampleOf("status", await get(statusUrl)),
				resultSample("result", await get(resultUrl)),
				sampleOf("cancel", await requests.cancel({ id: unknownId, statusUrl, resultUrl, cancelUrl })),
			];
		},
		reduce: { body: "shape", literal: ["status", "detail"] },
		relied: ["status", READING],
	},
	{
		id: "gone-model",
		asks: "What does fal answer to a submit for a model that it does not have?",
		relies:
			"404 with words about the application means that nothing was accepted: Darkroom goes on with the model's successor, or says model_not_found.",
		costs: [],
		ask: async (evidence) => [
			...(await submitNothing("invented model", INVENTED_MODEL, evidence)),
			...(await submitNothing("retired model", "fal-ai/imagen3", evidence)),
			...(await submitNothing("invented path", `${MODEL_APP}/darkroom-doctor-invented`, evidence)),
		],
		reduce: { body: "shape", literal: ["detail"] },
		relied: ["status", READING, "seen"],
	},
	{
		id: "default-model",
		asks: "Does fal still take imagen4, Darkroom's default, or refuse it as it refuses any unknown model?",
		relies: "If it is gone, each request to the default model goes on with its successor.",
		costs: [],
		ask: async (evidence) => {
			const samples = await Promise.all([
				submitAndCancel("fal-ai/imagen4/preview", evidence),
				submitAndCancel(INVENTED_MODEL, evidence),
			]);
			return samples.map((sample) => ({ ...sample, case: sample.facts?.[READING] ?? "no answer" }));
		},
		reduce: { body: "shape", ignore: ["detail"] },
		relied: ["status", READING, "seen"],
	},
	{
		id: "invalid-input",
		asks: "Is an input that the model refuses refused at the submit, or only at the result? What do both say?",
		relies: "A 422 at the result ends the job with fal's words; its input echoes the prompt, and is never shown.",
		costs: [],
		ask: async ({ target, invalid }) => {
			const outcome = await invalid();
			return [submitSample("its submit", outcome.submit, target.queueUrl), ...outcomeSamples(outcome)];
		},
		reduce: {
			body: "shape",
			literal: ["status", "error_type", "detail[].type", "detail[].loc"],
			optional: ["logs"],
			ignore: ["logs[]", "metrics", "detail[].input", "detail[].ctx"],
		},
		relied: ["status", "body.detail[].type", "body.detail[].msg", READING],
	},
];

/** An app that nobody has. */
const INVENTED_MODEL = "fal-ai/darkroom-doctor-invented";
/** A request without an input fails within seconds. */
const EMPTY_RUN_MS = 15_000;

/** Sends an input that costs nothing, and adds what fal says of its result if it takes it. */
async function submitNothing(name: string, endpoint: string, evidence: Evidence): Promise<readonly Sample[]> {
	const { requests, target, get, secrets } = evidence;
	const submit = await requests.submit(endpoint, EMPTY_INPUT);
	const sample = submitSample(name, submit, target.queueUrl);
	const accepted = requests.accepted(submit, appOf(endpoint));
	if (!accepted.ok) return [sample];
	secrets.add(accepted.value.id);
	await requests.follow(accepted.value, EMPTY_RUN_MS);
	return [sample, resultSample(`${name}, accepted`, await get(accepted.value.resultUrl))];
}

async function submitAndCancel(endpoint: string, { requests, target, secrets }: Evidence): Promise<Sample> {
	const submit = await requests.submit(endpoint, EMPTY_INPUT);
	const accepted = requests.accepted(submit, appOf(endpoint));
	if (accepted.ok) {
		secrets.add(accepted.value.id);
		await requests.cancel(accepted.value);
	}
	return submitSample("submit", submit, target.queueUrl);
}
