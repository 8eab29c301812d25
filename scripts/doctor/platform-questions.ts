/** The questions about what fal keeps beside its queue: keys, schemas, prices, the list of requests, billing. Data, one question a row. */
import { randomUUID } from "node:crypto";
import { type Called, call } from "./call.ts";
import type { Evidence } from "./evidence.ts";
import type { Facts, Question, Sample } from "./question.ts";
import { mediaTypeOf, sameAs, sampleOf } from "./samples.ts";
import { isRecord, parseJson } from "./shape.ts";
import { MODEL, pictureInput } from "./target.ts";

/** fal lists a request some seconds after it has ended, and bills it up to a minute later. */
const LISTED_WITHIN = { maxMs: 20_000, everyMs: 2_000 };
const BILLED_WITHIN = { maxMs: 75_000, everyMs: 5_000 };

export const FREE_PLATFORM_QUESTIONS: readonly Question[] = [
	{
		id: "jwks",
		asks: "Where are the keys that sign webhooks, and of which kind are they?",
		relies: "Without an Ed25519 key at this address no webhook is believed.",
		costs: [],
		ask: async ({ target }) => [
			sampleOf("keys", await call(target.jwksUrl), ({ headers }) => ({
				"cache-control": headers["cache-control"] === undefined ? "missing" : "given",
			})),
		],
		reduce: {
			body: "shape",
			literal: ["keys[].kty", "keys[].crv"],
			optional: ["keys[].kid", "keys[].use", "keys[].alg"],
		},
		relied: ["status", "body.keys"],
	},
	{
		id: "schema",
		asks: "Does fal publish the schema of a model without a key?",
		relies: "Models that are not in the catalogue are asked as this schema says.",
		costs: [],
		ask: async ({ target }) => {
			const ask = (endpoint: string) => call(`${target.schemaUrl}?endpoint_id=${encodeURIComponent(endpoint)}`);
			return [
				sampleOf("a model", await ask(MODEL), ({ body, headers }) => ({
					"content-type": mediaTypeOf(headers),
					...schemaFacts(parseJson(body)),
				})),
				sampleOf("an invented model", await ask("fal-ai/darkroom-doctor-invented")),
			];
		},
		reduce: { body: "nothing" },
		relied: ["a model > *"],
	},
	{
		id: "pricing",
		asks: "Does fal tell a model's price to an ordinary key?",
		relies: "The price of a picture is to be reserved and settled by it.",
		costs: [],
		ask: async ({ target, get }) => [
			sampleOf("a model", await get(`${target.apiUrl}/v1/models/pricing?endpoint_id=${encodeURIComponent(MODEL)}`)),
		],
		reduce: { body: "shape", literal: ["prices[].unit", "prices[].currency"], optional: ["next_cursor"] },
		relied: ["status", "body.prices"],
	},
	{
		id: "balance",
		asks: "Does fal tell the balance to an admin key, and refuse it to an ordinary one?",
		relies: "The operator is to see the balance if FAL_ADMIN_KEY is set.",
		costs: [],
		ask: (evidence) => askBothKeys(evidence, "/v1/account/billing?expand=credits"),
		// The body of a refusal is nobody's business: only its status is known.
		reduce: { body: "shape", literal: ["credits.currency"], ignore: ["error", "detail"] },
		relied: ["admin key > *"],
	},
];

export const PAID_PLATFORM_QUESTIONS: readonly Question[] = [
	{
		id: "request-list",
		asks: "Does fal list an endpoint's requests with their inputs to an ordinary key, and one that has not ended?",
		relies: "A submit whose answer was lost is looked up here, by its input.",
		costs: ["picture"],
		ask: async ({ picture, get, getUntil, listUrl, result }) => {
			const made = await picture();
			if (!made.ok) return [{ case: "after the end", answer: made }];
			const { id, seed, submittedAt, listedEarly } = made.value;
			const early = await listedEarly;
			await result();
			const isListed = (answer: Called) =>
				!answer.ok || answer.value.status !== 200 || itemOf(answer, id) !== undefined;
			const late = await getUntil(listUrl(submittedAt), isListed, LISTED_WITHIN);
			const byId = await get(`${listUrl(submittedAt)}&request_id=${encodeURIComponent(id)}`);
			return [
				...earlyList(early, id),
				sampleOf("after the end", late, () => itemFacts(itemOf(late, id), seed)),
				sampleOf("by its id", byId, () => itemFacts(itemOf(byId, id), seed)),
			];
		},
		reduce: {
			body: "shape",
			ignore: ["items[].json_input", "items[].json_output", "items[].endpoint_id"],
			optional: ["next_cursor", "items[].started_at", "items[].ended_at", "items[].duration"],
		},
		relied: ["status", "body.items[].request_id", "body.items[].sent_at", "is listed", "holds what was sent"],
	},
	{
		id: "billing",
		asks: "Does fal tell what a request cost to an admin key, and refuse it to an ordinary one?",
		relies: "The cost of a job is to be corrected by it if FAL_ADMIN_KEY is set.",
		costs: ["picture"],
		ask: async (evidence) => {
			const { target, picture, result } = evidence;
			if (target.adminKey === null)
				return askBothKeys(evidence, `/v1/models/billing-events?request_id=${randomUUID()}`);
			const made = await picture();
			if (!made.ok) return [{ case: "admin key", answer: made }];
			await result();
			return askBothKeys(evidence, `/v1/models/billing-events?request_id=${encodeURIComponent(made.value.id)}`);
		},
		reduce: {
			body: "shape",
			ignore: ["error", "detail"],
			optional: ["next_cursor", "billing_events[].percent_discount"],
		},
		relied: ["admin key > *"],
	},
];

/** Asks with the ordinary key, and with the admin key if there is one. A list may be empty for a while. */
async function askBothKeys({ target, get, getUntil, secrets }: Evidence, path: string): Promise<readonly Sample[]> {
	const url = `${target.apiUrl}${path}`;
	const ordinary = sampleOf("ordinary key", await get(url));
	if (target.adminKey === null) return [ordinary];
	const options = { key: target.adminKey };
	const isFilled = (answer: Called) => !/"billing_events":\s*\[\s*\]/.test(answer.ok ? answer.value.body : "");
	const admin = await getUntil(url, isFilled, { ...BILLED_WITHIN, options });
	const fields = admin.ok ? parseJson(admin.value.body) : undefined;
	if (isRecord(fields) && typeof fields.username === "string") secrets.add(fields.username);
	return [ordinary, sampleOf("admin key", admin)];
}

function itemOf(answer: Called, id: string): Readonly<Record<string, unknown>> | undefined {
	const list = answer.ok ? parseJson(answer.value.body) : undefined;
	const items = isRecord(list) && Array.isArray(list.items) ? list.items : [];
	return items.find((item: unknown) => isRecord(item) && item.request_id === id);
}

function itemFacts(item: Readonly<Record<string, unknown>> | undefined, seed: number): Facts {
	if (item === undefined) return { "is listed": "no" };
	const input = isRecord(item.json_input) ? item.json_input : {};
	const sent = Object.entries(pictureInput(seed));
	return {
		"is listed": "yes",
		"holds what was sent": sameAs(
			sent.map(([name]) => input[name]),
			sent.map(([, value]) => value),
		),
	};
}

/** If the request had ended before it was listed, nothing is known of one that runs. */
function earlyList(answer: Called, id: string): readonly Sample[] {
	const item = itemOf(answer, id);
	if (item !== undefined && typeof item.ended_at === "string") return [];
	return [sampleOf("while it runs", answer, () => ({ "is listed": item === undefined ? "no" : "yes" }))];
}

const INPUT_FIELDS = ["prompt", "image_size", "num_images", "seed", "output_format"];

function schemaFacts(document: unknown): Facts {
	const root = isRecord(document) ? document : {};
	const components = isRecord(root.components) ? root.components : {};
	const schemas = Object.entries(isRecord(components.schemas) ? components.schemas : {});
	const inputs = schemas.filter(([name]) => name.endsWith("Input"));
	const outputs = schemas.filter(([name]) => name.endsWith("Output"));
	const properties = propertiesOf(inputs[0]?.[1]);
	return {
		openapi: typeof root.openapi === "string" ? root.openapi.slice(0, 10) : "missing",
		"schemas that end in Input": String(inputs.length),
		...Object.fromEntries(INPUT_FIELDS.map((field) => [`input has ${field}`, field in properties ? "yes" : "no"])),
		"output has images": "images" in propertiesOf(outputs[0]?.[1]) ? "yes" : "no",
	};
}

function propertiesOf(schema: unknown): Readonly<Record<string, unknown>> {
	return isRecord(schema) && isRecord(schema.properties) ? schema.properties : {};
}
